// The operator's commands, over the admin API:
//
//   npm run admin -- rooms --url https://chat.example.com
//
// The secret comes from HALLWAY_ADMIN_TOKEN, never from the arguments, which other users of the machine can see.
import { parseArgs } from 'node:util'

const USAGE = `npm run admin -- <command> --url https://your.hallway

  rooms [--by size|activity] [--limit 100] [--after cursor]  list the rooms
  day                                                        what rooms used today, and which used the most
  make <room>                                                make a room that nobody owns
  purge <room> --yes                                         erase a room with everything in it; cannot be undone
  export <room>                                              write everything in a room, as lines of JSON
  owner <room> <by>                                          make a person who has joined the room its owner
  reports [<room>]                                           list the rooms that nobody owns with reports, or a room's reports
  bans                                                       list who is banned from all rooms
  ban <address> [--for 30m|12h|7d]                           ban an address, permanently or for a time
  unban <address>                                            lift the ban
  ban-person <room> <by> [--for 30m|12h|7d]                  ban a person, whom a room knows as <by>, from all rooms
  unban-person <room> <by>                                   lift the ban

  <room>   a room's name or its link
  --json   print the server's response unchanged, for programs
Set HALLWAY_ADMIN_TOKEN to the operator's secret first.`

const SPAN_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 }

/** @typedef {{ method: string, path: string, body?: object }} Ask */
/** @typedef {{ [name: string]: any }} Fields */
/**
 * @typedef {object} Command
 * @property {string[]} takes the names of its arguments
 * @property {string} [mayTake] the name of one more
 * @property {boolean} [isFinal] whether it cannot be undone
 * @property {(values: string[], options: Options) => Ask} ask
 * @property {(answer: Fields, values: string[]) => string[]} tell
 */
/** @typedef {{ url?: string, json?: boolean, by?: string, limit?: string, after?: string, for?: string, yes?: boolean, help?: boolean }} Options */

