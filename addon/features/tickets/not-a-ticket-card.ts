import { button, buttons } from '../../kit/button.ts'
import { type Card, card, section } from '../../kit/card.ts'
import { fact, paragraph, remark } from '../../kit/text.ts'
import { homepageAction } from '../queues/homepage-action.ts'

/** For a mail that the shared mailbox has not brought, or not yet. */
export const notATicketCard = (mail: { subject: string; from: string; known: boolean }, key: string): Card =>
  card({ title: 'Not a ticket yet' }, [
    section(
      null,
      fact('Subject', mail.subject || '(no subject)'),
      fact('From', mail.from),
      paragraph('No ticket belongs to this mail. Mail to the support address becomes a ticket within seconds.'),
      mail.known
        ? null
        : remark('The mail has no Message-ID: if it also reaches the support address, it will be a second ticket.'),
      buttons(
        button('Create ticket', { action: 'createTicket', parameters: { key } }, { filled: true }),
        button('Look again', { action: 'refreshMail', parameters: {} }),
      ),
    ),
    section(null, buttons(button('Queue', homepageAction('push')))),
  ])
