/** What middleware adds to a request. */
export interface HttpEnv {
  Bindings: Env
  Variables: {
    requestId: string
    /** Hash of the session token. */
    session: string
    /** The Content-Security-Policy of a page that needs its own. */
    policy?: string
    /** Whose budget pays, where the network is known. */
    payer?: string
    /** How many units of a socket's arrival its room did not need. */
    unspent?: number
    /** The token of a request without a cookie: a new one, or the one that it showed. */
    shownToken?: string
    /** What the response does with the session's cookie. A request without one gets one in any case. */
    cookie?: 'renew' | 'clear' | { become: string }
  }
}
