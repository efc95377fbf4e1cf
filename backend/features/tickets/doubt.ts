import type { MessageExcerpt } from '../../../shared/tickets.ts'
import type { CardTicket } from './card/writing.ts'

/** What speaks against the newest mail of a customer; null when nothing does, or when somebody has answered since. */
export function doubtOf({ messages }: Pick<CardTicket, 'messages'>): string[] | null {
  const newest = messages.find(({ direction }) => direction !== 'note')
  return newest?.direction === 'in' && newest.trust?.warns ? newest.trust.words : null
}

/** What is said of the newest mail that came in, and how loudly. */
export function trustSaid({
  messages,
}: Pick<CardTicket, 'messages'>): Pick<NonNullable<MessageExcerpt['trust']>, 'warns' | 'words'> {
  const trust = messages.find(({ direction }) => direction === 'in')?.trust
  return trust ? { warns: trust.warns, words: trust.words } : { warns: false, words: [] }
}
