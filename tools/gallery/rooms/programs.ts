const PYTHON = `def tide(hour: int) -> float:
    """How high the water stands, in metres."""
    return 2.4 * cos(tau * hour / 12.42)  # twice a day

${Array.from({ length: 12 }, (_, hour) => `if tide(${hour}) > 1.5:\n    warn("the pier", at=${hour})`).join('\n')}
`

/** Messages with code that people show each other. */
export const PROGRAMS: readonly string[] = [
  `The whole table, folded:\n\`\`\`python\n${PYTHON.trim()}\n\`\`\``,
  `\`\`\`diff
--- a/pier.ts
+++ b/pier.ts
@@ -3,3 +3,3 @@
-const HIGH = 1.5
+const HIGH = 1.8
 for (const boat of boats) {
\`\`\``,
  `With \`HIGH\` as it is now:
\`\`\`ts
/** Boats that have to wait for the water. */
export async function waiting(boats: readonly Boat[], at: Date): Promise<Boat[]> {
  const water = await levelOf('pier', at) ?? 0
  return boats.filter(({ draught, name }) => draught > water && !/^tender/i.test(name))
}
\`\`\``,
]
