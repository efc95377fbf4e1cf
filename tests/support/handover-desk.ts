import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { claimTicket, getClaim } from '../../shared/claims.ts'
import { type HandoverWish, handOver, listLeftTickets, listOpenWork } from '../../shared/handover.ts'
import { listReminders, remindMe } from '../../shared/queues.ts'
import { chooseSending } from '../../shared/sending.ts'
import { assignTicket, getTicket, moveTicket, type TicketCardView } from '../../shared/tickets.ts'
import { assignmentAt } from './assignment-desk.ts'
import type { Desk, StaffName } from './desk.ts'

type Ticket = Pick<TicketCardView, 'id' | 'number'>
type Wish = Partial<Omit<HandoverWish, 'ticketIds'>> & { tickets: readonly Ticket[]; to: StaffName; from?: StaffName }

/** People with work in hand, who hand it over or leave it. */
export const handoversAt = (desk: Desk) => {
  const at = assignmentAt(desk)
  const idOf = (name: StaffName) => desk.staff[name].id
  const after = (minutes: number) => new Date(desk.clock.now().getTime() + minutes * 60_000)
  const params = ({ id }: Ticket) => ({ ticketId: id })

  const give = async (ticket: Ticket, name: StaffName | null): Promise<void> => {
    const { version } = await at.cardOf(ticket)
    await desk.as('vera').call(assignTicket, {
      params: params(ticket),
      body: { assigneeId: name && idOf(name), version },
    })
  }

  const due = (ticket: Ticket, minutes: number): Promise<unknown> =>
    inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
      tx.ticket.updateMany({ where: { id: ticket.id }, data: { dueAt: after(minutes) } }),
    )

  return {
    /** A ticket of a new customer, with nothing open for anybody. */
    async ticket(): Promise<TicketCardView> {
      const ticket = await at.given()
      await due(ticket, 100 * 24 * 60)
      return ticket
    },
    give,
    /** Somebody's, and due in so many minutes. */
    async owned(name: StaffName, minutes = 60): Promise<TicketCardView> {
      const ticket = await at.given()
      await give(ticket, name)
      await due(ticket, minutes)
      return ticket
    },
    claim: (name: StaffName, ticket: Ticket, word?: string) =>
      desk.as(name).call(claimTicket, { params: params(ticket), body: word === undefined ? {} : { word } }),
    remind: (name: StaffName, ticket: Ticket, minutes = 60, words = 'Call her') =>
      desk.as(name).call(remindMe, { params: params(ticket), body: { at: after(minutes).toISOString(), words } }),
    choose: (name: StaffName, ticket: Ticket) =>
      desk.as(name).call(chooseSending, { params: params(ticket), body: { when: 'solve' } }),
    async solve(name: StaffName, ticket: Ticket): Promise<void> {
      const { version } = await at.cardOf(ticket)
      await desk.as(name).call(moveTicket, { params: params(ticket), body: { status: 'solved', version } })
    },
    hand: (name: StaffName, { tickets, to, from, word = 'She waits for a call.', ...more }: Wish) =>
      desk.as(name).call(handOver, {
        body: {
          ...more,
          ticketIds: tickets.map(({ id }) => id),
          toId: idOf(to),
          word,
          ...(from && { fromId: idOf(from) }),
        },
      }),
    /** What is open of somebody: a number with its reasons. */
    async openOf(name: StaffName): Promise<Record<string, string[]>> {
      const { items } = await desk.as(name).call(listOpenWork)
      return Object.fromEntries(items.map(({ number, why }) => [number, why]))
    },
    /** What nobody looks after: numbers, the longest first. */
    leftBy: async (name: StaffName): Promise<string[]> =>
      (await desk.as('vera').call(listLeftTickets)).items.flatMap(({ staff, number }) =>
        staff.id === idOf(name) ? [number] : [],
      ),
    ownerOf: at.ownerOf,
    holderOf: async (ticket: Ticket): Promise<string | null> =>
      (await desk.as('vera').call(getClaim, { params: params(ticket) })).claim?.staff.name ?? null,
    remindersOf: async (name: StaffName, ticket: Ticket): Promise<string[]> =>
      (await desk.as(name).call(listReminders)).items.flatMap(({ ticketId, words }) =>
        ticketId === ticket.id ? [words] : [],
      ),
    cardOf: (name: StaffName, ticket: Ticket) => desk.as(name).call(getTicket, { params: params(ticket) }),
    /** Nobody has anything open any more. */
    async empty(): Promise<void> {
      await inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
        await tx.leftTicket.deleteMany({})
        await tx.handoverTicket.deleteMany({})
        await tx.handover.deleteMany({})
        await tx.reminder.deleteMany({})
        await tx.ticketClaim.deleteMany({})
        await tx.sendIntent.deleteMany({})
        await tx.spokenPromise.deleteMany({})
        await tx.ticket.updateMany({ data: { status: 'closed' } })
      })
    },
  }
}
