import type { TicketStatus } from '../../../shared/tickets.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { missingOf } from '../fields/index.ts'
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

type Row = { kind: AfterSending['kind']; until: Date | null; hours: number | null; chosen: boolean }

/**
 * What is to happen after this answer; a choice is used up by it. A ticket with fields that are needed before solving waits instead. An author whom nobody knows is whoever chose something for this
 * ticket, if that is one person.
 * @param ticket locked
 */
export async function takeAfterSending(
  tx: Tx,
  ticket: Pick<LockedTicket, 'id' | 'category' | 'customerId'>,
  { staffId, sentAt }: { staffId: string | null; sentAt: Date },
): Promise<AfterSending> {
  const { id, category } = ticket
  const [row] = await tx.$queryRaw<Row[]>`
    with live as (
      select staff_id, count(*) over () as people from desk.send_intent
      where workspace_id = ${tx.workspaceId}::uuid and ticket_id = ${id}::uuid and (staff_id = ${staffId}::uuid or ${staffId}::uuid is null)
        and made_at > ${tx.now}::timestamptz - make_interval(hours => ${CHOICE_HOURS})),
    used as (
      delete from desk.send_intent i using live
      where i.workspace_id = ${tx.workspaceId}::uuid and i.ticket_id = ${id}::uuid and i.staff_id = live.staff_id and live.people = 1
      returning i.kind, i.until)
    select kind, until, null::int as hours, true as chosen, 0 as rank from used
    union all
    (select kind, null, hours, false, 1 from desk.sending_default
      where workspace_id = ${tx.workspaceId}::uuid and category in (${category ?? ''}, '') order by category desc limit 1)
    order by rank limit 1`
  if (!row) return WAIT
  if (row.kind === 'solve' && (await missingOf(tx, ticket)).length > 0) return { ...WAIT, chosen: row.chosen }
  const { kind, until, hours, chosen } = row
  return { kind, chosen, until: hours === null ? until : new Date(sentAt.getTime() + hours * 3_600_000) }
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
