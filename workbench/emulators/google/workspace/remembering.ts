import { setImmediate } from 'node:timers/promises'
import { keep } from '../gmail/posting.ts'
import type { Ground } from '../ground.ts'
import type { Entry } from '../store/entries.ts'
import { newMailId } from '../store/ids.ts'

/** A mail that a mailbox has had for long. */
export type OldMail = {
  raw: Buffer
  at: Date
  labels: string[] /** The mail of the same thread that came first, by its place in the list. */
  after: number | null
}

export type Remembered = { id: string; threadId: string }

/** In one piece of the journal. */
const AT_ONCE = 1_000

/**
 * Mails that were there before anybody watched: no history tells of them, as Gmail's tells of nothing that is older than a week or so.
 * @param mails oldest first
 * @returns the ids, in the same order
 */
export async function remember({ store }: Ground, user: string, mails: readonly OldMail[]): Promise<Remembered[]> {
  const box = store.box(user)
  const known: Remembered[] = []
  for (let from = 0; from < mails.length; from += AT_ONCE) {
    const entries = mails.slice(from, from + AT_ONCE).map(({ raw, at, labels, after }): Entry => {
      const { raw: kept, head } = keep(store, raw)
      const id = newMailId(box, at.getTime())
      const threadId = after === null ? id : (known[after]?.threadId ?? id)
      known.push({ id, threadId })
      return { t: 'added', user, id, threadId, history: box.history, labels, at: at.getTime(), raw: kept, head }
    })
    store.commit(entries)
    await setImmediate() // so that nobody else has to wait for all of them
  }
  return known
}
