import type { GraphQLResolveInfo } from 'graphql'
import { type PageArgs, seekConnection } from '../../graphql/pages.ts'
import { refusal } from '../../graphql/refusal.ts'
import type { Ctx, Resource } from '../../graphql/resource.ts'
import { foundIn, searchIn } from '../../graphql/search/in-tables.ts'
import type { Search } from '../../graphql/search/searching.ts'
import { comparePlaces, type Place } from '../../store/ordering.ts'
import type { Gid } from '../../store/records/ids.ts'
import type { OrderRecord } from '../../store/records/orders.ts'
import { countOf } from '../counting.ts'
import { namespaceOf } from '../metafields/naming.ts'
import { orderFields } from './search-fields.ts'
import { ORDERINGS, SORT_KEYS } from './sorting.ts'
import { mayRead, orderById, visibleSince } from './visibility.ts'

interface OrdersArgs extends PageArgs {
  query?: string | null
  sortKey: string
}

export const findingOrdersResource: Resource = {
  queries: {
    order: (_: unknown, { id }: { id: Gid }, ctx) => orderById(ctx, id),
    orders,
    ordersCount: (_: unknown, { query, limit }: { query?: string; limit: number | null }, ctx, info) =>
      countOf([...found(ctx, searchIn(ctx, info, query, orderFields(ctx.shop)))].length, limit),
    orderByIdentifier: (_: unknown, { identifier }: { identifier: OrderIdentifier }, ctx) =>
      identifier.id ? orderById(ctx, identifier.id) : orderByCustomId(ctx, identifier.customId as CustomId),
  },
  nodes: { Order: orderById },
}

interface CustomId {
  namespace?: string | null
  key: string
  value: string
}

interface OrderIdentifier {
  id?: Gid | null
  customId?: CustomId | null
}

function orders(_: unknown, args: OrdersArgs, ctx: Ctx, info: GraphQLResolveInfo) {
  const search = searchIn(ctx, info, args.query, orderFields(ctx.shop))
  const ordering = ORDERINGS[args.sortKey]
  const keyOf = SORT_KEYS[args.sortKey]
  if (!keyOf) throw refusal('EMULATOR_MISSING', `The emulator cannot sort orders by ${args.sortKey}.`)
  const source = ordering ? indexed(ctx, search, ordering) : sorted(ctx, search, keyOf)
  return seekConnection(source, (order) => keyOf(order, ctx.shop), args)
}

/** Reads only from where the page starts, and only as far as it goes. */
const indexed =
  (ctx: Ctx, search: Search<OrderRecord>, { name, field }: { name: string; field: string }) =>
  (after: Place | undefined, reverse: boolean) => {
    const from = search.since(field)
    const span = { reverse, ...(after ? { after } : {}), ...(from ? { from } : {}) }
    return found(ctx, search, ctx.shop.tables.orders.ordered(name, span))
  }

const sorted = (ctx: Ctx, search: Search<OrderRecord>, keyOf: (typeof SORT_KEYS)[string]) =>
  function* (after: Place | undefined, reverse: boolean) {
    const sign = reverse ? -1 : 1
    const placed = [...found(ctx, search)]
      .map((order) => ({ order, place: { key: keyOf(order, ctx.shop), id: order.id } }))
      .sort((one, other) => sign * comparePlaces(one.place, other.place))
    for (const { order, place } of placed) if (!after || sign * comparePlaces(place, after) > 0) yield order
  }

function* found(ctx: Ctx, search: Search<OrderRecord>, records?: Iterable<OrderRecord>) {
  const since = visibleSince(ctx)
  for (const order of foundIn(ctx, ctx.shop.tables.orders, search, records)) if (order.createdAt >= since) yield order
}

/** Needs a definition of type id: https://shopify.dev/docs/api/admin-graphql/latest/queries/orderByIdentifier */
function orderByCustomId(ctx: Ctx, { namespace, key, value }: CustomId): OrderRecord | null {
  const { definitions, metafields, orders: table } = ctx.shop.tables
  const space = namespaceOf(ctx, namespace)
  const definition = definitions.by('key', `ORDER:${space}.${key}`).find(({ type }) => type === 'id')
  if (!definition) throw refusal('NOT_FOUND', `Metafield definition of type 'id' is required when using custom ids.`)
  const owners = metafields.by('value', `${space}.${key}=${value}`).map(({ ownerId }) => ownerId)
  const order = owners.map((id) => table.get(id)).find((found) => found !== undefined)
  return order && mayRead(ctx, order) ? order : null
}
