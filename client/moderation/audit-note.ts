import { t } from '../i18n/strings.ts'
import { fieldsOf, numberOf, textOf } from '../lib/parse-unknown.ts'

/** One entry of the audit log: its text, and the message it is about. */
export interface ListedAuditEntry {
  n: number
  time: number
  text: string
  ref?: number
}

export function parseAuditEntries(told: unknown): ListedAuditEntry[] {
  return (Array.isArray(told) ? told : []).flatMap((value: unknown) => {
    const fields = fieldsOf(value)
    const [n, time, action] = [numberOf(fields?.n), numberOf(fields?.time), textOf(fields?.action)]
    if (n === undefined || time === undefined || action === undefined) return []
    const who = textOf(fields?.username) || t.moderation.auditEntry.someone
    const whom = textOf(fields?.aboutName) || t.moderation.auditEntry.someone
    return [{ n, time, ...sentence({ action, who, whom, detail: textOf(fields?.detail) ?? '' }) }]
  })
}

interface Told {
  action: string
  who: string
  whom: string
  detail: string
}

/** The stored detail is short: "600000 ms rude", "#12 spam". */
function sentence({ action, who, whom, detail }: Told): { text: string; ref?: number } {
  const { auditEntry } = t.moderation
  switch (action) {
    case 'set':
      return { text: auditEntry.set(who, detail.split(' ').map(nameOfSetting)) }
    case 'kick':
      return { text: because(auditEntry.kick(who, whom), detail) }
    case 'mute': {
      const { ms, rest } = timed(detail)
      return { text: because(auditEntry.mute(who, whom, t.moderation.duration(ms ?? 0)), rest) }
    }
    case 'ban': {
      const { ms, rest } = timed(detail)
      const [found, reason = ''] = /^network(?: (.*))?$/s.exec(rest) ?? []
      const how = ms === undefined ? t.moderation.banFor.ever : auditEntry.forSpan(t.moderation.duration(ms))
      return {
        text: because(
          auditEntry.ban(who, whom, how, found !== undefined),
          found === undefined ? rest : reason,
        ),
      }
    }
    case 'unmute':
    case 'unban':
      return { text: auditEntry[action](who, whom) }
    case 'setRole':
      return { text: auditEntry.setRole(who, whom, roleName(detail)) }
    case 'makeLink':
      return { text: auditEntry.makeLink(who, roleName(detail)) }
    case 'revokeLink':
      return { text: auditEntry.revokeLink(who) }
    case 'report':
    case 'deleteChat':
    case 'editChat': {
      const [, ref, reason = ''] = /^#(\d+)(?: (.*))?$/s.exec(detail) ?? []
      const text = because(auditEntry[action](who, whom), reason)
      return ref === undefined ? { text } : { text, ref: Number(ref) }
    }
    default:
      return { text: auditEntry.other(who, action) }
  }
}

function because(text: string, reason: string): string {
  return reason === '' ? text : t.moderation.auditEntry.because(text, reason)
}

function timed(detail: string): { ms?: number; rest: string } {
  const [, ms, rest = ''] = /^(\d+) ms(?: (.*))?$/s.exec(detail) ?? []
  return ms === undefined ? { rest: detail } : { ms: Number(ms), rest }
}

function nameOfSetting(key: string): string {
  const names: Readonly<Record<string, string>> = t.moderation.settingNames
  return names[key] ?? key
}

export function roleName(role: string): string {
  const names: Readonly<Record<string, string>> = t.moderation.roles
  return names[role] ?? role
}