/** @type {Record<string, Command>} */
const COMMANDS = {
  rooms: {
    takes: [],
    ask: (_, { by, limit, after }) => ({ method: 'GET', path: `/rooms${queryOf({ by, limit, after })}` }),
    tell: ({ rooms, after }) => [
      ...tableOf(
        ['room', 'stored', 'messages', 'people', 'access', 'last used', 'created'],
        rooms.map((/** @type {Fields} */ room) => [
          room.room,
          sizeOf(room.storedBytes),
          String(room.messages),
          String(room.people),
          room.access,
          dateOf(room.activeAt),
          dateOf(room.madeAt),
        ]),
      ),
      ...(after ? [`For more, add: --after ${after}`] : []),
    ],
  },
  day: {
    takes: [],
    ask: () => ({ method: 'GET', path: '/day' }),
    tell: ({ day, used, rooms }) => [
      `${day}, as far as rooms have told: each at most once an hour`,
      ...tableOf(
        ['room', 'of a free day', 'rows written', 'rows read', 'requests', 'GB-s'],
        [{ room: 'all together', ...used }, ...rooms].map((/** @type {Fields} */ use) => [
          use.room,
          `${(use.ofFreePlan * 100).toFixed(1)} %`,
          ...[use.rowsWritten, use.rowsRead, use.requests, use.duration].map((amount) => amount.toFixed(0)),
        ]),
      ),
    ],
  },
  make: {
    takes: ['room'],
    ask: ([room]) => ({ method: 'PUT', path: `/rooms/${partOf(room)}` }),
    tell: ({ url }) => [`The room is at ${url}`],
  },
  purge: {
    takes: ['room'],
    isFinal: true,
    ask: ([room]) => ({ method: 'DELETE', path: `/rooms/${partOf(room)}` }),
    tell: (_, [room]) => [`${room} was erased.`],
  },
  export: {
    takes: ['room'],
    ask: ([room]) => ({ method: 'GET', path: `/rooms/${partOf(room)}/export` }),
    tell: () => [],
  },
  owner: {
    takes: ['room', 'by'],
    ask: ([room, by]) => ({ method: 'PUT', path: `/rooms/${partOf(room)}/owner`, body: { by } }),
    tell: (_, [room, by]) => [`${by} now owns ${room}.`],
  },
  reports: {
    takes: [],
    mayTake: 'room',
    ask: ([room]) => ({
      method: 'GET',
      path: room === undefined ? '/reports' : `/rooms/${partOf(room)}/reports`,
    }),
    tell: ({ rooms, reports = [] }) =>
      rooms === undefined
        ? tableOf(
            ['reported', 'message', 'of', 'by', 'people', 'reason', 'text'],
            reports.map((/** @type {Fields} */ report) => [
              dateOf(report.time),
              `#${report.ref ?? report.detail ?? ''}`,
              `${report.aboutName} ${report.about}`,
              `${report.username} ${report.by}`,
              String(report.count ?? 1),
              report.reason ?? '',
              report.body ?? '',
            ]),
          )
        : tableOf(
            ['room', 'reports', 'last'],
            rooms.map((/** @type {Fields} */ room) => [
              room.room,
              String(room.messages),
              dateOf(room.reportedAt),
            ]),
          ),
  },
  bans: {
    takes: [],
    ask: () => ({ method: 'GET', path: '/bans' }),
    tell: ({ bans }) =>
      tableOf(
        ['banned', 'since', 'until'],
        bans.map((/** @type {Fields} */ ban) => [
          ban.network ?? `${ban.room} ${ban.by}`,
          dateOf(ban.madeAt),
          ban.until === undefined ? 'permanent' : dateOf(ban.until),
        ]),
      ),
  },
  ban: {
    takes: ['address'],
    ask: ([address], options) => ({
      method: 'PUT',
      path: `/bans/${partOf(address)}`,
      body: banOf(options),
    }),
    tell: ({ network, until }) => [bannedUntil(network, until)],
  },
  unban: {
    takes: ['address'],
    ask: ([address]) => ({ method: 'DELETE', path: `/bans/${partOf(address)}` }),
    tell: (_, [address]) => [unbanned(address)],
  },
  'ban-person': {
    takes: ['room', 'by'],
    ask: ([room, by], options) => ({ method: 'PUT', path: personBanPath(room, by), body: banOf(options) }),
    tell: ({ by, until }) => [bannedUntil(by, until)],
  },
  'unban-person': {
    takes: ['room', 'by'],
    ask: ([room, by]) => ({ method: 'DELETE', path: personBanPath(room, by) }),
    tell: (_, [, by]) => [unbanned(by)],
  },
}

try {
  await main()
} catch (fault) {
  fail(fault instanceof Error ? fault.message : String(fault))
}

