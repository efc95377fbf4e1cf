import type { GraphQLResolveInfo } from 'graphql'
import { legacyId } from '../../graphql/gid.ts'
import { connectionOf, type PageArgs } from '../../graphql/pages.ts'
import type { Ctx, Resource } from '../../graphql/resource.ts'
import { foundIn, searchIn } from '../../graphql/search/in-tables.ts'
import type { CustomerRecord } from '../../store/records/customers.ts'
import type { OrderRecord } from '../../store/records/orders.ts'
import { orderFields } from '../orders/search-fields.ts'
import { SORT_KEYS } from '../orders/sorting.ts'
import { mayRead } from '../orders/visibility.ts'
import { sortedBy } from '../sorting.ts'
import { isEmail } from './email.ts'
import { amountSpent, displayName, orderCount, ordersOf } from './standing.ts'

const found = (ctx: Ctx, info: GraphQLResolveInfo, customer: CustomerRecord, query: string | undefined) => {
  const search = searchIn(ctx, info, query, orderFields(ctx.shop))
  return [...foundIn(ctx, ctx.shop.tables.orders, search, readable(ctx, customer))]
}

const readable = (ctx: Ctx, customer: CustomerRecord) =>
  ordersOf(ctx.shop, customer).filter((order) => mayRead(ctx, order))

const keyFor =
  ({ shop }: Ctx, sortKey: string) =>
  (order: OrderRecord) =>
    SORT_KEYS[sortKey]?.(order, shop) ?? ''

type Field<Args = unknown> = (customer: CustomerRecord, args: Args, ctx: Ctx) => unknown

const numberOfOrders: Field = (customer, _, { shop }) => orderCount(shop, customer)

/** What a customer answers about itself; its lists of orders and money are computed when they are asked for. */
export const customerResource: Resource = {
  types: {
    Customer: {
      legacyResourceId: ({ id }: CustomerRecord) => legacyId(id),
      displayName: (customer: CustomerRecord) => displayName(customer),
      defaultEmailAddress: ({ email }: CustomerRecord) =>
        email === null ? null : { emailAddress: email, validFormat: isEmail(email) },
      defaultPhoneNumber: ({ phone }: CustomerRecord) => (phone === null ? null : { phoneNumber: phone }),
      defaultAddress: ({ addresses }: CustomerRecord) => addresses[0] ?? null,
      addresses: ({ addresses }: CustomerRecord, { first }: { first?: number }) => addresses.slice(0, first),
      addressesV2: ({ addresses }: CustomerRecord, args: PageArgs) => connectionOf(addresses, args),
      numberOfOrders,
      amountSpent: (customer: CustomerRecord, _: unknown, { shop }) => amountSpent(shop, customer),
      lastOrder: (customer: CustomerRecord, _: unknown, ctx) =>
        sortedBy(readable(ctx, customer), ({ processedAt }) => processedAt).at(-1) ?? null,
      orders: (customer: CustomerRecord, args: PageArgs & { sortKey: string; query?: string }, ctx, info) =>
        connectionOf(sortedBy(found(ctx, info, customer, args.query), keyFor(ctx, args.sortKey)), args),
      state: () => 'DISABLED',
      verifiedEmail: ({ email }: CustomerRecord) => email !== null,
      taxExempt: () => false,
      dataSaleOptOut: () => false,
      canDelete: (customer: CustomerRecord, _: unknown, { shop }) => orderCount(shop, customer) === 0,
      mergeable: () => ({ isMergeable: true, reason: null, errorFields: [], mergeInProgress: null }),
      storeCreditAccounts: ({ id }: CustomerRecord, args: PageArgs, { shop }) =>
        connectionOf(shop.tables.storeCredits.by('customerId', id), args),
    },
    CustomerEmailAddress: {
      marketingState: () => 'NOT_SUBSCRIBED',
      marketingOptInLevel: () => null,
      marketingUpdatedAt: () => null,
    },
  },
}
