import type { Tx } from '../../platform/tenancy.ts'
import { freshText } from '../intake/index.ts'
import { type Beginner, categoriesIn } from '../tickets/index.ts'
import { type Judge, judgeOf, verdictOn } from './judging.ts'
import { listsIn } from './keywords.ts'

/** Getting lists ready costs more than judging by them; a version never changes once it is written. */
const ready = new Map<string, Judge>()
const MOST = 500

/**
 * Keywords decide how the ticket of a customer's first mail begins. What a machine or the past wrote has a category and no priority:
 * nobody waits for it as they wait for an answer.
 */
export const begin: Beginner = async (tx, { triageVersion, languages }, mail) => {
  const judge = await judgeIn(tx, triageVersion, languages)
  const verdict = verdictOn(judge, mail.subject, freshText(mail.text))
  const counts = !mail.automatic && !mail.historical
  const { category, categoryWord } = verdict
  const { priority, priorityWord } = counts ? verdict : NO_PRIORITY
  return {
    priority,
    category,
    language: verdict.language ?? (mail.automatic ? null : await languageBefore(tx, mail.customerId)),
    triage: { priority, priorityWord, category, categoryWord },
  }
}

const NO_PRIORITY = { priority: 'normal', priorityWord: null } as const

/** The judge by this version, held by every process that judged once. */
export async function judgeIn(tx: Tx, version: number, languages: readonly string[]): Promise<Judge> {
  const name = version === 0 ? languages.join(',') : `${tx.workspaceId}/${version}/${languages.join(',')}`
  const held = ready.get(name)
  if (held) return held
  const made = judgeOf(await listsIn(tx), await categoriesIn(tx), languages)
  if (ready.size >= MOST) ready.clear()
  ready.set(name, made)
  return made
}

/** The language of the customer's newest ticket that has one, for a mail that is too short to tell. */
async function languageBefore(tx: Tx, customerId: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ language: string }[]>`
    select language from (
      select t.language, t.last_message_at from desk.ticket t
      where t.workspace_id = ${tx.workspaceId}::uuid and t.customer_id = ${customerId}::uuid order by t.last_message_at desc limit 20) newest
    where language is not null order by last_message_at desc limit 1`
  return row?.language ?? null
}
