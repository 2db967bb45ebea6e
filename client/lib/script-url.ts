interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(): string }): { createScriptURL(path: string): string }
}

declare global {
  var trustedTypes: TrustedTypes | undefined
}

/**
 * The address of a script that is no module of the page, under a Trusted Types policy that the page's headers allow. The
 * policy answers no other address. A page makes each policy once.
 */
export function scriptUrl(policy: string, path: string): string {
  const types = globalThis.trustedTypes
  return types?.createPolicy(policy, { createScriptURL: () => path }).createScriptURL(path) ?? path
}
