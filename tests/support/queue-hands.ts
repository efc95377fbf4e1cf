import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { getQueue, type QueueName, SavedFilter, type SavedViewInput, showQueue } from '../../shared/queues.ts'
import {
  assignTicket,
  createTicket,
  getTicket,
  moveTicket,
  prioritiseTicket,
  type TicketCardView,
  type TicketPriority,
  type TicketStatus,
  tagTicket,
} from '../../shared/tickets.ts'
import type { Desk, StaffName } from './desk.ts'

/** What people do with tickets of a list and with lists. @param desk the one of a story that has begun */
export function queueHands(desk: () => Desk) {
  let made = 0
  const next = (): number => ++made
  const as = (who: StaffName) => desk().as(who)

  /** A ticket that Nora made of a mail in front of her. */
  const given = (subject: string, sentAt: Date = desk().clock.now()) =>
    as('nora').call(createTicket, {
      body: {
        messageId: `<queue-${next()}@ada.example>`,
        subject,
        from: 'Ada Lovell <ada@ada.example>',
        sentAt: sentAt.toISOString(),
        text: 'Three lids and no jar.',
      },
    })

  const fresh = (id: string) => as('nora').call(getTicket, { params: { ticketId: id } })

  async function take(who: 'nora' | 'sam', { id }: TicketCardView) {
    const body = { assigneeId: desk().staff[who].id, version: (await fresh(id)).version }
    return as(who).call(assignTicket, { params: { ticketId: id }, body })
  }

  const move = async ({ id }: TicketCardView, status: TicketStatus) =>
    as('nora').call(moveTicket, { params: { ticketId: id }, body: { status, version: (await fresh(id)).version } })

  const prioritise = async ({ id }: TicketCardView, priority: TicketPriority) =>
    as('nora').call(prioritiseTicket, {
      params: { ticketId: id },
      body: { priority, version: (await fresh(id)).version },
    })

  const tag = ({ id }: TicketCardView, add: string[], remove: string[] = []) =>
    as('nora').call(tagTicket, { params: { ticketId: id }, body: { add, remove } })

  const queue = (view: QueueName, of?: string, who: StaffName = 'nora') =>
    as(who).call(getQueue, { params: { view }, query: { limit: 50, ...(of && { of }) } })

  const subjects = async (view: QueueName, of?: string, who?: StaffName) =>
    (await queue(view, of, who)).items.map(({ subject }) => subject)

  const card = (view: QueueName, query: { of?: string; cursor?: string } = {}, who: StaffName = 'nora') =>
    as(who).call(showQueue, { params: { view }, query })

  /** When something is due is the clock's business; a queue only reads it. */
  const due = (id: string, dueAt: Date) =>
    inWorkspace(desk().ctx, desk().workspaceId, (tx) =>
      tx.ticket.update({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id } }, data: { dueAt } }),
    )

  const inMinutes = (minutes: number) => new Date(desk().clock.now().getTime() + minutes * 60_000)

  const view = (name: string, filter: Partial<SavedViewInput['filter']>, more: Partial<SavedViewInput> = {}) => ({
    name,
    scope: 'own' as const,
    orderBy: 'due' as const,
    filter: SavedFilter.parse(filter),
    ...more,
  })

  return { given, fresh, take, move, prioritise, tag, queue, subjects, card, due, inMinutes, view, next }
}
