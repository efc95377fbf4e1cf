/** Where things are on the desk's pages. */

export const HOME = '/desk'
export const CARD = '/desk/card'
export const SEARCH = '/desk/search'

export const ticketPath = (ticketId: string): string => `${HOME}/tickets/${ticketId}`

export const queuePath = (view: string, more: Record<string, string | null> = {}): string =>
  asked(`${HOME}/queues/${view}`, more)

/** A card that the API describes. @param ticketId the ticket that it lies on; null elsewhere */
export const cardPath = (path: string, ticketId: string | null): string => asked(CARD, { path, ticket: ticketId })

/** The page of what the panel shows as a card of its own: a list, the search; null for every other card. */
export function pageOfCard(path: string): string | null {
  const [, view, query = ''] = /^\/v1\/queues\/([a-z]+)\/card(?:\?(.*))?$/.exec(path) ?? []
  if (view) return queuePath(view, { of: new URLSearchParams(query).get('of') })
  return path.startsWith('/v1/search/card') ? SEARCH : null
}

/** A path with its query; what is null is left out. */
export function asked(path: string, query: Record<string, string | null | undefined>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []))
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}

const OURS = /^\/desk(\/[\w-]+)*$/

/** Only to a page of the desk. */
export const ownPage = (wanted: string | null): string | null => (wanted !== null && OURS.test(wanted) ? wanted : null)
