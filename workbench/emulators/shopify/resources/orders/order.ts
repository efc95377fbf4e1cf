import { createHash } from 'node:crypto'
import { gidOf, legacyId } from '../../graphql/gid.ts'
import { connectionOf, type PageArgs } from '../../graphql/pages.ts'
import type { Resource } from '../../graphql/resource.ts'
import type { Shop } from '../../shop.ts'
import type { OrderRecord } from '../../store/records/orders.ts'
import { customerIn } from '../customers/standing.ts'
import { addressOf } from './addresses.ts'
import { applicationsOf } from './discounts.ts'
import { orderLists } from './order-lists.ts'
import { orderStates } from './order-states.ts'
import { orderSums } from './order-sums.ts'

export const orderResource: Resource = {
  types: {
    Order: {
      legacyResourceId: ({ id }: OrderRecord) => legacyId(id),
      customer: ({ customerId }: OrderRecord, _args: unknown, { shop }) => customerIn(shop, customerId),
      shippingAddress: (order: OrderRecord) => addressOf(order.id, order.shippingAddress),
      billingAddress: (order: OrderRecord) => addressOf(order.id, order.billingAddress),
      displayAddress: (order: OrderRecord) => addressOf(order.id, order.shippingAddress ?? order.billingAddress),
      billingAddressMatchesShippingAddress: ({ billingAddress, shippingAddress }: OrderRecord) =>
        JSON.stringify(billingAddress) === JSON.stringify(shippingAddress),
      statusPageUrl: (order: OrderRecord, _args: unknown, { shop }) => statusPage(shop.domain, order),
      cancellation: ({ cancelledAt, cancelStaffNote }: OrderRecord) => cancelledAt && { staffNote: cancelStaffNote },
      closed: ({ closedAt }: OrderRecord) => closedAt !== null,
      confirmed: () => true,
      currencyCode: ({ currency }: OrderRecord) => currency,
      presentmentCurrencyCode: ({ presentmentCurrency }: OrderRecord) => presentmentCurrency,
      discountCode: ({ discountCodes }: OrderRecord) => discountCodes[0] ?? null,
      discountApplications: (order: OrderRecord, args: PageArgs) => connectionOf(applicationsOf(order), args),
      app: ({ appId }: OrderRecord, _args: unknown, { shop }) => appOf(shop, appId),
      staffMember: () => null,
      paymentTerms: () => null,
      customerLocale: () => 'en',
      poNumber: () => null,
      riskLevel: () => 'LOW',
      risk: () => ({ assessments: [], recommendation: 'NONE' }),
      estimatedTaxes: () => false,
      dutiesIncluded: () => false,
      taxExempt: () => false,
      registeredSourceUrl: () => null,
      ...orderLists,
      ...orderStates,
      ...orderSums,
    },
  },
}

function appOf({ ground }: Shop, clientId: string | null) {
  const index = ground.seed.apps.findIndex((app) => app.clientId === clientId)
  return index < 0 ? null : { id: gidOf('App', 1000 + index), name: ground.seed.apps[index]?.name }
}

const statusPage = (domain: string, { id }: OrderRecord) => {
  const key = createHash('sha256').update(`${domain} ${id}`).digest('hex').slice(0, 32)
  return `https://${domain}/${legacyId(id)}/orders/${key}/authenticate?key=${key}`
}
