import { takingTurns } from '../../../../platform/live/turns.ts'

/** A disk brings several files to safety in the time of one. */
const AT_ONCE = 8

/** Does something with each of a list, some at once. What was begun has ended when this returns or throws. */
export async function withEach<T>(list: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const inTurn = takingTurns(AT_ONCE)
  let isBroken = false
  const done = await Promise.allSettled(
    list.map((one) =>
      inTurn(async () => {
        if (isBroken) return
        await work(one).catch((error: unknown) => {
          isBroken = true
          throw error
        })
      }),
    ),
  )
  const failed = done.find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
}
