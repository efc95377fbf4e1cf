import type { TicketStatus } from '../../../shared/tickets.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { missingSql } from '../fields/index.ts'
import { type LockedTicket, NOBODY_WAITS } from './locking.ts'

/**
 * What happens to a ticket when an answer was sent: it is solved, waits for its customer, or is kept open because the answer itself is
 * still owed.
 */
export type AfterSending = {
  kind: 'solve' | 'wait' | 'keep'
  /** When the answer is owed; null for no promise. */
  until: Date | null
  /** Whether the sender chose it for this answer, or it is the rule of the workspace. */
  chosen: boolean
}

/** What somebody chose holds for so long: later it would surprise them. */
export const CHOICE_HOURS = 24

const WAIT: AfterSending = { kind: 'wait', until: null, chosen: false }

/** An answer, and the ticket that it is on. */
type Sent = { ticket: Pick<LockedTicket, 'id' | 'category' | 'customerId'>; staffId: string | null; sentAt: Date }

type Row = {
  n: number
  kind: AfterSending['kind']
  until: Date | null
  hours: number | null
  chosen: boolean
  unfilled: boolean
}

/**
 * What is to happen after these answers, each on a ticket of its own; a choice is used up by one. A ticket with fields that are needed
 * before solving waits instead. An author whom nobody knows is whoever chose something for that ticket, if that is one person.
 * @param answers their tickets are locked
 * @returns in their order
 */
export async function takeAfterSending(tx: Tx, answers: readonly Sent[]): Promise<AfterSending[]> {
  if (answers.length === 0) return []
  const rows = await tx.ask<Row>(afterSendingSql(tx, answers))
  const told = new Map(rows.map((row) => [row.n, row]))
  return answers.map(({ sentAt }, n) => {
    const row = told.get(n)
    if (!row) return WAIT
    const { kind, until, hours, chosen, unfilled } = row
    if (unfilled) return { ...WAIT, chosen }
    return { kind, chosen, until: hours === null ? until : new Date(sentAt.getTime() + hours * 3_600_000) }
  })
}

/** Exported so that a test can look at its plan. */
export function afterSendingSql(
  { workspaceId, now }: Pick<Tx, 'workspaceId' | 'now'>,
  answers: readonly Omit<Sent, 'sentAt'>[],
): Prisma.Sql {
  const tickets = answers.map(({ ticket }) => ticket)
  const missing = missingSql({
    workspaceId: Prisma.sql`${workspaceId}::uuid`,
    ticketId: Prisma.sql`told.ticket_id`,
    customerId: Prisma.sql`told.customer_id`,
    category: Prisma.sql`told.category`,
  })
  return Prisma.sql`
    with asked as materialized (
      select * from unnest(${answers.map((_, n) => n)}::int[], ${tickets.map(({ id }) => id)}::uuid[], ${tickets.map(({ customerId }) => customerId)}::uuid[],
        ${tickets.map(({ category }) => category)}::text[], ${answers.map(({ staffId }) => staffId)}::uuid[]) as a (n, ticket_id, customer_id, category, staff_id)),
    live as (
      select a.n, i.ticket_id, i.staff_id, count(*) over (partition by a.n) as people from asked a
      join desk.send_intent i on i.workspace_id = ${workspaceId}::uuid and i.ticket_id = a.ticket_id and (i.staff_id = a.staff_id or a.staff_id is null)
        and i.made_at > ${now}::timestamptz - make_interval(hours => ${CHOICE_HOURS}::int)),
    used as (
      delete from desk.send_intent i using live
      where i.workspace_id = ${workspaceId}::uuid and i.ticket_id = live.ticket_id and i.staff_id = live.staff_id and live.people = 1
      returning live.n, i.kind, i.until),
    told as (
      select a.*, coalesce(u.kind, d.kind) as kind, u.until, case when u.kind is null then d.hours end as hours, u.kind is not null as chosen
      from asked a left join used u on u.n = a.n
      left join lateral (select kind, hours from desk.sending_default
        where workspace_id = ${workspaceId}::uuid and category in (coalesce(a.category, ''), '') order by category desc limit 1) d on true)
    select n, kind, until, hours, chosen, kind = 'solve' and exists (${missing}) as unfilled from told where kind is not null`
}

type Standing = Pick<LockedTicket, 'status' | 'queueAt'>

/** Statuses that an answer moves by itself, and those that it moves when its sender chose so. */
const BY_ITSELF: readonly TicketStatus[] = ['new', 'open']
const BY_CHOICE: readonly TicketStatus[] = ['new', 'open', 'pending', 'on_hold']

/** How a ticket stands after an answer that nobody wrote across. A solved or closed one stays so: a courtesy mail reopens nothing. */
export function standingAfter(ticket: Standing, { kind, chosen }: AfterSending, sentAt: Date): Standing {
  if (!(chosen ? BY_CHOICE : BY_ITSELF).includes(ticket.status)) return ticket
  if (kind === 'solve') return { status: 'solved', queueAt: NOBODY_WAITS }
  if (kind === 'wait') return { status: 'pending', queueAt: NOBODY_WAITS }
  const waits = ticket.queueAt.getTime() !== NOBODY_WAITS.getTime()
  return { status: ticket.status === 'on_hold' ? 'on_hold' : 'open', queueAt: waits ? ticket.queueAt : sentAt }
}
