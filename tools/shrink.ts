/** Leaves items out, in ever smaller parts, as long as the rest still fails. */
export async function shrink<T>(
  items: readonly T[],
  stillFails: (fewer: readonly T[]) => boolean | Promise<boolean>,
): Promise<readonly T[]> {
  let left = items
  for (let size = left.length >> 1; size >= 1; ) {
    let isSmaller = false
    for (let at = 0; at < left.length; ) {
      const fewer = left.toSpliced(at, size)
      if (await stillFails(fewer)) {
        left = fewer
        isSmaller = true
      } else at += size
    }
    if (!isSmaller || size > 1) size >>= 1
  }
  return left
}
