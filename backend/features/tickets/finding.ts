import type { Tx } from '../../platform/tenancy.ts'
import { maskCodes } from '../gift-cards/index.ts'
import { baseSubject } from './mail-key.ts'

export type Clues = {
  /** The mail's own key: another mail may name it, having come first. */
  own: string
  /** Number from a token that we signed. */
  number: number | null
  /** Mail keys. */
  inReplyTo: readonly string[]
  /** Mail keys, newest first. */
  references: readonly string[]
  subject: string
  senderKey: string
}

export type Found = { ticketId: string; via: 'token' | 'in-reply-to' | 'references' | 'sibling' }

/**
 * The ticket that a mail belongs to, in the order of facts/mail.md section 4: our own token, then In-Reply-To, then References.
 * Clients recycle References for new topics, so those count only with the same subject or from someone who takes part.
 */
export async function findTicketOf(tx: Tx, clues: Clues): Promise<Found | null> {
  const byToken = clues.number === null ? null : await ticketWithNumber(tx, clues.number)
  if (byToken) return { ticketId: byToken, via: 'token' }
  const named = [...new Set([...clues.inReplyTo, ...clues.references, clues.own])]
  const hits = withoutNamesake(await hitsOf(tx, named, clues.senderKey), clues.own)
  const direct = clues.inReplyTo.flatMap((key) => hits.filter((hit) => hit.key === key && hit.held))[0]
  if (direct) return { ticketId: direct.ticketId, via: 'in-reply-to' }
  const subject = baseSubject(maskCodes(clues.subject)) // as a ticket's is stored
  const trusted = hits.filter((hit) => hit.takesPart || baseSubject(hit.subject) === subject)
  const ordered = named.flatMap((key) => trusted.filter((hit) => hit.key === key))
  const referenced = ordered.find((hit) => hit.held)
  if (referenced) return { ticketId: referenced.ticketId, via: 'references' }
  return ordered[0] ? { ticketId: ordered[0].ticketId, via: 'sibling' } : null
}

/** When another mail holds the same Message-ID, those who name it mean that one. */
const withoutNamesake = (hits: readonly Hit[], own: string): readonly Hit[] =>
  hits.some(({ key, held }) => key === own && held) ? hits.filter(({ key }) => key !== own) : hits

/** Which of these mail keys any ticket holds or names: one question for many mails that are to be filed together. */
export async function namedAmong(tx: Tx, keys: readonly string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ key: string }[]>`
    select mail_key as key from desk.message where workspace_id = ${tx.workspaceId}::uuid and mail_key = any(${keys}::text[])
    union all
    select mail_key from desk.message_reference where workspace_id = ${tx.workspaceId}::uuid and mail_key = any(${keys}::text[])`
  return new Set(rows.map(({ key }) => key))
}

type Hit = { key: string; ticketId: string; held: boolean; subject: string; takesPart: boolean }

/** Tickets that hold one of these mails, or hold a mail that names one. */
const hitsOf = (tx: Tx, keys: readonly string[], senderKey: string) => tx.$queryRaw<Hit[]>`
  with hit as (
    select mail_key as key, ticket_id, true as held from desk.message where workspace_id = ${tx.workspaceId}::uuid and mail_key = any(${keys}::text[])
    union all
    select mail_key, ticket_id, false from desk.message_reference where workspace_id = ${tx.workspaceId}::uuid and mail_key = any(${keys}::text[])
  )
  select hit.key, hit.ticket_id::text as "ticketId", hit.held, t.subject, coalesce(a.customer_id = t.customer_id, false) as "takesPart"
  from hit join desk.ticket t on t.workspace_id = ${tx.workspaceId}::uuid and t.id = hit.ticket_id
  left join desk.customer_address a on a.workspace_id = ${tx.workspaceId}::uuid and a.email_key = ${senderKey}
  order by t.created_at desc, t.id desc`

export async function ticketWithNumber(tx: Tx, number: number): Promise<string | null> {
  const where = { workspaceId_number: { workspaceId: tx.workspaceId, number } }
  const found = await tx.ticket.findUnique({ where, select: { id: true } })
  return found?.id ?? null
}

/** The ticket of an open mail: the one that holds it, else the one that holds the newest mail it answers. */
export async function ticketOfMail(tx: Tx, mailKey: string, references: readonly string[]): Promise<string | null> {
  const keys = [mailKey, ...references]
  const hits = await tx.$queryRaw<{ key: string; ticketId: string }[]>`
    select mail_key as key, ticket_id::text as "ticketId" from desk.message
    where workspace_id = ${tx.workspaceId}::uuid and mail_key = any(${keys}::text[])`
  const best = keys.map((key) => hits.find((hit) => hit.key === key)).find((hit) => hit !== undefined)
  return best?.ticketId ?? null
}
