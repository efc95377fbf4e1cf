import { Prisma } from '../../generated/prisma/client.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { freshText } from '../intake/index.ts'
import { type Beginner, categoriesIn, DEFAULT_CATEGORIES } from '../tickets/index.ts'
import { DEFAULT_KEYWORDS } from './defaults.ts'
import { type Judge, judgeOf, verdictOn } from './judging.ts'
import { listsIn } from './keywords.ts'

/** Getting lists ready costs more than judging by them; a version never changes once it is written. */
const ready = new Map<string, Judge>()
const MOST = 500

/**
 * Keywords decide how the ticket of a customer's first mail begins. What a machine or the past wrote has a category and no priority:
 * nobody waits for it as they wait for an answer.
 */
export const begin: Beginner = async (tx, { triageVersion, languages }, mails) => {
  const judge = await judgeIn(tx, triageVersion, languages)
  const judged = mails.map((mail) => ({ mail, verdict: verdictOn(judge, mail.subject, freshText(mail.text)) }))
  const unsure = judged.filter(({ mail, verdict }) => verdict.language === null && !mail.automatic)
  const before = await languagesBefore(
    tx,
    unsure.map(({ mail }) => mail.customerId),
  )
  return judged.map(({ mail, verdict }) => {
    const { category, categoryWord } = verdict
    const { priority, priorityWord } = mail.automatic || mail.historical ? NO_PRIORITY : verdict
    const language = verdict.language ?? (mail.automatic ? null : (before.get(mail.customerId) ?? null))
    return { priority, category, language, triage: { priority, priorityWord, category, categoryWord } }
  })
}

const NO_PRIORITY = { priority: 'normal', priorityWord: null } as const

/** The judge by this version, held by every process that judged once. */
export async function judgeIn(tx: Tx, version: number, languages: readonly string[]): Promise<Judge> {
  const name = version === 0 ? languages.join(',') : `${tx.workspaceId}/${version}/${languages.join(',')}`
  const held = ready.get(name)
  if (held) return held
  // what was never edited is everybody's: nothing that somebody saves at this moment may get into it
  const [lists, categories] =
    version === 0 ? [DEFAULT_KEYWORDS, DEFAULT_CATEGORIES] : [await listsIn(tx), await categoriesIn(tx)]
  const made = judgeOf(lists, categories, languages)
  if (ready.size >= MOST) ready.clear()
  ready.set(name, made)
  return made
}

/** The languages of customers' newest tickets that have one, for mails that are too short to tell. */
async function languagesBefore(tx: Tx, customerIds: readonly string[]): Promise<Map<string, string>> {
  if (customerIds.length === 0) return new Map()
  const rows = await tx.ask<{ customerId: string; language: string }>(Prisma.sql`
    select c.id::text as "customerId", t.language from unnest(${[...new Set(customerIds)]}::uuid[]) as c (id)
    cross join lateral (
      select newest.language from (
        select t.language, t.last_message_at from desk.ticket t
        where t.workspace_id = ${tx.workspaceId}::uuid and t.customer_id = c.id order by t.last_message_at desc limit 20) newest
      where newest.language is not null order by newest.last_message_at desc limit 1) t`)
  return new Map(rows.map(({ customerId, language }) => [customerId, language]))
}
