import type { TicketStatus } from '../../../../shared/tickets.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { inOrder, isStarted, type Mark } from '../clock/marks.ts'
import { type ClockFact, MARKING, marksOf } from './reading-facts.ts'

type Row = Omit<ClockFact, 'at'> & { ticketId: string; at: Date }

/**
 * The marks of tickets as the record tells them, for tickets that had no clock yet and for those whose mails were moved about. A mail
 * counts for the ticket that holds it now, whichever ticket it came to.
 * @param ids whose marks
 * @param others tickets that their mails may have come to
 */
export async function rebuildMarks(
  tx: Tx,
  ids: readonly string[],
  others: readonly string[] = [],
): Promise<Map<string, Mark[]>> {
  const rows = await tx.$queryRaw<Row[]>`
    select coalesce(m.ticket_id, e.ticket_id)::text as "ticketId", e.type, e.occurred_at as at, e.historical, e.payload
    from (select id, ticket_id, type, occurred_at, historical, payload, (payload ->> 'messageId')::uuid as message_id
          from desk.event
          where workspace_id = ${tx.workspaceId}::uuid and ticket_id = any(${[...ids, ...others]}::uuid[]) and type = any(${[...MARKING]}::text[])) e
    left join desk.message m on m.workspace_id = ${tx.workspaceId}::uuid and m.id = e.message_id
    order by e.occurred_at, e.id`
  const byTicket = Map.groupBy(rows, ({ ticketId }) => ticketId)
  return new Map(ids.map((id) => [id, readMarks(byTicket.get(id) ?? [], tx.now)]))
}

/** The record does not tell how a ticket was opened: its first move says from where. */
function readMarks(facts: readonly Row[], now: Date): Mark[] {
  const from = facts.find(({ type }) => type === 'ticket.moved')?.payload['from']
  return inOrder(marksOf(facts, (from as TicketStatus | undefined) ?? 'new', now))
}

/** What only the clocks know is put back: which answer still owes one, and what was thanks. */
export function withOwnMarks(rebuilt: readonly Mark[], before: readonly Mark[] | null): Mark[] {
  const own = (before ?? []).filter(({ what }) => what === 'held' || what === 'thanked')
  if (own.length === 0 || !isStarted(rebuilt)) return [...rebuilt]
  const marks = rebuilt.map(
    (mark) => own.find(({ at, what }) => what === 'held' && mark.what === 'answered' && mark.at === at) ?? mark,
  )
  const thanks = own.filter(
    ({ what, at }) => what === 'thanked' && rebuilt.some((mark) => mark.what === 'asked' && mark.at <= at),
  )
  return inOrder([...marks, ...thanks])
}
