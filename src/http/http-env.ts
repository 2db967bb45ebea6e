/** What routes know of a request beside the request itself. */
export interface HttpEnv {
  Bindings: Env
  Variables: {
    requestId: string
    /** Hash of the session token. */
    session: string
    /** The Content-Security-Policy of a page that has another than all others. */
    policy?: string
    /** What the answer does to the session's cookie, beside giving one to a request that brought none. */
    cookie?: 'renew' | 'clear' | { become: string }
  }
}
