import type { Fact } from '../events.ts'

/** What was recorded, as far as whoever looks at a page must know: the kinds of events, and the tickets that they are about. */
export type News = {
  readonly kinds: ReadonlySet<string>
  /** `many`: too many to name, so it may be about any. */
  readonly tickets: ReadonlySet<string> | 'many'
}

/** So many tickets are named; a notification of PostgreSQL holds less than 8,000 bytes. */
const MOST_TICKETS = 100

export const NO_NEWS: News = { kinds: new Set(), tickets: new Set() }

/** News of facts that were just recorded. What is history is news to nobody. */
export function newsOf(facts: readonly Fact[]): News {
  const told = facts.filter(({ historical }) => !historical)
  const tickets = told.flatMap(({ ticketId }) => ticketId ?? [])
  return { kinds: new Set(told.map(({ type }) => type)), tickets: fewOf(tickets) }
}

/** Both in one. */
export const bothNews = (one: News, other: News): News => ({
  kinds: new Set([...one.kinds, ...other.kinds]),
  tickets: one.tickets === 'many' || other.tickets === 'many' ? 'many' : fewOf([...one.tickets, ...other.tickets]),
})

/** Whether it may be about a ticket. */
export const isAbout = ({ tickets }: News, ticketId: string): boolean => tickets === 'many' || tickets.has(ticketId)

function fewOf(tickets: readonly string[]): News['tickets'] {
  const named = new Set(tickets)
  return named.size > MOST_TICKETS ? 'many' : named
}

/** As the text of a notification: ids and kinds, nothing of what they say. */
export function packNews(workspaceId: string, { kinds, tickets }: News): string {
  return [workspaceId, [...kinds].join(), tickets === 'many' ? '*' : [...tickets].join()].join(' ')
}

/** @returns null for a text that we did not write */
export function readNews(text: string): { workspaceId: string; news: News } | null {
  const [workspaceId, kinds, tickets] = text.split(' ')
  if (!workspaceId || kinds === undefined || tickets === undefined) return null
  return { workspaceId, news: { kinds: listed(kinds), tickets: tickets === '*' ? 'many' : listed(tickets) } }
}

const listed = (text: string): Set<string> => new Set(text === '' ? [] : text.split(','))
