import { getTicket, listMessages, lookUpTicket, type TicketCardView } from '../../shared/tickets.ts'
import { archiveOf } from './archive.ts'
import { type Desk, SUPPORT } from './desk.ts'
import { textOf } from './panel-hands.ts'
import { rawMail } from './raw-mail.ts'

type Mail = {
  from: string
  subject?: string
  text?: string
  to?: string
  /** Message-ID without brackets, and those that it names. */
  id: string
  inReplyTo?: string
  references?: readonly string[]
  headers?: Record<string, string>
  authentication?: 'pass' | 'fail' | 'none'
  /** To whose mailboxes it goes, whatever To says. */
  envelope?: string[]
}

const bracketed = (ids: readonly string[]) => ids.map((id) => `<${id}>`).join(' ')

/** Customers whose programs write any header, and where their mails end. */
export const threadingAt = (desk: Desk) => {
  const nora = () => desk.as('nora')
  const { poll } = archiveOf(desk)
  let words = 0

  /** Hands a mail over to Google; it is filed when the desk settles. */
  function deliver({ from, subject = 'Broken jar', text, to = SUPPORT, id, ...mail }: Mail) {
    const { inReplyTo, references = [], headers = {}, authentication = 'pass', envelope = [SUPPORT] } = mail
    const named = {
      ...(inReplyTo && { 'In-Reply-To': bracketed([inReplyTo]) }),
      ...(references.length > 0 && { References: bracketed(references) }),
    }
    const raw = rawMail(
      { From: from, To: to, Subject: subject, 'Message-ID': `<${id}>`, ...named, ...headers },
      text ?? `Words of mail ${++words}.`,
    )
    return desk.google.deliver(raw, { from, to: envelope }, { authentication })
  }

  const find = async (id: string): Promise<TicketCardView | null> =>
    (await nora().call(lookUpTicket, { body: { messageId: `<${id}>` } })).ticket

  async function card(id: string): Promise<TicketCardView> {
    const found = await find(id)
    if (!found) throw new Error(`No ticket has the mail ${id}`)
    return found
  }

  return {
    deliver,
    find,
    card,
    /** A minute later a mail comes and is filed. @returns the card of its ticket */
    async wrote(mail: Mail): Promise<TicketCardView> {
      await desk.travel('1 min')
      deliver(mail)
      await poll() // a watch ends within a week of a travelling clock
      return card(mail.id)
    },
    shown: (ticketId: string) => nora().call(getTicket, { params: { ticketId } }),
    /** What the desk says of each mail of a ticket, the oldest first. */
    async whys(ticketId: string): Promise<(string | null)[]> {
      const { items } = await nora().call(listMessages, { params: { ticketId }, query: { limit: 100 } })
      return items.map(({ why }) => why).reverse()
    },
  }
}

/** Everything that can be read on the card of a ticket, a line for each widget. */
export const wordsOn = ({ sections, below }: TicketCardView): string =>
  textOf({ title: '', subtitle: null, sections: [...sections, ...below], say: null })
