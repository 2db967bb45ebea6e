import { afterEach, expect, it, vi } from 'vitest'
import { askFacts, makeRoom } from '../../../client/net/api.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

/** Every request is answered with this. */
function answering(answer: () => Response): { asked: string[] } {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path)
    return answer()
  })
  return { asked }
}

const page = (status: number) => () =>
  new Response('<!doctype html><title>Error 1027</title>', {
    status,
    headers: { 'Content-Type': 'text/html' },
  })

it('[AP1] a page of the platform in place of an answer says that the requests are used up', async () => {
  answering(page(429))
  const unavailable = { code: 'unavailable', message: 'unavailable', retryAfter: 300_000 }
  expect(await askFacts('main')).toEqual({ kind: 'problem', problem: unavailable })
  expect(await makeRoom()).toEqual({ problem: unavailable })
})

it.each([
  ['text/html', '<title>This website has been temporarily rate limited</title><h2>Error 1027</h2>'],
  ['text/plain', 'error code: 1027'],
  ['application/problem+json', '{"title":"Error 1027: …","status":429,"error_code":1027,"retryable":false}'],
  ['application/json', 'null'],
])('[AP4] the platform says so as %s, and never in a code of Hallway’s own', async (type, text) => {
  answering(() => new Response(text, { status: 429, headers: { 'Content-Type': type } }))
  expect(await askFacts('main')).toMatchObject({ problem: { code: 'unavailable', retryAfter: 300_000 } })
})

it('[AP2] a page of a proxy whose server restarts says nothing', async () => {
  answering(page(502))
  expect([await askFacts('main'), await makeRoom()]).toEqual([undefined, {}])
})

it('[AP3] a refusal of Hallway’s own keeps its code, its wait and the end of the day', async () => {
  const problem = { code: 'unavailable', title: 'Later', status: 503, retryAfter: 60_000, until: 5 }
  const headers = { 'Content-Type': 'application/problem+json; charset=utf-8' }
  answering(() => Response.json(problem, { status: 503, headers }))
  expect(await askFacts('main')).toMatchObject({
    problem: { code: 'unavailable', retryAfter: 60_000, until: 5 },
  })
  answering(() => Response.json({ code: 'rate-limited', retryAfter: 1_000 }, { status: 429, headers }))
  expect(await makeRoom()).toMatchObject({ problem: { code: 'rate-limited', retryAfter: 1_000 } })
})
