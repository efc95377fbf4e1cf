import type { listMessages } from '../../../shared/tickets.ts'
import type { ReplyOf } from '../../contract.ts'
import type { Reader } from '../../event.ts'
import { button, buttons } from '../../kit/button.ts'
import { type Card, card, section } from '../../kit/card.ts'
import { remark } from '../../kit/text.ts'
import { messageWidgets } from './conversation-section.ts'

type Messages = ReplyOf<typeof listMessages>

/** A long mail is cut here; the mail itself is in Gmail. */
const MOST_TEXT = 3_000

/** The whole conversation, newest first, one section a message. */
export function conversationCard(
  ticket: { id: string; number: string },
  { items, next }: Messages,
  reader: Reader,
): Card {
  const sections = items.map((message) =>
    section(message.subject || null, [
      ...messageWidgets(message, shortened(message.text), reader),
      ...message.notes.map(remark),
    ]),
  )
  const older = next
    ? button('Older', {
        action: 'showConversation',
        parameters: { ticketId: ticket.id, number: ticket.number, cursor: next },
      })
    : null
  const empty = items.length === 0 ? section(null, remark('No messages.')) : null
  return card({ title: ticket.number, subtitle: 'Conversation, newest first' }, [
    empty,
    ...sections,
    section(null, buttons(older)),
  ])
}

const shortened = (text: string) =>
  text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)} … (${text.length} characters in all)` : text
