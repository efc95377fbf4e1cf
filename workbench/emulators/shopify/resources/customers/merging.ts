import { sum } from '../../../../../shared/money.ts'
import { refused, type UserError, userError } from '../../graphql/refusal.ts'
import type { Ctx, Resource } from '../../graphql/resource.ts'
import type { Shop } from '../../shop.ts'
import { type Change, put } from '../../store/entries.ts'
import type { CustomerRecord } from '../../store/records/customers.ts'
import type { JobRecord } from '../../store/records/drafts.ts'
import type { Gid } from '../../store/records/ids.ts'
import { customerIn, ordersOf } from './standing.ts'

interface Overrides {
  customerIdOfEmailToKeep?: Gid | null
  customerIdOfPhoneNumberToKeep?: Gid | null
  customerIdOfFirstNameToKeep?: Gid | null
  customerIdOfLastNameToKeep?: Gid | null
  customerIdOfDefaultAddressToKeep?: Gid | null
  note?: string | null
  tags?: string[] | null
}

interface MergeArgs {
  customerOneId: Gid
  customerTwoId: Gid
  overrideFields?: Overrides | null
}

export const mergingCustomers: Resource = {
  queries: {
    customerMergeJobStatus: (_: unknown, { jobId }: { jobId: Gid }, { shop }) => jobStatus(shop, jobId),
  },
  mutations: { customerMerge: (_: unknown, args: MergeArgs, ctx) => merge(ctx, args) },
}

function merge({ shop }: Ctx, { customerOneId, customerTwoId, overrideFields }: MergeArgs) {
  const error = whyNot(shop, 'customerOneId', customerOneId) ?? whyNot(shop, 'customerTwoId', customerTwoId)
  if (error) return refused(error)
  if (customerOneId === customerTwoId)
    return refused(userError(null, 'Customers IDs should not match', 'INVALID_CUSTOMER_ID'))
  const job: JobRecord = {
    id: shop.newGid('Job'),
    kind: 'customerMerge',
    startedAt: shop.at(),
    dueAt: shop.at(),
    status: 'SUCCEEDED',
    subjectId: customerTwoId,
    input: {},
    errors: [],
  }
  mergeCustomers(shop, { keep: customerTwoId, goes: customerOneId }, overrideFields ?? {}, [put('jobs', job)])
  return { resultingCustomerId: customerTwoId, job: { id: job.id, done: true }, userErrors: [] }
}

/** Gift cards and store credit cannot change hands this way. */
function whyNot(shop: Shop, field: string, id: Gid): UserError | null {
  if (!customerIn(shop, id)) return userError(field, `Customer does not exist with ID ${id}`, 'INVALID_CUSTOMER_ID')
  if (shop.tables.giftCards.by('customerId', id).some(({ deactivatedAt }) => deactivatedAt === null))
    return userError(field, 'Customer has gift cards', 'CUSTOMER_HAS_GIFT_CARDS')
  const owed = shop.tables.storeCredits.by('customerId', id).some(({ balance }) => balance.minor > 0)
  return owed ? userError(field, 'Customer has store credit', 'INVALID_CUSTOMER') : null
}

/**
 * Two customers become one: the orders of the one that goes follow, with the other's address. The orders themselves
 * say nothing of it: no time of a change, no webhook but customers/merge.
 * @throws Error when one of them is not there
 */
export function mergeCustomers(
  shop: Shop,
  { keep, goes }: { keep: Gid; goes: Gid },
  overrides: Overrides = {},
  more: Change[] = [],
): CustomerRecord {
  const [kept, gone] = [customerIn(shop, keep), customerIn(shop, goes)]
  if (!kept || !gone || keep === goes) throw new Error(`${goes} cannot be merged into ${keep}`)
  const customer = together(shop, kept, gone, overrides)
  const orders = ordersOf(shop, gone).map((order) => ({ ...order, customerId: keep, email: customer.email }))
  shop.commit(
    [
      put('customers', customer),
      put('customers', { ...gone, mergedInto: keep, email: null, phone: null, updatedAt: shop.at() }),
      ...orders.map((order) => put('orders', order)),
      ...more,
    ],
    [{ topic: 'CUSTOMERS_MERGE', record: customer, part: goes }],
  )
  return customer
}

function together(shop: Shop, kept: CustomerRecord, gone: CustomerRecord, overrides: Overrides): CustomerRecord {
  const from = (id: Gid | null | undefined) => (id === gone.id ? gone : kept)
  const { orders, spent } = gone.earlier
  const addresses = [...kept.addresses, ...gone.addresses]
  return {
    ...kept,
    email: from(overrides.customerIdOfEmailToKeep).email ?? kept.email ?? gone.email,
    phone: from(overrides.customerIdOfPhoneNumberToKeep).phone ?? kept.phone ?? gone.phone,
    firstName: from(overrides.customerIdOfFirstNameToKeep).firstName ?? kept.firstName,
    lastName: from(overrides.customerIdOfLastNameToKeep).lastName ?? kept.lastName,
    note: overrides.note ?? ([kept.note, gone.note].filter(Boolean).join('\n') || null),
    tags: overrides.tags ?? [...new Set([...kept.tags, ...gone.tags])].toSorted(),
    addresses: overrides.customerIdOfDefaultAddressToKeep === gone.id ? addresses.toReversed() : addresses,
    earlier: {
      orders: kept.earlier.orders + orders,
      spent: sum(shop.seed.currency, [kept.earlier.spent, spent]),
    },
    updatedAt: shop.at(),
  }
}

function jobStatus(shop: Shop, jobId: Gid) {
  const job = shop.tables.jobs.get(jobId)
  return job?.kind === 'customerMerge'
    ? { jobId, resultingCustomerId: job.subjectId, status: 'COMPLETED', customerMergeErrors: [] }
    : null
}
