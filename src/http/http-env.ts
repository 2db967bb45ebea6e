/** What middleware adds to a request. */
export interface HttpEnv {
  Bindings: Env
  Variables: {
    requestId: string
    /** Hash of the session token. */
    session: string
    /** The Content-Security-Policy of a page that needs its own. */
    policy?: string
    /** What the response does with the session's cookie. A request without one gets one in any case. */
    cookie?: 'renew' | 'clear' | { become: string }
  }
}
