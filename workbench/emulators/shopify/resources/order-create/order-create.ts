import { refused } from '../../graphql/refusal.ts'
import type { Ctx, Resource } from '../../graphql/resource.ts'
import type { CustomerRecord } from '../../store/records/customers.ts'
import type { OrderRecord, TransactionRecord } from '../../store/records/orders.ts'
import { nextNumber, orderName, placing } from '../../world/buying.ts'
import { formatted, isManual } from '../../world/paying.ts'
import type { Currencies } from '../bags.ts'
import { metafieldsFor } from '../metafields/with-owner.ts'
import { noticeOf } from '../notices.ts'
import { addressIn } from '../orders/addresses.ts'
import { moving } from '../orders/changing.ts'
import { cannotCreate } from './checks.ts'
import { customerFor } from './customer.ts'
import type { OptionsInput, OrderInput } from './input.ts'
import { discountsIn, linesIn, shippingIn } from './lines.ts'
import { bagIn, currenciesIn } from './money.ts'

export const orderCreateResource: Resource = {
  mutations: {
    orderCreate: (_: unknown, { order, options }: { order: OrderInput; options?: OptionsInput | null }, ctx) => {
      const wished = options ?? { inventoryBehaviour: 'BYPASS' as const, sendReceipt: false }
      const error = cannotCreate(ctx, order, wished)
      return error ? refused(error) : create(ctx, order, wished)
    },
  },
}

function create(ctx: Ctx, input: OrderInput, { inventoryBehaviour, sendReceipt }: OptionsInput) {
  const { shop, app } = ctx
  const { customer, changes } = customerFor(shop, input)
  const order = orderFrom(ctx, input, customer, currenciesIn(shop, input))
  const transactions = (input.transactions ?? []).map((one) => transactionIn(ctx, order, one))
  shop.commit(
    [
      ...changes,
      ...placing(shop, order, transactions, inventoryBehaviour !== 'BYPASS'),
      ...metafieldsFor(ctx, order.id, input.metafields),
      ...(sendReceipt ? noticeOf(shop, 'order-receipt', order.email, { subjectId: order.id, by: app.clientId }) : []),
    ],
    [{ topic: 'ORDERS_CREATE', record: order }, ...transactions.flatMap((one) => moving(one).notices)],
  )
  return { order, userErrors: [] }
}

function orderFrom(
  { shop, app }: Ctx,
  input: OrderInput,
  customer: CustomerRecord | null,
  money: Currencies,
): OrderRecord {
  const number = nextNumber(shop)
  const lines = linesIn(shop, input, money)
  const discounts = discountsIn(input, money, lines)
  const shippingAddress = input.shippingAddress ? addressIn(input.shippingAddress) : null
  return {
    id: shop.newGid('Order'),
    name: input.name ?? orderName(shop, number),
    number,
    confirmationNumber: null,
    createdAt: shop.at(),
    processedAt: input.processedAt ?? shop.at(),
    updatedAt: shop.at(),
    cancelledAt: null,
    cancelReason: null,
    cancelStaffNote: null,
    closedAt: input.closedAt ?? null,
    customerId: customer?.id ?? null,
    email: input.email ?? customer?.email ?? null,
    phone: input.phone ?? null,
    shippingAddress,
    billingAddress: input.billingAddress ? addressIn(input.billingAddress) : shippingAddress,
    ...money,
    taxesIncluded: input.taxesIncluded,
    lines,
    shippingLines: shippingIn(shop, input, money),
    discounts,
    discountCodes: discounts.map(({ name }) => name),
    customAttributes: input.customAttributes ?? [],
    tags: [...new Set(input.tags ?? [])].sort(),
    note: input.note ?? null,
    test: input.test,
    sourceName: input.sourceName ?? app.clientId,
    sourceIdentifier: input.sourceIdentifier ?? null,
    gatewayNames: null,
    appId: app.clientId,
    edited: false,
    statedFinancialStatus: input.financialStatus ?? null,
  }
}

function transactionIn(
  { shop }: Ctx,
  order: OrderRecord,
  { amountSet, gateway = 'manual', kind, status, giftCardId }: NonNullable<OrderInput['transactions']>[number],
): TransactionRecord {
  const name = gateway ?? 'manual'
  return {
    id: shop.newGid('OrderTransaction'),
    orderId: order.id,
    parentId: null,
    kind,
    status,
    gateway: name,
    formattedGateway: formatted(name),
    manual: isManual(name),
    amount: bagIn(order, amountSet),
    createdAt: shop.at(),
    processedAt: status === 'PENDING' ? null : shop.at(),
    errorCode: null,
    paymentId: null,
    test: order.test,
    card: null,
    giftCardId: giftCardId ?? null,
    refundId: null,
  }
}
