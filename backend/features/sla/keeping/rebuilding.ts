import type { TicketStatus } from '../../../../shared/tickets.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { regroupingEvents } from '../../tickets/index.ts'
import { inOrder, isStarted, type Mark } from '../clock/marks.ts'
import { type ClockFact, MARKING, marksOf } from './reading-facts.ts'

type Row = Omit<ClockFact, 'at'> & { ticketId: string; at: Date }

/**
 * The marks of tickets as the record tells them, for tickets that had no clock yet and for those whose mails were moved about. A mail
 * counts for the ticket that holds it now, whichever of those that were ever merged or split it came to.
 */
export async function rebuildMarks(tx: Tx, ids: readonly string[]): Promise<Map<string, Mark[]>> {
  const regrouping = regroupingEvents.map(({ type }) => type)
  const rows = await tx.$queryRaw<Row[]>`
    with recursive kin as (
      select unnest(${[...ids]}::uuid[]) as id
      union
      select (r.payload ->> 'otherId')::uuid from kin join desk.event r on r.workspace_id = ${tx.workspaceId}::uuid and r.ticket_id = kin.id
        and r.type = any(${regrouping}::text[])),
    told as materialized (
      select e.ticket_id, e.type, e.occurred_at, e.historical, e.payload, (e.payload ->> 'messageId')::uuid as message_id
      from kin join desk.event e on e.workspace_id = ${tx.workspaceId}::uuid and e.ticket_id = kin.id
        and e.type = any(${[...MARKING]}::text[]))
    select coalesce(m.ticket_id, told.ticket_id)::text as "ticketId", told.type, told.occurred_at as at, told.historical, told.payload
    from told left join desk.message m on m.workspace_id = ${tx.workspaceId}::uuid and m.id = told.message_id`
  const byTicket = Map.groupBy(rows, ({ ticketId }) => ticketId)
  return new Map(ids.map((id) => [id, readMarks(byTicket.get(id) ?? [], tx.now)]))
}

/** The record does not tell how a ticket was opened: its first move says from where. Of one moment, mails come before moves. */
function readMarks(facts: readonly Row[], now: Date): Mark[] {
  const told = [...facts].sort((a, b) => a.at.getTime() - b.at.getTime() || rankOf(a) - rankOf(b))
  const from = told.find(({ type }) => type === 'ticket.moved')?.payload['from']
  return inOrder(marksOf(told, (from as TicketStatus | undefined) ?? 'new', now))
}

const rankOf = ({ type }: Row) => (MARKING as readonly string[]).indexOf(type)

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
