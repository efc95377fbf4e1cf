import { mergeCustomers } from '../../workbench/emulators/shopify/resources/customers/merging.ts'
import { carryOut, changing } from '../../workbench/emulators/shopify/resources/orders/changing.ts'
import { changePolicy } from '../../workbench/emulators/shopify/resources/policies.ts'
import { mainLocation } from '../../workbench/emulators/shopify/resources/stock.ts'
import type { Shop } from '../../workbench/emulators/shopify/shop.ts'
import { put } from '../../workbench/emulators/shopify/store/entries.ts'
import type { Address } from '../../workbench/emulators/shopify/store/records/address.ts'
import type { CustomerRecord } from '../../workbench/emulators/shopify/store/records/customers.ts'
import type { GiftCardRecord } from '../../workbench/emulators/shopify/store/records/gift-cards.ts'
import type { OrderRecord, RefundRecord } from '../../workbench/emulators/shopify/store/records/orders.ts'
import type { FulfillmentRecord } from '../../workbench/emulators/shopify/store/records/shipping.ts'
import { type BankManner, collect, letBank, openDispute } from '../../workbench/emulators/shopify/world/bank.ts'
import { type Basket, buy } from '../../workbench/emulators/shopify/world/buying.ts'
import { deleteOrder, refund } from '../../workbench/emulators/shopify/world/owner.ts'
import { deliver, ship } from '../../workbench/emulators/shopify/world/warehouse.ts'

export type ShopHands = ReturnType<typeof handsOf>

type Someone = {
  firstName?: string
  lastName?: string
  email?: string | null
  phone?: string | null
  tags?: string[]
}

/** What an owner, a customer and a warehouse do in an emulated shop, outside the desk. */
export const handsOf = (shop: Shop) => ({
  shop,
  /** A customer with an address in London. */
  customer: (someone: Someone = {}): CustomerRecord => addCustomer(shop, someone),
  /**
   * Goods that the shop sells, with what one costs it. Smallest units of the shop's currency. @param stock how many are left: none is
   * sold beyond; left out, nobody counts
   */
  goods: (title: string, price: number, cost: number | null = null, stock: number | null = null) =>
    addGoods(shop, { title, price, cost, stock }),
  /** Takes goods off sale for good. */
  discontinue: ({ productId }: { productId: string }): void => {
    const product = shop.tables.products.get(productId)
    if (product) shop.commit([put('products', { ...product, status: 'ARCHIVED', updatedAt: shop.at() })])
  },
  /** Someone goes through the checkout; a tea for 12.00 and 5.00 for sending it, unless told otherwise. */
  buy: (basket: Partial<Basket> = {}): OrderRecord =>
    buy(shop, { lines: [{ title: 'Green tea', price: 1_200 }], ...basket }),
  /** The order is changed in Shopify, and Shopify tells of it. */
  change: (orderId: string, patch: Partial<OrderRecord>): OrderRecord => {
    const act = changing(shop, current(shop, orderId), patch)
    carryOut(shop, act)
    return act.order
  },
  /** Money is given back in Shopify itself. */
  refund: (orderId: string, minor: number): RefundRecord => refund(shop, orderId, minor),
  /** The warehouse sends everything. */
  ship: (orderId: string, number: string): FulfillmentRecord =>
    ship(shop, orderId, { tracking: { company: 'Royal Mail', number } }),
  /** The carrier brings it. */
  deliver: (parcelId: string): FulfillmentRecord => deliver(shop, parcelId),
  /** The courier brings the money for an order that is paid at the door. */
  collect: (orderId: string) => collect(shop, orderId),
  /** A customer asks their bank for the money. */
  dispute: (orderId: string) => openDispute(shop, orderId),
  /** What the bank does with refunds from now on. */
  bank: (manner: BankManner): void => letBank(shop, manner),
  /** Countries, ways of sending, gift cards: what the owner makes of the shop. */
  policy: (patch: Parameters<typeof changePolicy>[1]): void => changePolicy(shop, patch),
  /** What really happened, of one kind: refund.made, order.made, gift-card.made, order.cancelled, hold.placed … */
  effects: (kind: string) => shop.ledger().effects.filter((effect) => effect.kind === kind),
  /** What Shopify told customers so far. */
  notices: () => shop.ledger().effects.flatMap(({ notice }) => (notice ? [notice] : [])),
  /** The order is gone from Shopify. */
  remove: (orderId: string): void => deleteOrder(shop, orderId),
  /** Two customers become one. */
  merge: (goes: string, keep: string): CustomerRecord => mergeCustomers(shop, { keep, goes }),
  /** A card is given away, or bought when `orderId` names the order. */
  giftCard: (card: { code: string; minor: number; customerId?: string; orderId?: string }): GiftCardRecord =>
    addGiftCard(shop, card),
  /** A part of a card is spent, or it is taken back, or it gets its owner. */
  changeGiftCard: (card: GiftCardRecord, patch: Partial<GiftCardRecord>): void =>
    shop.commit([put('giftCards', { ...card, ...patch, updatedAt: shop.at() })]),
})

