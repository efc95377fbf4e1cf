import { sendReply } from '../../shared/drafts.ts'
import { mergeTickets, undoRegrouping } from '../../shared/merging.ts'
import { getTicket, moveTicket, type TicketCardView, type TicketStatus } from '../../shared/tickets.ts'
import { mailAt, someone } from './customer-mail.ts'
import type { Desk } from './desk.ts'

/** A mail that a customer sent, and the card it is shown beside. */
export type Written = { messageId: string; card: TicketCardView }

/** Tickets of customers who write, and what Nora does with two of them. */
export const mergingAt = (desk: Desk) => {
  const nora = () => desk.as('nora')
  const mail = mailAt(desk)

  /** A minute after whatever was last. */
  async function wrote(
    from: string,
    { subject = `My order of ${from}`, text = 'Where is it?', ...more }: Partial<Parameters<typeof mail.write>[0]> = {},
  ): Promise<Written> {
    await desk.travel('1 min')
    const messageId = await mail.write({ from, subject, text, ...more })
    return { messageId, card: await mail.card(messageId) }
  }

  /** Two tickets of one customer. */
  async function pair(): Promise<{ from: string; first: Written; second: Written }> {
    const from = someone()
    const [first, second] = [await wrote(from), await wrote(from, { subject: 'Once more' })]
    if (first.card.id === second.card.id) throw new Error('Both mails are one ticket')
    return { from, first, second }
  }

  const shown = (ticketId: string) => nora().call(getTicket, { params: { ticketId } })

  /** The newest merge of a ticket into another one. */
  async function mergeOf(ticketId: string): Promise<string> {
    const newest = (await desk.events('ticket.merged')).findLast((event) => event.ticketId === ticketId)
    if (!newest) throw new Error('It was not merged')
    return (newest.payload as { regroupingId: string }).regroupingId
  }

  return {
    wrote,
    pair,
    shown,
    mergeOf,
    /** The card of the ticket that has a mail. */
    cardOf: mail.card,
    merged: (into: string, ...ticketIds: string[]) =>
      nora().call(mergeTickets, { params: { ticketId: into }, body: { ticketIds } }),
    undone: async (ticketId: string) =>
      nora().call(undoRegrouping, { params: { ticketId, regroupingId: await mergeOf(ticketId) } }),
    moved: async (ticketId: string, status: TicketStatus) =>
      nora().call(moveTicket, { params: { ticketId }, body: { status, version: (await shown(ticketId)).version } }),
    async answered(ticketId: string): Promise<void> {
      await desk.travel('1 min')
      await nora().call(sendReply, { params: { ticketId }, body: { text: 'It is on its way.' } })
      await desk.settle()
    },
  }
}
