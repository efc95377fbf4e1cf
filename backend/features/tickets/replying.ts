import type { MailWhy } from '../../../shared/mail-why.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Fact } from '../../platform/events.ts'
import type { Tx } from '../../platform/tenancy.ts'
import type { AfterMail } from './after-mail.ts'
import { type AfterSending, standingAfter, takeAfterSending } from './after-sending.ts'
import { firstResponded, replySent, ticketMoved } from './events.ts'
import type { LockedTicket } from './locking.ts'
import type { MailToFile } from './mail.ts'
import { later } from './storing.ts'

/** An answer of the team, filed as a message of the ticket. */
export type Answered = {
  mail: MailToFile & { why: MailWhy }
  messageId: string
  ticket: LockedTicket
  author: { kind: 'staff'; id: string } | { kind: 'unknown'; id: null }
  byClaim?: true | undefined
}

/**
 * What answers do to their tickets, each on one of its own: a ticket goes on as the sender of its answer chose, and the first answer
 * counts.
 * @returns by the message of each
 */
export async function repliedOn(
  tx: Tx,
  answers: readonly Answered[],
): Promise<[messageId: string, { after: AfterMail; facts: Fact[] }][]> {
  const counted = answers.filter(counts)
  const chosen = await takeAfterSending(
    tx,
    counted.map(({ ticket, mail, author }) => ({ ticket, staffId: author.id, sentAt: mail.sentAt })),
  )
  const asked = await askedAt(
    tx,
    answers.filter(({ mail, ticket }) => !mail.automatic && ticket.firstResponseAt === null),
  )
  return answers.map((answer) => {
    const after = chosen[counted.indexOf(answer)] ?? null
    return [answer.messageId, movedBy(answer, after, asked.get(answer.messageId) ?? null)]
  })
}

const counts = ({ mail }: Answered): boolean => !mail.automatic && !mail.historical

/** An answer moves its ticket as its sender chose, to pending as a rule; nothing moves when the customer wrote since. */
function movedBy(
  answer: Answered,
  sending: AfterSending | null,
  asked: Date | null,
): { after: AfterMail; facts: Fact[] } {
  const { mail, messageId, ticket, author, byClaim } = answer
  const { automatic, why, sentAt } = mail
  const isLast = sentAt >= ticket.lastMessageAt
  const { status, queueAt } = sending && isLast ? standingAfter(ticket, sending, sentAt) : ticket
  const about = { ticketId: ticket.id, by: author, occurredAt: sentAt, historical: mail.historical }
  const staffId = author.id
  const isKept = sending?.kind === 'keep' && isLast && isOpen(status)
  const kept = isKept && { kept: true as const, owedUntil: sending.until?.toISOString() ?? null }
  return {
    after: {
      ...ticket,
      lastMessageAt: later(ticket.lastMessageAt, sentAt),
      status,
      queueAt,
      ...(counts(answer) && { thanksAt: null }),
      ...(asked && { first: { at: sentAt, staffId } }),
    },
    facts: [
      replySent({ ...about, messageId, staffId, automatic, why, ...(byClaim && { byClaim }), ...kept }),
      ...(asked ? [firstResponded({ ...about, staffId, seconds: secondsBetween(asked, sentAt) })] : []),
      ...(status === ticket.status ? [] : [ticketMoved({ ...about, from: ticket.status, to: status })]),
    ],
  }
}

const isOpen = (status: LockedTicket['status']) => status === 'open' || status === 'on_hold'

const secondsBetween = (from: Date, to: Date) => Math.round((to.getTime() - from.getTime()) / 1_000)

/** When customers first asked, before these answers, by the messages of those; a machine's mail asks only where it opened the ticket. */
async function askedAt(tx: Tx, answers: readonly Answered[]): Promise<Map<string, Date>> {
  if (answers.length === 0) return new Map()
  const rows = await tx.ask<{ id: string; at: Date }>(askedSql(tx.workspaceId, answers))
  return new Map(rows.map(({ id, at }) => [id, at]))
}

type Asking = { messageId: string; ticket: Pick<LockedTicket, 'id' | 'createdAt'>; mail: Pick<MailToFile, 'sentAt'> }

/** Exported so that a test can look at its plan. */
export function askedSql(workspaceId: string, answers: readonly Asking[]): Prisma.Sql {
  const given = answers.map(({ messageId, ticket, mail }) => ({
    id: messageId,
    ticket_id: ticket.id,
    created_at: ticket.createdAt,
    answered_at: mail.sentAt,
  }))
  return Prisma.sql`
    select g.id::text, asked.sent_at as at
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (id uuid, ticket_id uuid, created_at timestamptz, answered_at timestamptz)
    cross join lateral (
      select m.sent_at from desk.message m
      where m.workspace_id = ${workspaceId}::uuid and m.ticket_id = g.ticket_id and m.direction = 'in' and m.sent_at < g.answered_at
        and (not m.automatic or m.sent_at <= g.created_at)
      order by m.sent_at limit 1) asked`
}
