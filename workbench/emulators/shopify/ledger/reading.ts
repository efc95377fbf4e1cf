import { sum } from '../../../../shared/money.ts'
import { gidOf } from '../graphql/gid.ts'
import { displayName } from '../resources/customers/standing.ts'
import { type Whole, wholeOf } from '../resources/orders/whole.ts'
import { policyOf } from '../resources/policies.ts'
import type { Shop } from '../shop.ts'
import type { Shopify } from '../shopify.ts'
import type { Gid } from '../store/records/ids.ts'
import type { Money } from '../store/records/money.ts'
import type { OrderRecord, TransactionRecord } from '../store/records/orders.ts'
import { bankManner } from '../world/bank.ts'
import type { MoneyView } from './pages/money-page.ts'
import type { OrdersView } from './pages/orders-page.ts'
import type { ShopView } from './pages/shop-page.ts'
import { type StockView, titleOf } from './pages/stock-page.ts'
import type { WebhooksView } from './pages/webhooks-page.ts'

const PAGE = 50
const MOVES = 200

export function ordersView(shop: Shop, wanted: string, after: string | undefined): OrdersView {
  const found: OrderRecord[] = []
  let next: string | null = null
  const place = after === undefined ? {} : { after: placeIn(after) }
  for (const order of shop.tables.orders.ordered('processedAt', { ...place, reverse: true })) {
    if (!fits(shop, order, wanted)) continue
    if (found.length === PAGE) {
      const last = found.at(-1)
      next = last ? `${last.processedAt} ${last.id}` : null
      break
    }
    found.push(order)
  }
  const orders = found.map((order) => ({ whole: wholeOf(shop, order), customer: customerOf(shop, order) }))
  return { domain: shop.domain, wanted, orders, next, now: shop.now() }
}

/** The order by the last part of its id. */
export function orderIn(shop: Shop, number: string): { whole: Whole; customer: string } | undefined {
  const order = shop.tables.orders.get(gidOf('Order', number))
  return order && { whole: wholeOf(shop, order), customer: customerOf(shop, order) }
}

export function stockView(shop: Shop): StockView {
  const goods = [...shop.tables.products.all()].flatMap((product) =>
    shop.tables.variants.by('productId', product.id).map((variant) => ({
      product,
      variant,
      level: shop.tables.levels.by('inventoryItemId', variant.inventoryItemId)[0],
    })),
  )
  return { domain: shop.domain, goods }
}

export function moneyView(shop: Shop): MoneyView {
  const { tables, seed } = shop
  const all = [...tables.transactions.all()]
  const total = (fits: (one: TransactionRecord) => boolean): Money =>
    sum(
      seed.currency,
      all.filter(fits).map(({ amount }) => amount.shop),
    )
  const paid = ({ kind }: TransactionRecord) => kind === 'SALE' || kind === 'CAPTURE'
  const cards = [...tables.giftCards.all()]
  const credits = [...tables.storeCredits.all()]
  return {
    domain: shop.domain,
    totals: {
      received: total((one) => paid(one) && one.status === 'SUCCESS'),
      refunded: total(({ kind, status }) => kind === 'REFUND' && status === 'SUCCESS'),
      underway: total(({ kind, status }) => kind === 'REFUND' && status === 'PENDING'),
      promised: total((one) => paid(one) && one.status === 'PENDING' && !tables.orders.get(one.orderId)?.cancelledAt),
      giftCards: sum(
        seed.currency,
        cards.filter(({ deactivatedAt }) => !deactivatedAt).map(({ balance }) => balance),
      ),
      credit: [...Map.groupBy(credits, ({ balance }) => balance.currency)].map(([currency, accounts]) =>
        sum(
          currency,
          accounts.map(({ balance }) => balance),
        ),
      ),
    },
    moves: all
      .sort((one, other) => moved(other).localeCompare(moved(one)))
      .slice(0, MOVES)
      .map((transaction) => ({ transaction, order: tables.orders.get(transaction.orderId) })),
    giftCards: cards.map((card) => ({ card, holder: holderOf(shop, card.recipientId ?? card.customerId) })),
    credits: credits.map((account) => ({ account, holder: holderOf(shop, account.customerId) })),
    manner: bankManner(shop),
    now: shop.now(),
  }
}

export const webhooksView = ({ webhooks }: Shopify, shop: Shop): WebhooksView => ({
  domain: shop.domain,
  deliveries: webhooks
    .deliveries()
    .filter((one) => one.shop === shop.domain)
    .slice(-MOVES)
    .reverse(),
  subscriptions: [...shop.tables.subscriptions.all()],
  now: shop.now(),
})

export function shopView(shop: Shop): ShopView {
  const { state, tables, ground } = shop
  return {
    domain: shop.domain,
    status: state.status,
    apps: [...state.installations.values()].map((installation) => ({
      installation,
      name: ground.app(installation.clientId)?.name ?? installation.clientId,
      tokens: [...ground.store.state.tokens.values()].filter(
        (token) => token.shop === shop.domain && token.clientId === installation.clientId,
      ).length,
    })),
    removed: [...state.removed].map((clientId) => ({ id: clientId, words: ground.app(clientId)?.name ?? clientId })),
    customers: [...tables.customers.all()]
      .filter(({ mergedInto }) => !mergedInto)
      .map((customer) => ({
        id: customer.id,
        words: [displayName(customer), customer.email].filter(Boolean).join(', '),
      })),
    goods: stockView(shop).goods.map(({ product, variant }) => ({
      id: variant.id,
      words: titleOf(product, variant),
    })),
    policy: policyOf(shop),
  }
}

const customerOf = (shop: Shop, { customerId, email, phone }: OrderRecord) =>
  holderOf(shop, customerId) || email || phone || 'nobody known'

function holderOf(shop: Shop, id: Gid | null): string {
  const customer = id ? shop.tables.customers.get(id) : undefined
  return customer ? displayName(customer) : ''
}

function fits(shop: Shop, order: OrderRecord, wanted: string): boolean {
  const words = [order.name, order.email, customerOf(shop, order), order.shippingAddress?.lastName, ...order.tags]
  return words.some((word) => word?.toLowerCase().includes(wanted.toLowerCase()))
}

const moved = ({ processedAt, createdAt }: TransactionRecord) => processedAt ?? createdAt

function placeIn(after: string) {
  const [key = '', id = ''] = after.split(' ')
  return { key, id }
}
