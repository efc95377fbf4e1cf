import type { MessageExcerpt, TicketCardView } from '../../../shared/tickets.ts'
import type { Reader } from '../../event.ts'
import { button, buttons } from '../../kit/button.ts'
import { section, type Widget } from '../../kit/card.ts'
import { instant } from '../../kit/instant.ts'
import { links, said, warning } from '../../kit/text.ts'
import { joined } from '../../kit/words.ts'
import { sizeWords } from './words.ts'

/** A card has room for 100 widgets, and a side panel for a few mails: the newest come first. */
const MOST_MESSAGES = 5
const MOST_FILES = 10

const DIRECTION_WORDS: Record<MessageExcerpt['direction'], string> = { in: '', out: 'answer', note: 'internal note' }

export function conversationSection(ticket: TicketCardView, reader: Reader) {
  const pages = { ticketId: ticket.id, number: ticket.number, cursor: '' }
  const rest =
    ticket.messageCount > 0
      ? button(`All messages (${ticket.messageCount})`, { action: 'showConversation', parameters: pages })
      : null
  const shown = ticket.messages
    .slice(0, MOST_MESSAGES)
    .map((message) => messageWidgets(message, message.excerpt, reader, firstOf(message.notes)))
  return section('Conversation', ([] as Widget[]).concat(...shown), buttons(rest))
}

/** A card has one line for them; all of them are with all messages. */
const firstOf = ([first, ...more]: readonly string[]): string[] =>
  first === undefined ? [] : more.length === 0 ? [first] : [first, `${more.length} more to know: All messages`]

/** Who said what and when, with the files that came along. @param remarks on how the mail came, for the line below it */
export function messageWidgets(
  message: MessageExcerpt,
  text: string,
  reader: Reader,
  remarks: readonly string[] = [],
): Widget[] {
  const kind = DIRECTION_WORDS[message.direction]
  const who = joined([message.author.name || 'Unknown', kind, instant(message.sentAt, reader)])
  const shown = message.attachments.slice(0, MOST_FILES)
  const files = shown
    .filter(({ blocked }) => !blocked)
    .map(({ name, size, url, scanWords }) => ({ name: joined([`${name} (${sizeWords(size)})`, scanWords ?? '']), url }))
  const blocked = shown.filter((file) => file.blocked).map(({ name, scanWords }) => `${name}: ${scanWords ?? ''}`)
  const more = message.attachments.length - shown.length
  const doubt = message.trust?.warns ? [warning(message.trust.words.join('\n'))] : []
  return [
    ...doubt,
    said(who, text || '(no text)', joined([more > 0 && `${more} more files in the mail`, ...blocked, ...remarks])),
    ...links(files),
  ]
}
