import { t } from '../i18n/strings.ts'
import { type Fields, fieldsOf, numberOf, textOf } from '../lib/parse-unknown.ts'
import { fingerprintOf } from './fingerprint.ts'

/** One entry of the audit log: its text, and the message it is about. */
export interface ListedAuditEntry {
  n: number
  time: number
  text: string
  ref?: number
}

export function parseAuditEntries(told: unknown): ListedAuditEntry[] {
  return (Array.isArray(told) ? told : []).flatMap((value: unknown) => {
    const fields = fieldsOf(value) ?? {}
    const [n, time, action] = [numberOf(fields.n), numberOf(fields.time), textOf(fields.action)]
    if (n === undefined || time === undefined || action === undefined) return []
    const who = textOf(fields.username) || strangerName(action, fields)
    const whom = textOf(fields.aboutName) || t.moderation.auditEntry.someone
    const facts = factsOf(action, fields)
    const text = sentence({ action, who, whom }, facts)
    return [{ n, time, text, ...(facts.ref === undefined ? {} : { ref: facts.ref }) }]
  })
}

/**
 * Someone who uses an invite link has no name yet: the fingerprint tells who they are once they have joined. Someone who
 * moderates before they have joined has only their role.
 */
function strangerName(action: string, fields: Fields): string {
  const { someone, someoneKnownBy } = t.moderation.auditEntry
  const [by, role] = [textOf(fields.by), textOf(fields.as)]
  if (role !== undefined) return someoneKnownBy(roleName(role))
  return action === 'redeemLink' && by !== undefined ? someoneKnownBy(fingerprintOf(by)) : someone
}

interface Deed {
  action: string
  who: string
  whom: string
}

interface Facts {
  ms?: number | undefined
  network?: boolean
  role?: string | undefined
  reason?: string | undefined
  ref?: number | undefined
  settings?: readonly string[] | undefined
  /** How many people have reported the message. */
  count?: number | undefined
  /** The text of an earlier ban that leaves open how long it lasts. */
  unclear?: string
}

function factsOf(action: string, fields: Fields): Facts {
  const { settings } = fields
  const facts: Facts = {
    ms: numberOf(fields.ms),
    role: textOf(fields.role),
    reason: textOf(fields.reason),
    ref: numberOf(fields.ref),
    count: numberOf(fields.count),
    settings: Array.isArray(settings) ? settings.map(String) : undefined,
  }
  if (fields.network === true) facts.network = true
  const detail = textOf(fields.detail)
  const isEarlier = detail !== undefined && Object.values(facts).every((fact) => fact === undefined)
  return isEarlier ? factsIn(action, detail) : facts
}

/** What an entry of an earlier version says: it has one text, such as "600000 ms rude" or "#12 spam". */
function factsIn(action: string, detail: string): Facts {
  switch (action) {
    case 'set':
      return { settings: detail.split(' ') }
    case 'setRole':
    case 'makeLink':
      return { role: detail }
    case 'mute': {
      const [, ms, reason] = /^(\d+) ms(?: (.*))?$/s.exec(detail) ?? []
      return { ms: Number(ms ?? 0), reason }
    }
    case 'ban':
      // Its reason may read like a length or a network, which stood before it.
      return /^\d+ ms\b|^network\b/.test(detail) ? { unclear: detail } : { reason: detail }
    case 'report':
    case 'deleteChat':
    case 'editChat': {
      const [, ref, reason] = /^#(\d+)(?: (.*))?$/s.exec(detail) ?? []
      return ref === undefined ? {} : { ref: Number(ref), reason }
    }
    default:
      return { reason: detail }
  }
}

function sentence({ action, who, whom }: Deed, facts: Facts): string {
  const { auditEntry } = t.moderation
  const { ms, network = false, role = '', reason = '', settings = [], count = 1, unclear } = facts
  switch (action) {
    case 'set':
      return auditEntry.set(who, settings.map(nameOfSetting))
    case 'mute':
      return because(auditEntry.mute(who, whom, t.moderation.duration(ms ?? 0)), reason)
    case 'ban': {
      if (unclear !== undefined) return auditEntry.banUnclear(who, whom, unclear)
      const how = ms === undefined ? t.moderation.banFor.ever : auditEntry.forSpan(t.moderation.duration(ms))
      return because(auditEntry.ban(who, whom, how, network), reason)
    }
    case 'unmute':
    case 'unban':
      return auditEntry[action](who, whom)
    case 'setRole':
      return auditEntry.setRole(who, whom, roleName(role))
    case 'makeLink':
    case 'redeemLink':
      return auditEntry[action](who, roleName(role))
    case 'revokeLink':
      return auditEntry.revokeLink(who)
    case 'report':
      return because(auditEntry.report(who, whom, count - 1), reason)
    case 'kick':
    case 'deleteChat':
    case 'editChat':
      return because(auditEntry[action](who, whom), reason)
    default:
      return auditEntry.other(who, action)
  }
}

function because(text: string, reason: string): string {
  return reason === '' ? text : t.moderation.auditEntry.because(text, reason)
}

function nameOfSetting(key: string): string {
  const names: Readonly<Record<string, string>> = t.moderation.settingNames
  return names[key] ?? key
}

export function roleName(role: string): string {
  const names: Readonly<Record<string, string>> = t.moderation.roles
  return names[role] ?? role
}
