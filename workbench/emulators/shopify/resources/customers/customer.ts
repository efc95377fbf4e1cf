import { legacyId } from '../../graphql/gid.ts'
import { connectionOf, type PageArgs } from '../../graphql/pages.ts'
import type { Ctx, Resource } from '../../graphql/resource.ts'
import type { CustomerRecord } from '../../store/records/customers.ts'
import type { OrderRecord } from '../orders/record.ts'
import { amountSpent, displayName, orderCount, ordersOf } from './standing.ts'
import { sortedBy } from '../sorting.ts'

const orderKeys: Record<string, (order: OrderRecord) => string> = {
  CREATED_AT: ({ createdAt }) => createdAt,
  PROCESSED_AT: ({ processedAt }) => processedAt,
  UPDATED_AT: ({ updatedAt }) => updatedAt,
}

type Field<Args = unknown> = (customer: CustomerRecord, args: Args, ctx: Ctx) => unknown

const numberOfOrders: Field = (customer, _, { shop }) => orderCount(shop, customer)

/** What a customer answers about itself; its lists of orders and money are computed when they are asked for. */
export const customerResource: Resource = {
  types: {
    Customer: {
      legacyResourceId: ({ id }: CustomerRecord) => legacyId(id),
      displayName: (customer: CustomerRecord) => displayName(customer),
      defaultEmailAddress: ({ email }: CustomerRecord) =>
        email === null ? null : { emailAddress: email, validFormat: /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email) },
      defaultPhoneNumber: ({ phone }: CustomerRecord) => (phone === null ? null : { phoneNumber: phone }),
      defaultAddress: ({ addresses }: CustomerRecord) => addresses[0] ?? null,
      addresses: ({ addresses }: CustomerRecord, { first }: { first?: number }) => addresses.slice(0, first),
      addressesV2: ({ addresses }: CustomerRecord, args: PageArgs) => connectionOf(addresses, args),
      numberOfOrders,
      amountSpent: (customer: CustomerRecord, _: unknown, { shop }) => amountSpent(shop, customer),
      lastOrder: (customer: CustomerRecord, _: unknown, { shop }) =>
        sortedBy(ordersOf(shop, customer), ({ processedAt }) => processedAt).at(-1) ?? null,
      orders: (customer: CustomerRecord, args: PageArgs & { sortKey: string }, { shop }) =>
        connectionOf(sortedBy(ordersOf(shop, customer), orderKeys[args.sortKey]), args),
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
