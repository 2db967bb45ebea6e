import * as v from 'valibot'
import { ACCESS_KINDS } from './access-kinds.ts'
import { ERROR_CODES } from './error-rules.ts'
import { RETENTIONS } from './retentions.ts'
import { ROLES } from './roles.ts'

/** Words of which a newer server may have more. An unknown one becomes the fallback, so its frame is not lost. */
export const receivedRole = v.fallback(v.picklist(ROLES), 'member')
export const receivedAccess = v.fallback(v.picklist(ACCESS_KINDS), 'open')
export const receivedRetention = v.fallback(v.picklist(RETENTIONS), 'forever')
export const receivedCode = v.fallback(v.picklist([...ERROR_CODES, 'unknown']), 'unknown')