function addCustomer(shop: Shop, someone: Someone): CustomerRecord {
  const { firstName = 'Ada', lastName = 'Moss', email = 'ada@home.example', phone = null, tags = [] } = someone
  const customer: CustomerRecord = {
    id: shop.newGid('Customer'),
    firstName,
    lastName,
    email,
    phone,
    note: null,
    tags,
    locale: 'en',
    addresses: [{ id: shop.newGid('MailingAddress'), ...addressOf(firstName, lastName) }],
    createdAt: shop.at(),
    updatedAt: shop.at(),
    earlier: { orders: 0, spent: { minor: 0, currency: shop.seed.currency } },
    mergedInto: null,
  }
  shop.commit([put('customers', customer)])
  return customer
}

export const addressOf = (firstName: string, lastName: string): Address => ({
  firstName,
  lastName,
  company: null,
  address1: '4 Fern Lane',
  address2: null,
  city: 'London',
  province: 'England',
  provinceCode: 'ENG',
  zip: 'SE1 7PB',
  country: 'United Kingdom',
  countryCode: 'GB',
  phone: null,
})

type Goods = { title: string; price: number; cost: number | null; stock: number | null }

function addGoods(shop: Shop, { title, price, cost, stock }: Goods) {
  const { currency } = shop.seed
  const [productId, variantId] = [shop.newGid('Product'), shop.newGid('ProductVariant')]
  const inventoryItemId = shop.newGid('InventoryItem')
  const locationId = mainLocation(shop)
  const at = shop.at()
  shop.commit([
    put('products', {
      id: productId,
      title,
      handle: title.toLowerCase().replaceAll(' ', '-'),
      vendor: 'Fern',
      productType: 'Tea',
      status: 'ACTIVE',
      tags: [],
      imageUrl: null,
      descriptionHtml: '',
      createdAt: at,
      updatedAt: at,
    }),
    put('variants', {
      id: variantId,
      productId,
      title: 'Default Title',
      sku: null,
      barcode: null,
      price: { minor: price, currency },
      compareAtPrice: null,
      imageUrl: null,
      position: 1,
      inventoryItemId,
      unitCost: cost === null ? null : { minor: cost, currency },
      tracked: stock !== null,
      requiresShipping: true,
      taxable: true,
      inventoryPolicy: stock === null ? 'CONTINUE' : 'DENY',
      updatedAt: at,
    }),
    put('levels', {
      id: shop.newGid('InventoryLevel'),
      inventoryItemId,
      locationId,
      available: stock ?? 0,
      committed: 0,
      onHand: stock ?? 0,
      incoming: 0,
      updatedAt: at,
    }),
  ])
  return { title, productId, variantId, price }
}

function addGiftCard(
  shop: Shop,
  { code, minor, customerId, orderId }: { code: string; minor: number; customerId?: string; orderId?: string },
): GiftCardRecord {
  const amount = { minor, currency: shop.seed.currency }
  const card: GiftCardRecord = {
    id: shop.newGid('GiftCard'),
    code,
    initial: amount,
    balance: amount,
    note: null,
    createdAt: shop.at(),
    updatedAt: shop.at(),
    expiresOn: null,
    deactivatedAt: null,
    customerId: customerId ?? null,
    recipientId: null,
    orderId: orderId ?? null,
    source: orderId ? 'purchased' : 'manual',
    templateSuffix: null,
    transactions: [],
  }
  shop.commit([put('giftCards', card)])
  return card
}

function current(shop: Shop, orderId: string): OrderRecord {
  const order = shop.tables.orders.get(orderId)
  if (!order) throw new Error(`${shop.domain} has no order ${orderId}`)
  return order
}
