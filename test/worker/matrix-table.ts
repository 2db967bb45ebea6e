/**
 * Who may do what: a row for each request to a room, a column for each kind of person.
 *
 * - `yes`: allowed
 * - `no`: `forbidden`
 * - `none`: `not-found`
 * - `early`: `not-joined`
 * - any other word is the code of the refusal
 *
 * From `owner` to `banned`, the answers are the same in an open and in an invite-only room.
 *
 * - `admitted`: has redeemed a link and not joined yet
 * - `banned`: also a new person from a banned network
 * - `lockedOut`: a stranger to a locked room
 * - `uninvited`: a stranger to an invite-only room
 * - `awaited`: invited to a private room, and has not joined it yet
 * - `outside`: a stranger to a private room, or to a missing one
 */
export const RIGHTS = `
                                          owner  moderator  member  muted  reader  admitted  banned  stranger  lockedOut  uninvited  ownerless  private  awaited  outside
userJoin                                  yes    yes        yes     yes    yes     yes       banned  yes       locked     none       yes        yes      yes      none
userJoin, to watch                        yes    yes        yes     yes    yes     no        banned  no        locked     none       yes        yes      no       none
msgHistory                                yes    yes        yes     yes    yes     early     banned  early     locked     none       yes        yes      early    none
userTyping                                yes    yes        yes     yes    no      early     banned  early     locked     none       yes        yes      early    none
userRename                                yes    yes        yes     muted  yes     early     banned  early     locked     none       yes        yes      early    none
updateChat                                yes    yes        yes     muted  no      early     banned  early     locked     none       yes        yes      early    none
editChat, one’s own                       yes    yes        yes     muted  no      early     banned  early     locked     none       yes        yes      early    none
editChat, another’s                       yes    yes        no      muted  no      early     banned  early     locked     none       no         no       early    none
deleteChat, one’s own                     yes    yes        yes     yes    no      early     banned  early     locked     none       yes        yes      early    none
deleteChat, another’s                     yes    yes        no      no     no      early     banned  early     locked     none       no         no       early    none
react                                     yes    yes        yes     muted  no      early     banned  early     locked     none       yes        yes      early    none
setTopic                                  yes    yes        no      muted  no      early     banned  early     locked     none       yes        yes      early    none
newRoom                                   yes    yes        yes     yes    yes     early     banned  early     locked     none       yes        yes      early    none
dismissRoom                               yes    yes        yes     yes    yes     early     banned  early     locked     none       yes        yes      early    none
markRead                                  yes    yes        yes     yes    yes     early     banned  early     locked     none       yes        yes      early    none
sync                                      yes    yes        yes     yes    yes     early     banned  early     locked     none       yes        yes      early    none

POST /                                    yes    yes        yes     yes    yes     yes       yes     yes       yes        yes        yes        yes      yes      yes
GET /:room                                yes    yes        yes     yes    yes     yes       banned  yes       locked     none       yes        yes      yes      none
GET /:room/messages                       yes    yes        yes     yes    yes     yes       banned  yes       locked     none       yes        yes      yes      none
GET /:room/ws                             yes    yes        yes     yes    yes     yes       banned  yes       locked     none       yes        yes      yes      none
GET /:room/usage                          yes    yes        no      no     no      no        banned  no        locked     none       yes        yes      no       none
PATCH /:room, locked                      yes    yes        no      no     no      no        banned  no        locked     none       no         no       no       none
PATCH /:room, slowMs                      yes    yes        no      no     no      no        banned  no        locked     none       no         no       no       none
PATCH /:room, title                       yes    no         no      no     no      no        banned  no        locked     none       no         no       no       none
PATCH /:room, welcome                     yes    no         no      no     no      no        banned  no        locked     none       no         no       no       none
PATCH /:room, retention                   yes    no         no      no     no      no        banned  no        locked     none       no         no       no       none
PATCH /:room, access                      yes    no         no      no     no      no        banned  no        locked     none       no         no       no       none
POST /:room/moderation, kick              yes    yes        no      no     no      no        banned  no        locked     none       no         no       no       none
POST /:room/moderation, kick a moderator  yes    no         no      no     no      no        banned  no        locked     none       no         no       no       none
POST /:room/moderation, kick the owner    no     no         no      no     no      no        banned  no        locked     none       no         no       no       none
POST /:room/moderation, mute              yes    yes        no      no     no      no        banned  no        locked     none       no         no       no       none
POST /:room/moderation, unmute            yes    yes        no      no     no      no        banned  no        locked     none       no         no       no       none
POST /:room/moderation, ban               yes    yes        no      no     no      no        banned  no        locked     none       no         no       no       none
POST /:room/moderation, unban             yes    yes        no      no     no      no        banned  no        locked     none       no         no       no       none
POST /:room/moderation, setRole           yes    no         no      no     no      no        banned  no        locked     none       no         no       no       none
POST /:room/moderation, hand on           yes    no         no      no     no      no        banned  no        locked     none       no         no       no       none
GET /:room/people                         yes    yes        no      no     no      no        banned  no        locked     none       no         no       no       none
GET /:room/audit                          yes    yes        no      no     no      no        banned  no        locked     none       no         no       no       none
POST /:room/reports                       yes    yes        yes     yes    yes     no        banned  no        locked     none       yes        yes      no       none
PUT /:room/blocks/:by                     yes    yes        yes     yes    yes     no        banned  no        locked     none       yes        yes      no       none
PATCH /:room/me                           yes    yes        yes     yes    yes     no        banned  no        locked     none       yes        yes      no       none
DELETE /:room/blocks/:by                  yes    yes        yes     yes    yes     no        banned  no        locked     none       yes        yes      no       none
POST /:room/links, for a member           yes    yes        no      no     no      no        banned  no        locked     none       no         no       no       none
POST /:room/links, for a moderator        yes    no         no      no     no      no        banned  no        locked     none       no         no       no       none
GET /:room/links                          yes    yes        no      no     no      no        banned  no        locked     none       no         no       no       none
POST /:room/links/redeem, a link          yes    yes        yes     yes    yes     yes       banned  yes       locked     yes        none       none     none     none
POST /:room/links/redeem, none            none   none       none    none   none    none      none    none      none       none       none       none     none     none
DELETE /:room/links/:id                   yes    yes        no      no     no      no        banned  no        locked     none       no         no       no       none
DELETE /:room/me                          no     yes        yes     yes    yes     no        banned  no        locked     none       yes        yes      no       none
DELETE /:room                             yes    no         no      no     no      no        banned  no        locked     none       no         yes      yes      none
`

const MEANINGS: Record<string, string> = { no: 'forbidden', none: 'not-found', early: 'not-joined' }

export interface RightsCell {
  /** The event, or the method and path of the route. A comma separates the variant. */
  what: string
  column: string
  /** `yes`, or the code of the refusal. */
  answer: string
}

const [head = '', ...lines] = RIGHTS.split('\n').filter((line) => line !== '')
export const COLUMNS = cellsOf(head)

export const CELLS: readonly RightsCell[] = lines.flatMap((line) => {
  const [what = '', ...answers] = cellsOf(line)
  if (answers.length !== COLUMNS.length) throw new Error(`${what} has ${answers.length} answers`)
  return COLUMNS.map((column, at) => ({ what, column, answer: meaning(answers[at] ?? '') }))
})

/** The event or the route of a row. */
export function subjectOf(what: string): string {
  return what.replace(/,.*/, '')
}

function cellsOf(line: string): string[] {
  return line.split(/\s{2,}/).filter((cell) => cell !== '')
}

function meaning(word: string): string {
  return MEANINGS[word] ?? word
}
