import { lookUpTicket, type TicketCardView } from '../../shared/tickets.ts'
import { type Desk, SUPPORT } from './desk.ts'

let people = 0

/** An address that nobody wrote from before. */
export const someone = (): string => `customer${++people}@home.example`

type Mail = {
  from: string
  /** What the mail calls its sender. */
  name?: string
  text: string
  subject?: string
  inReplyTo?: string
  /** What Google says of the sender; `pass` unless told otherwise. */
  authentication?: 'pass' | 'fail' | 'none'
}

/** Customers who write to the desk, and the card that an agent then sees beside the mail. */
export const mailAt = (desk: Desk) => {
  const write = async ({ subject = 'About my order', ...mail }: Mail): Promise<string> => {
    const { messageId } = await desk.google.customers.write({ to: SUPPORT, subject, ...mail })
    await desk.settle()
    return messageId
  }
  /** The card beside a mail, or null where no ticket has it. */
  const find = async (messageId: string): Promise<TicketCardView | null> =>
    (await desk.as('nora').call(lookUpTicket, { body: { messageId } })).ticket
  const card = async (messageId: string): Promise<TicketCardView> => {
    const ticket = await find(messageId)
    if (!ticket) throw new Error(`No ticket has the mail ${messageId}`)
    return ticket
  }
  return { write, find, card, cardOfNew: async (mail: Mail) => card(await write(mail)) }
}
