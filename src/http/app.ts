/** What routes know of a request beside the request itself. */
export interface App {
  Bindings: Env
  Variables: {
    requestId: string
    /** Hash of the session token. */
    session: string
    /** Set where the answer renews the session's cookie. */
    renewSession?: boolean
  }
}
