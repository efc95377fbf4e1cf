/**
 * Asks for the next of a list while the present one is worked at: never for more than one.
 * Whoever breaks off waits for what was asked for, so that nothing goes on behind its back.
 * @param mayBeAhead asked each time: without it the next is asked for when the present one is done
 */
export async function* oneAhead<T>(source: AsyncIterator<T>, mayBeAhead: () => boolean): AsyncGenerator<T> {
  let next: Promise<IteratorResult<T>> | null = null
  try {
    for (;;) {
      const { done, value } = await (next ?? source.next())
      next = null
      if (done) return
      if (mayBeAhead()) {
        next = source.next()
        next.catch(() => undefined) // it is told when it is waited for
      }
      yield value
    }
  } finally {
    await next?.catch(() => undefined)
    await source.return?.()
  }
}
