import type { MailWhy } from '../../../shared/mail-why.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { type Hit, hitsOf, type Likeness, likenessOf } from './hits.ts'

export type Clues = Likeness & {
  /** The mail's own key: another mail may name it, having come first. */
  own: string
  /** Number from a token that we signed. */
  number: number | null
  /** Mail keys. */
  inReplyTo: readonly string[]
  /** Mail keys, newest first. */
  references: readonly string[]
  /** Key of the conversation as Outlook numbers it. */
  threadKey: string | null
}

export type Via = Extract<MailWhy, 'token' | 'in_reply_to' | 'references' | 'sibling' | 'thread_index'>

/** @property also other tickets that the same mail is proved to belong to */
export type Found = { ticketId: string; via: Via; also: string[] }

/**
 * The ticket that a mail belongs to, in the order of facts/mail.md section 4: our own token, then In-Reply-To, then References, then
 * mails that name the same unseen one. Clients recycle References for new topics, so those count only between mails of the same subject
 * or of the same people. An unseen mail may have gone to many, so its answers are one conversation only when they name one person. Which two mails belong together does not depend on which of them came first (decision 034).
 */
export async function findTicketOf(tx: Tx, clues: Clues): Promise<Found | null> {
  const [known] = await knownOfAll(tx, [clues])
  return known ? ticketAmong(clues, known) : null
}

/** What is known of the ids that a mail has and names; and the ticket of its token. */
export type Known = { hits: readonly Hit[]; byToken: string | null }

/** What is known of many mails, in their order: one question for all, and one more where some are for a ticket by its token. */
export async function knownOfAll(tx: Tx, mails: readonly Clues[]): Promise<Known[]> {
  const keys = mails.map((clues) => new Set(keysOf(clues)))
  const all = [...new Set(keys.flatMap((each) => [...each]))]
  const hits = await hitsOf(tx, all, [...new Set(mails.map(({ senderKey }) => senderKey))])
  const numbered = await ticketsWithNumbers(
    tx,
    mails.flatMap(({ number }) => number ?? []),
  )
  return mails.map(({ number }, n) => ({
    hits: hits.filter(({ key }) => keys[n]?.has(key)),
    byToken: number === null ? null : (numbered.get(number) ?? null),
  }))
}

const keysOf = ({ inReplyTo, references, own, threadKey }: Clues): string[] => {
  const named = [...new Set([...inReplyTo, ...references, own])]
  return threadKey === null ? named : [...named, threadKey]
}

/** The ticket that these show to be the one of a mail. */
export function ticketAmong(clues: Clues, { hits: all, byToken }: Known): Found | null {
  const keys = keysOf(clues)
  const hits = withoutNamesake(all, clues.own)
  const kin = hits.flatMap((hit) => kinBy(clues, hit))
  const [first] = [
    ...(byToken ? [{ ticketId: byToken, via: 'token' as const }] : []),
    ...ORDER.flatMap((via) => keys.flatMap((key) => kin.filter((each) => each.via === via && each.key === key))),
  ]
  if (!first) return null
  const also = new Set(kin.map(({ ticketId }) => ticketId).filter((ticketId) => ticketId !== first.ticketId))
  return { ticketId: first.ticketId, via: first.via, also: [...also] }
}

const ORDER = ['in_reply_to', 'references', 'sibling', 'thread_index'] as const satisfies readonly Via[]

type Kin = { key: string; ticketId: string; via: Via }

/** By what a hit and the mail belong together; nothing when they do not. */
function kinBy(clues: Clues, hit: Hit): Kin[] {
  const { key, ticketId } = hit
  if (hit.held && clues.inReplyTo.includes(key)) return [{ key, ticketId, via: 'in_reply_to' }]
  if (!hit.held && hit.direct && key === clues.own) return [{ key, ticketId, via: 'sibling' }] // the answer came first
  const like = likenessOf(clues, hit)
  if (key === clues.threadKey) return like.subject && like.people ? [{ key, ticketId, via: 'thread_index' }] : []
  if (hit.held || key === clues.own)
    // one of the two names the other, whichever came first
    return like.subject || like.people ? [{ key, ticketId, via: hit.held ? 'references' : 'sibling' }] : []
  return like.people || (like.subject && like.someone) ? [{ key, ticketId, via: 'sibling' }] : []
}

/** When another mail holds the same Message-ID, those who name it mean that one. */
const withoutNamesake = (hits: readonly Hit[], own: string): readonly Hit[] =>
  hits.some(({ key, held }) => key === own && held) ? hits.filter(({ key }) => key !== own) : hits

/** Which of these mail keys any ticket holds or names: one question for many mails that are to be filed together. */
export async function namedAmong(tx: Tx, keys: readonly string[]): Promise<Set<string>> {
  const rows = await tx.ask<{ key: string }>(Prisma.sql`
    select mail_key as key from desk.message where workspace_id = ${tx.workspaceId}::uuid and mail_key = any(${keys}::text[])
    union all
    select mail_key from desk.message_reference where workspace_id = ${tx.workspaceId}::uuid and mail_key = any(${keys}::text[])`)
  return new Set(rows.map(({ key }) => key))
}

export const ticketWithNumber = async (tx: Tx, number: number): Promise<string | null> =>
  (await ticketsWithNumbers(tx, [number])).get(number) ?? null

/** The same for many: tickets by their numbers. */
export async function ticketsWithNumbers(tx: Tx, numbers: readonly number[]): Promise<Map<number, string>> {
  if (numbers.length === 0) return new Map()
  const rows = await tx.ask<{ number: number; id: string }>(Prisma.sql`
    select number, id::text from desk.ticket where workspace_id = ${tx.workspaceId}::uuid and number = any(${[...new Set(numbers)]}::int[])`)
  return new Map(rows.map(({ number, id }) => [number, id]))
}

/** The ticket of this number, when the person of this address is its customer. */
export async function ticketOfCustomer(tx: Tx, number: number, emailKey: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    select t.id::text from desk.ticket t
    join desk.customer_address a on a.workspace_id = t.workspace_id and a.email_key = ${emailKey} and a.customer_id = t.customer_id
    where t.workspace_id = ${tx.workspaceId}::uuid and t.number = ${number}`
  return row?.id ?? null
}

/**
 * The ticket of an open mail: the one that holds it, else the one that holds the newest mail it answers.
 * @returns with `holds`, whether it is the first of these
 */
export async function ticketOfMail(
  tx: Tx,
  mailKey: string,
  references: readonly string[],
): Promise<{ id: string; holds: boolean } | null> {
  const keys = [mailKey, ...references]
  const hits = await tx.$queryRaw<{ key: string; ticketId: string }[]>`
    select mail_key as key, ticket_id::text as "ticketId" from desk.message
    where workspace_id = ${tx.workspaceId}::uuid and mail_key = any(${keys}::text[])`
  const best = keys.map((key) => hits.find((hit) => hit.key === key)).find((hit) => hit !== undefined)
  return best ? { id: best.ticketId, holds: best.key === mailKey } : null
}