async function main() {
  const { values: options, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      url: { type: 'string' },
      json: { type: 'boolean' },
      by: { type: 'string' },
      limit: { type: 'string' },
      after: { type: 'string' },
      for: { type: 'string' },
      yes: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  const [name = '', ...values] = positionals
  if (options.help) return console.log(USAGE)
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (command === undefined) throw new Error(name === '' ? USAGE : `There is no command ${name}.\n\n${USAGE}`)
  const { takes, mayTake } = command
  if (values.length < takes.length || values.length > takes.length + (mayTake === undefined ? 0 : 1)) {
    const wanted = [...takes.map((what) => `<${what}>`), ...(mayTake === undefined ? [] : [`[<${mayTake}>]`])]
    throw new Error(`${name} takes ${wanted.join(' ') || 'no arguments'}.`)
  }
  if (command.isFinal && !options.yes)
    throw new Error(`${name} ${values.join(' ')} cannot be undone. If that is what you want, add --yes.`)
  const answer = await call(command.ask(values, options), options)
  if (name === 'export') return pass(answer)
  const text = await answer.text()
  if (options.json) return text !== '' && console.log(text)
  for (const line of command.tell(text === '' ? {} : JSON.parse(text), values)) console.log(line)
}

/**
 * @param {Ask} ask
 * @param {Options} options
 */
async function call({ method, path, body }, { url }) {
  const token = process.env.HALLWAY_ADMIN_TOKEN
  if (!token) throw new Error('The secret is missing. Set HALLWAY_ADMIN_TOKEN in the environment.')
  if (url === undefined || !URL.canParse(url))
    throw new Error('The address is missing. Add --url https://your.hallway')
  const { protocol, hostname, origin } = new URL(url)
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  if (protocol !== 'https:' && !isHere)
    throw new Error('The secret is only sent over https. Use an address that begins with https://')
  const headers = {
    Authorization: `Bearer ${token}`,
    ...(body ? { 'Content-Type': 'application/json' } : {}),
  }
  const answer = await fetch(`${origin}/api/admin${path}`, {
    method,
    headers,
    redirect: 'error',
    ...(body ? { body: JSON.stringify(body) } : {}),
  }).catch((fault) => {
    throw new Error(`${origin} did not respond: ${fault.cause?.message ?? fault.message}`)
  })
  if (answer.ok) return answer
  /** @type {Fields} */
  const refusal = Object(await answer.json().catch(() => ({})))
  const { code, title, detail } = refusal
  if (code === 'not-found' && detail === undefined) {
    throw new Error(
      'Not found. Either the secret is wrong (after five failed attempts, wait a minute), the server has no ADMIN_TOKEN, or there is no such room.',
    )
  }
  throw new Error(`${answer.status} ${code ?? ''}: ${detail ?? title ?? 'no reason was given'}`)
}

/** Writes an export as it arrives, and checks that it is complete. @param {Response} answer */
async function pass(answer) {
  let first = ''
  let last = ''
  let rest = ''
  const decoder = new TextDecoder()
  for await (const chunk of answer.body ?? []) {
    const text = decoder.decode(chunk, { stream: true })
    if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once('drain', resolve))
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    first ||= lines[0] ?? ''
    last = lines.at(-1) ?? last
  }
  const { seq, floor } = JSON.parse(first || '{}')
  const isBegun = typeof seq === 'number' && rest === ''
  const isWhole = isBegun && (seq <= floor || JSON.parse(last).data?.seq === seq)
  if (!isWhole)
    throw new Error(
      'The export is incomplete: the room was erased meanwhile, or the connection was lost. Run it again.',
    )
}

/** @param {string | undefined} text */
function partOf(text) {
  return encodeURIComponent(text ?? '')
}

/** @param {Record<string, string | undefined>} fields */
function queryOf(fields) {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) query.set(name, value)
  return query.size === 0 ? '' : `?${query}`
}

/** @param {string | undefined} room @param {string | undefined} by */
function personBanPath(room, by) {
  return `/rooms/${partOf(room)}/people/${partOf(by)}/ban`
}

/** @param {Options} options */
function banOf({ for: span }) {
  return span === undefined ? {} : { ms: msOf(span) }
}

/** @param {string} who @param {number} [until] */
function bannedUntil(who, until) {
  return `${who} is banned ${until === undefined ? 'permanently' : `until ${dateOf(until)}`}. It takes effect everywhere within a minute.`
}

/** @param {string | undefined} who */
function unbanned(who) {
  return `${who} is no longer banned. It takes effect everywhere within a minute.`
}

/** @param {string} span */
function msOf(span) {
  const [, times, unit = ''] = /^(\d{1,6})([mhd])$/.exec(span) ?? []
  if (times === undefined) throw new Error('Give --for in minutes, hours or days, such as 30m, 12h or 7d.')
  return Number(times) * SPAN_MS[/** @type {keyof typeof SPAN_MS} */ (unit)]
}

/** @param {number} bytes */
function sizeOf(bytes) {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}

/** @param {number} ms */
function dateOf(ms) {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/**
 * @param {string[]} head
 * @param {string[][]} cells
 */
function tableOf(head, cells) {
  if (cells.length === 0) return ['There are none.']
  // What people write must not move the cursor of a terminal.
  const rows = cells.map((row) => row.map((text) => text.replaceAll(/\p{C}+/gu, ' ')))
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)))
  return [head, ...rows].map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** @param {string} message */
function fail(message) {
  console.error(message)
  process.exitCode = 1
}
