/** Does `work` for each of the list, so many at the same time; after the first error nothing more is begun. */
export async function inParallel<T>(
  list: readonly T[],
  atOnce: number,
  work: (one: T) => Promise<void>,
): Promise<void> {
  // All take from the same iterator, so that each of the list is taken once.
  const rest = list[Symbol.iterator]()
  let failed = false
  const takeTurns = async (): Promise<void> => {
    for (const one of rest) {
      if (failed) return
      await work(one).catch((error: unknown) => {
        failed = true
        throw error
      })
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, list.length) }, takeTurns))
}
