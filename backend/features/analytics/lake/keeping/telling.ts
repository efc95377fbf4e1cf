/**
 * Says something, and says it again until its end is asked for, so that whoever reads it knows that somebody is still at work.
 * @returns what ends it: nothing is said any more when that has returned
 * @throws what the first saying throws; later ones may fail, because what they are about goes on
 */
export async function sayAgain(say: () => Promise<void>, everyMs: number): Promise<() => Promise<void>> {
  await say()
  let saying: Promise<void> | null = null
  const timer = setInterval(() => {
    saying ??= say()
      .catch(() => undefined)
      .finally(() => {
        saying = null
      })
  }, everyMs)
  return async () => {
    clearInterval(timer)
    await saying
  }
}
