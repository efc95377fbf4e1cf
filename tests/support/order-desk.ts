import { lookUpTicket, type TicketCardView } from '../../shared/tickets.ts'
import { SUPPORT } from './desk.ts'
import type { ShopDesk } from './shop.ts'

let people = 0

/** An address that nobody wrote from before. */
export const someone = (): string => `customer${++people}@home.example`

type Mail = {
  from: string
  text: string
  subject?: string
  inReplyTo?: string
  /** What Google says of the sender; `pass` unless told otherwise. */
  authentication?: 'pass' | 'fail' | 'none'
}

/** Customers who write to the desk, and what an agent's card then shows of their orders. */
export const mailAt = (desk: ShopDesk) => {
  const write = async ({ subject = 'About my order', ...mail }: Mail): Promise<string> => {
    const { messageId } = await desk.google.customers.write({ to: SUPPORT, subject, ...mail })
    await desk.settle()
    return messageId
  }
  const card = async (messageId: string): Promise<TicketCardView> => {
    const { ticket } = await desk.as('nora').call(lookUpTicket, { body: { messageId } })
    if (!ticket) throw new Error(`No ticket has the mail ${messageId}`)
    return ticket
  }
  return { write, card, cardOfNew: async (mail: Mail) => card(await write(mail)) }
}
