import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { enqueue, job } from '../../platform/jobs.ts'
import type { Tx } from '../../platform/tenancy.ts'

/**
 * PostgreSQL keeps new words in a list and sorts many of them into their index at once, which costs a quarter of one by one. Left alone,
 * whoever brings one too many does it, within their transaction; this does it beside them. Characters of text, about 3 MB of that list,
 * which a search reads as a whole.
 */
const SORTED_AT = 600_000
/**
 * A sorting goes to every word once, however many mails brought it: five times as many cost twice as much. So there is a pause between
 * two, in which a search reads what came meanwhile.
 */
const PAUSE_MS = 15_000
/** Nor does the list grow without end in that pause: about 20 MB, of the 32 that it may hold. */
const LONGEST = 4_000_000

/** Of this process, whatever became of the transactions: it only says when it is time. */
let written = 0
/** For when the last sorting was planned, in milliseconds. */
let planned = 0

/** Is told of every text whose words were written. */
export async function noteWords(tx: Tx, texts: readonly { text: string }[]): Promise<void> {
  written += texts.reduce((sum, { text }) => sum + text.length, 0)
  const now = tx.now.getTime()
  const waits = planned > now && planned <= now + PAUSE_MS
  if (written < (waits ? LONGEST : SORTED_AT)) return
  const isRested = Math.abs(now - planned) >= PAUSE_MS
  planned = waits || isRested ? now : planned + PAUSE_MS
  written = 0
  await enqueue(tx, sortWords, {}, { key: `${sortWords.name}:${tx.workspaceId}`, at: new Date(planned) })
}

/** Searching finds words wherever they are, so nothing is lost when it does not run. */
export const sortWords = job(
  'tickets:sort-words',
  z.object({}),
  async ({ db }: Ctx) => {
    await db.$executeRaw`select app.sort_words()`
  },
  { maxAttempts: 1 },
)
