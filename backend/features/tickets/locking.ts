import type { TicketPriority, TicketStatus, VoidReason } from '../../../shared/tickets.ts'
import { DeskError } from '../../platform/errors.ts'
import type { Tx } from '../../platform/tenancy.ts'

/** What acts need to know of a ticket before they change it. */
export type LockedTicket = {
  id: string
  number: number
  subject: string
  customerId: string
  status: TicketStatus
  priority: TicketPriority
  category: string | null
  /** Two letters; null while nobody is sure. */
  language: string | null
  tags: string[]
  assigneeId: string | null
  voidReason: VoidReason | null
  /** The ticket that goes on with what was said here. */
  mergedIntoId: string | null
  queueAt: Date
  createdAt: Date
  /** When it was last solved; 1970 while it never was. */
  solvedAt: Date
  lastMessageAt: Date
  firstResponseAt: Date | null
  /** Out of the work views until then; null while it is awake. */
  snoozedUntil: Date | null
  version: number
}

/** queue_at of a ticket whose customer does not wait: sorts behind everyone who does. */
export const NOBODY_WAITS = new Date('9999-12-31T00:00:00.000Z')

/** solved_at of a ticket that never was. */
export const NEVER_SOLVED = new Date(0)

/**
 * Takes a ticket for changing; whoever comes second waits and then sees the first one's change.
 * @param version what the caller saw; leave it out for acts that never conflict (notes, tags, mail)
 * @throws DeskError not_found, or stale_version when someone else changed it since
 */
export async function lockTicket(tx: Tx, ticketId: string, version?: number): Promise<LockedTicket> {
  const [ticket] = await lockTickets(tx, [ticketId])
  if (!ticket) throw new DeskError('not_found', 'There is no such ticket in your workspace.')
  if (version !== undefined && version !== ticket.version)
    throw new DeskError(
      'stale_version',
      'Someone changed this ticket since you opened it. Look at its newest state, then decide again.',
    )
  return ticket
}

/** Takes several, always in the order of their ids, so that two who want the same never wait for each other. */
export const lockTickets = (tx: Tx, ticketIds: readonly string[]): Promise<LockedTicket[]> =>
  tx.$queryRaw<LockedTicket[]>`
    select id::text, number, subject, customer_id::text as "customerId", status, priority, category, language, tags, assignee_id::text as "assigneeId",
      void_reason as "voidReason", merged_into_id::text as "mergedIntoId", queue_at as "queueAt", created_at as "createdAt", solved_at as "solvedAt",
      last_message_at as "lastMessageAt", first_response_at as "firstResponseAt", snoozed_until as "snoozedUntil", version
    from desk.ticket where workspace_id = ${tx.workspaceId}::uuid and id = any(${ticketIds}::uuid[]) order by id for update`

/** The ticket that goes on where a mail belongs: what is for a merged one is for its survivor, however often that was merged since. */
export async function lockGoingOn(tx: Tx, ticketId: string): Promise<LockedTicket> {
  const ticket = await lockTicket(tx, ticketId)
  return ticket.mergedIntoId === null ? ticket : lockGoingOn(tx, await goingOnOf(tx, ticketId))
}

/** The ticket at the end of its merges, which is itself for most. */
export async function goingOnOf(tx: Tx, ticketId: string): Promise<string> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    with recursive chain as (
      select id, merged_into_id from desk.ticket where workspace_id = ${tx.workspaceId}::uuid and id = ${ticketId}::uuid
      union
      select t.id, t.merged_into_id from chain join desk.ticket t on t.workspace_id = ${tx.workspaceId}::uuid and t.id = chain.merged_into_id)
    select id::text from chain where merged_into_id is null`
  return row?.id ?? ticketId
}

type Changes = Partial<
  Omit<LockedTicket, 'id' | 'number' | 'version' | 'createdAt'> & {
    messageCount: { increment: number }
    /** When the customer only said thanks; null once that was seen, or something else happened. */
    thanksAt: Date | null
  }
>

/** Writes changes of a locked ticket and makes older views of it stale. One that becomes solved knows since when. */
export async function changeTicket(tx: Tx, ticketId: string, changes: Changes): Promise<void> {
  if (changes.status === 'solved')
    await tx.ticket.updateMany({
      where: { workspaceId: tx.workspaceId, id: ticketId, status: { not: 'solved' } },
      data: { solvedAt: tx.now },
    })
  await tx.ticket.update({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id: ticketId } },
    data: { ...changes, version: { increment: 1 } },
    select: { id: true },
  })
}
