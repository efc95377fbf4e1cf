import { inWorkspace } from '../../backend/platform/tenancy.ts'
import {
  type AssignmentMode,
  listAgents,
  setAvailability,
  writeAssignmentSettings,
  writeSkills,
} from '../../shared/assignment.ts'
import { createTicket, getTicket, type TicketCardView, tagTicket } from '../../shared/tickets.ts'
import { someone } from './customer-mail.ts'
import type { Desk, StaffName } from './desk.ts'
import { textOf } from './panel-hands.ts'

type Skills = Partial<Record<'categories' | 'languages' | 'tags', string[]>>

/** Tickets that nobody has, and who is there to be given them. */
export const assignmentAt = (desk: Desk) => {
  const vera = () => desk.as('vera')
  let mails = 0

  /** A mail that somebody made a ticket of; each of another customer unless said. */
  const given = (from = someone()): Promise<TicketCardView> =>
    vera().call(createTicket, {
      body: {
        messageId: `<mail${++mails}@home.example>`,
        subject: 'Jar',
        from,
        sentAt: new Date(desk.clock.now().getTime() + mails).toISOString(),
        text: '?',
      },
    })

  const mode = (chosen: AssignmentMode, more: { capacity?: number; sameAgent?: boolean } = {}) =>
    desk.as('ada').call(writeAssignmentSettings, { body: { mode: chosen, capacity: 20, sameAgent: false, ...more } })

  const say = (name: StaffName, available: boolean) =>
    vera().call(setAvailability, { params: { staffId: desk.staff[name].id }, body: { available } })

  const cardOf = ({ id }: { id: string }, who: StaffName = 'vera') =>
    desk.as(who).call(getTicket, { params: { ticketId: id } })

  const ownerOf = async (ticket: { id: string }): Promise<string | null> =>
    (await cardOf(ticket)).assignee?.name ?? null

  const standingOf = async (name: StaffName) => {
    const { items } = await vera().call(listAgents)
    const found = items.find(({ staff }) => staff.id === desk.staff[name].id)
    if (!found) throw new Error(`${name} works on no tickets`)
    return found
  }

  return {
    given,
    standingOf,
    mode,
    say,
    cardOf,
    ownerOf,
    async ownersOf(tickets: readonly { id: string }[]): Promise<(string | null)[]> {
      const owners: (string | null)[] = []
      for (const ticket of tickets) owners.push(await ownerOf(ticket))
      return owners
    },
    /** So many mails, one after another. @param each what happens after each of them */
    async several(times: number, each = async () => {}, from?: string): Promise<TicketCardView[]> {
      const tickets: TicketCardView[] = []
      for (let time = 0; time < times; time++) {
        tickets.push(await given(from))
        await each()
      }
      return tickets
    },
    skills: (name: StaffName, what: Skills, capacity: number | null = null) =>
      vera().call(writeSkills, {
        params: { staffId: desk.staff[name].id },
        body: { capacity, categories: [], languages: [], tags: [], ...what },
      }),
    tagged: (ticket: { id: string }, ...add: string[]) =>
      vera().call(tagTicket, { params: { ticketId: ticket.id }, body: { add } }),
    /** What the card of a ticket says to somebody. */
    saidOn: async (ticket: { id: string }, who: StaffName): Promise<string> =>
      textOf({ title: '', subtitle: null, sections: (await cardOf(ticket, who)).sections, say: null }),
    /** Nobody is available, nothing is open, and nothing is given by itself. */
    async empty(): Promise<void> {
      await mode('off')
      for (const name of ['nora', 'sam', 'vera', 'ada'] as const) await say(name, false)
      await inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.ticket.updateMany({ data: { status: 'closed' } }))
      await inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.agentProfile.deleteMany({}))
    },
  }
}
