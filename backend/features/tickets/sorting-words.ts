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

/** Of this process, whatever became of the transactions: it only says when it is time. */
let written = 0

/** Is told of every text whose words were written. */
export async function noteWords(tx: Tx, texts: readonly { text: string }[]): Promise<void> {
  written += texts.reduce((sum, { text }) => sum + text.length, 0)
  if (written < SORTED_AT) return
  written = 0
  await enqueue(tx, sortWords, {}, { key: `${sortWords.name}:${tx.workspaceId}` })
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
