import * as v from 'valibot'
import { isErrorCode } from '../../src/protocol/error-rules.ts'
import { ERRORS } from '../../src/protocol/errors.ts'
import { serverFrames } from '../../src/protocol/server-frames.ts'
import { POLLUTION } from './draw-frame.ts'
import { EVENTS, FIELDS, type Known } from './grammar.ts'

export interface ReceivedEvent {
  event: string
  data: Record<string, unknown>
}

/** A broken rule. */
export class Broken extends Error {}

/** The words that a refusal may add to its code's message: what is wrong with a frame, never its content. */
const DETAILS = new Set([...EVENTS, ...FIELDS, 'reserved', 'is', 'yourself'])

/** Parses a frame of the server. Throws unless all of it conforms to the protocol. */
export function parseChecked(text: string): ReceivedEvent[] {
  const events: ReceivedEvent[] = [JSON.parse(text)].flat()
  for (const { event, data } of events) {
    const schema = (serverFrames as Readonly<Record<string, v.GenericSchema>>)[event]
    if (!Object.hasOwn(serverFrames, event) || schema === undefined)
      throw new Broken(`answer: there is no ${event}`)
    const { success, issues } = v.safeParse(schema, data)
    if (!success)
      throw new Broken(`answer: ${event} is invalid: ${issues.map(({ message }) => message).join(', ')}`)
    if (event === 'error') judgeRefusal(data)
  }
  return events
}

function judgeRefusal({ code, message }: Record<string, unknown>): void {
  if (typeof code !== 'string' || !isErrorCode(code)) throw new Broken(`refusal: ${code} is not a code`)
  if (code === 'internal') throw new Broken('refusal: an internal error')
  const own = ERRORS[code].message
  if (message === own) return
  const detail = /^ \((.+)\)$/.exec(String(message).slice(own.length))?.[1]
  const isKnown = detail?.split(/[. ]/).every((word) => DETAILS.has(word) || /^\d+$/.test(word))
  if (!String(message).startsWith(own) || !isKnown) throw new Broken(`refusal: ${code} says ${message}`)
}

/** Collects epochs, ids and the newest seq, to use them in later frames. */
export function learn(known: Known, { event, data }: ReceivedEvent): void {
  if (event === 'joined') remember(known.epochs, String(data.epoch))
  if (typeof data.seq === 'number') known.seq = Math.max(known.seq, data.seq)
  if (typeof data.id === 'string') remember(known.ids, data.id)
}

const REMEMBERED = 50
function remember(list: string[], text: string): void {
  if (list.at(-1) === text) return
  list.push(text)
  if (list.length > REMEMBERED) list.shift()
}

const PROTOTYPES = [Object, Array, String, Number, Boolean, Function, Map, Set, Promise].map(
  ({ prototype }) => prototype,
)
const FINGERPRINT = fingerprint()

/** Checks that no prototype was changed, and removes any added property, so that the next room starts clean. */
export function checkPrototypes(): void {
  const isPolluted = POLLUTION in {}
  Reflect.deleteProperty(Object.prototype, POLLUTION)
  if (isPolluted || fingerprint() !== FINGERPRINT) throw new Broken('prototype: it was changed')
}

function fingerprint(): string {
  return PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype).map(String).join()).join(';')
}
