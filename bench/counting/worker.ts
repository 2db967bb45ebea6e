import app, { Room as Product } from '../../src/worker.ts'

/** The product's room, unchanged except that it asks each cursor how many rows it wrote. */
export class Room extends Product {
  #rows = 0

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    const { sql } = ctx.storage
    const exec = sql.exec.bind(sql)
    sql.exec = <T extends Record<string, SqlStorageValue>>(statement: string, ...values: unknown[]) => {
      const cursor = exec<T>(statement, ...values)
      // A cursor knows how many rows it wrote only once it is read to its end.
      const { toArray } = cursor
      cursor.toArray = () => {
        const rows = toArray.call(cursor)
        this.#rows += cursor.rowsWritten
        return rows
      }
      return cursor
    }
  }

  /** Rows written since this object was constructed. */
  rowsWritten(): number {
    return this.#rows
  }
}

export default {
  fetch(request: Request, env: Env, ctx: ExecutionContext): Response | Promise<Response> {
    const [, first, room = ''] = new URL(request.url).pathname.split('/')
    if (first !== 'rows') return app.fetch(request, env, ctx)
    const stub = env.ROOMS.getByName(room) as unknown as DurableObjectStub<Room>
    return stub.rowsWritten().then((rows) => new Response(String(rows)))
  },
}
