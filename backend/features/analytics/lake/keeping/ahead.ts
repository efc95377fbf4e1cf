/**
 * Asks for the next of a list while the present one is worked at: never for more than one.
 * Whoever breaks off waits for what was asked for, so that nothing goes on behind its back.
 */
export async function* oneAhead<T>(source: AsyncIterator<T>): AsyncGenerator<T> {
  let next = source.next()
  try {
    for (;;) {
      const { done, value } = await next
      if (done) return
      next = source.next()
      next.catch(() => undefined) // it is told when it is waited for
      yield value
    }
  } finally {
    await next.catch(() => undefined)
    await source.return?.()
  }
}
