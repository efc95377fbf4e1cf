import type { Place } from '../store/ordering.ts'
import type { Kept } from '../store/records/ids.ts'
import { refusal } from './refusal.ts'

export interface PageArgs {
  first?: number | null
  after?: string | null
  last?: number | null
  before?: string | null
  reverse?: boolean | null
}

/** Nodes from a place on, read lazily: from the start when `after` is missing. */
export type Source<T> = (after: Place | undefined, reverse: boolean) => Iterable<T>

/** A connection over a list that is already in the wanted order; `reverse` turns it. */
export function connectionOf<T extends object>(list: readonly T[], args: PageArgs) {
  const items = (args.reverse ? list.toReversed() : list).map((node, index) => ({ node, place: placeAt(node, index) }))
  const at = (cursor: string) => items.findIndex(({ place }) => place.id === placeIn(cursor).id)
  const from = args.after ? at(args.after) + 1 : 0
  const to = args.before ? at(args.before) : items.length
  return pageOf(items.slice(from, to), args, from > 0, to < items.length)
}

const placeAt = (node: object, index: number): Place =>
  'id' in node ? { key: '', id: String(node.id) } : { key: '', id: `#${index}` }

/** A connection over what a table holds in one ordering; only the page itself is read. */
export function seekConnection<T extends Kept>(source: Source<T>, keyOf: (node: T) => string, args: PageArgs) {
  const size = sizeOf(args)
  if (args.last) throw refusal('BAD_REQUEST', 'The emulator pages forward here: use first and after.')
  const items: { node: T; place: Place }[] = []
  for (const node of source(args.after ? placeIn(args.after) : undefined, args.reverse ?? false)) {
    items.push({ node, place: { key: keyOf(node), id: node.id } })
    if (items.length > size) break
  }
  return pageOf(items, args, Boolean(args.after), false)
}

function pageOf<T>(items: readonly { node: T; place: Place }[], args: PageArgs, earlier: boolean, later: boolean) {
  const size = sizeOf(args)
  const kept = args.last ? items.slice(-size) : items.slice(0, size)
  const cut = items.length > size
  const edges = kept.map(({ node, place }) => ({ node, cursor: cursorOf(place) }))
  return {
    nodes: kept.map(({ node }) => node),
    edges,
    pageInfo: {
      hasNextPage: args.last ? later : cut || later,
      hasPreviousPage: args.last ? cut || earlier : earlier,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}

function sizeOf({ first, last }: PageArgs): number {
  if (first != null && last != null) throw refusal('BAD_REQUEST', 'you cannot provide both first and last')
  const size = first ?? last
  if (size === null || size === undefined) throw refusal('BAD_REQUEST', 'you must provide one of first or last')
  if (size < 0 || size > MOST) throw refusal('BAD_REQUEST', `first or last must be between 0 and ${MOST}`)
  return size
}

const MOST = 250

const cursorOf = ({ key, id }: Place) => Buffer.from(JSON.stringify([key, id])).toString('base64')

function placeIn(cursor: string): Place {
  try {
    const [key, id] = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8')) as [string, string]
    return { key, id }
  } catch (cause) {
    if (!(cause instanceof SyntaxError) && !(cause instanceof TypeError)) throw cause
    throw refusal('BAD_REQUEST', `Invalid cursor for current pagination sort.`)
  }
}
