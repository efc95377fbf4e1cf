import type { Attempt } from './preparing.ts'

/** Each holds all of its bytes, so no more than so many are left behind at a time. */
const MOST_LATE = 4
/** While one of them is read, new mail is looked for so often. */
const LOOK_MS = 300

export type LateMails = ReturnType<typeof lateMails>

/** Mails that take long to read: they are filed when they are read, and hold up none of those that came with them or after them. */
export function lateMails() {
  const read: Attempt[] = []
  let reading = 0
  let failure: { error: unknown } | undefined
  let wake = () => {}

  async function follow(attempt: Promise<Attempt>): Promise<void> {
    try {
      read.push(await attempt)
    } catch (error) {
      failure ??= { error }
    }
    reading--
    wake()
  }

  return {
    hasRoom: () => reading < MOST_LATE,
    isOver: () => reading === 0 && read.length === 0 && failure === undefined,
    add(attempt: Promise<Attempt>): void {
      reading++
      void follow(attempt)
    },
    /** Those that are read by now. @throws what kept one from being tried at all */
    take(): Attempt[] {
      if (failure) throw failure.error
      return read.splice(0)
    },
    /** Ends when one of them is read, or when it is time to see what came meanwhile. */
    moment: () =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, LOOK_MS)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      }),
  }
}
