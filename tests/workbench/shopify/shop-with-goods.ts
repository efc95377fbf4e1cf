import { readFileSync } from 'node:fs'
import type { SeedRecords, ShopifySeed } from '../../../workbench/emulators/shopify/seed.ts'
import type { Shop } from '../../../workbench/emulators/shopify/shop.ts'
import type { Shopify, ShopifyOptions } from '../../../workbench/emulators/shopify/shopify.ts'
import { FERN, type Graphql, graphql, seed, start, tokenFor, travelling } from './start.ts'

const AT = '2026-01-05T09:00:00.000Z'
/** What the operations and webhooks of the tests read besides. */
const MORE_SCOPES = ['read_payment_terms', 'read_users', 'read_shopify_payments_disputes']
const gid = (type: string, id: number) => `gid://shopify/${type}/${id}`

export const WAREHOUSE = gid('Location', 11)
export const TEA = gid('ProductVariant', 31)
export const POT = gid('ProductVariant', 32)
export const ADA = gid('Customer', 51)

/** A shop that sells tea at 12.50 and pots at 40.00, twenty of each, and knows one customer. */
const goods: SeedRecords = {
  locations: [{ id: WAREHOUSE, name: 'Warehouse', active: true, city: 'Berlin', countryCode: 'DE' }],
  products: [product(21, 'Green tea'), product(22, 'Tea pot')],
  variants: [variant(31, 21, 'TEA', 1250), variant(32, 22, 'POT', 4000)],
  levels: [level(31), level(32)],
  customers: [
    {
      id: ADA,
      firstName: 'Ada',
      lastName: 'Moss',
      email: 'ada@home.example',
      phone: '+4930123456',
      note: null,
      tags: [],
      locale: 'en',
      addresses: [{ id: gid('MailingAddress', 61), ...address() }],
      createdAt: AT,
      updatedAt: AT,
      earlier: { orders: 0, spent: { minor: 0, currency: 'EUR' } },
      mergedInto: null,
    },
  ],
}

export interface OpenShop {
  shopify: Shopify
  shop: Shop
  clock: ReturnType<typeof travelling>
  /** Sends one of the operations that real apps send. */
  run(operation: string, variables?: Record<string, unknown>): Promise<Graphql>
  /** The one field that an operation or a query of one field answers. */
  ask<T>(query: string, variables?: Record<string, unknown>): Promise<T>
}

export async function openShop(more: Partial<ShopifyOptions> = {}): Promise<OpenShop> {
  const clock = travelling()
  const shops = seed.shops.map((one) => (one.domain === FERN ? { ...one, records: goods } : one))
  const apps = seed.apps.map((app) => ({ ...app, scopes: [...app.scopes, ...MORE_SCOPES] }))
  const shopify = await start({ clock, seed: { apps, shops } satisfies ShopifySeed, ...more })
  const send = async (query: string, variables?: Record<string, unknown>) =>
    graphql(shopify, query, variables, { token: await tokenFor(shopify) })
  return {
    shopify,
    clock,
    shop: shopify.shop(FERN),
    run: (operation, variables) => send(textOf(operation), variables),
    async ask<T>(query: string, variables?: Record<string, unknown>) {
      const { data, errors } = await send(query.includes('{') ? query : textOf(query), variables)
      if (errors || !data) throw new Error(JSON.stringify(errors))
      return Object.values(data)[0] as T
    },
  }
}

const textOf = (operation: string) => readFileSync(new URL(`operations/${operation}.graphql`, import.meta.url), 'utf8')

function product(id: number, title: string) {
  const rest = { vendor: 'Fern', productType: 'Tea', status: 'ACTIVE' as const, tags: [], descriptionHtml: '' }
  const handle = title.toLowerCase().replace(' ', '-')
  const imageUrl = `https://cdn.fern.example/${handle}.png`
  return { id: gid('Product', id), title, handle, imageUrl, createdAt: AT, updatedAt: AT, ...rest }
}

function variant(id: number, of: number, sku: string, price: number) {
  return {
    id: gid('ProductVariant', id),
    productId: gid('Product', of),
    title: 'Default Title',
    sku,
    barcode: null,
    price: { minor: price, currency: 'EUR' },
    compareAtPrice: null,
    imageUrl: null,
    position: 1,
    inventoryItemId: gid('InventoryItem', id),
    unitCost: { minor: price / 2, currency: 'EUR' },
    tracked: true,
    requiresShipping: true,
    taxable: true,
    inventoryPolicy: 'DENY' as const,
    updatedAt: AT,
  }
}

function level(item: number) {
  const units = { available: 20, committed: 0, onHand: 20, incoming: 0 }
  return {
    id: gid('InventoryLevel', item),
    inventoryItemId: gid('InventoryItem', item),
    locationId: WAREHOUSE,
    updatedAt: AT,
    ...units,
  }
}

function address() {
  return {
    firstName: 'Ada',
    lastName: 'Moss',
    company: null,
    address1: 'Lindenweg 4',
    address2: null,
    city: 'Berlin',
    province: 'Berlin',
    provinceCode: 'BE',
    zip: '10115',
    country: 'Germany',
    countryCode: 'DE',
    phone: null,
  }
}

/** What a customer usually buys here: two teas and a pot with delivery for 5.00, 70.00 in all. */
export const usual = {
  customerId: ADA,
  lines: [
    { title: 'Green tea', sku: 'TEA', variantId: TEA, productId: gid('Product', 21), price: 1250, quantity: 2 },
    { title: 'Tea pot', sku: 'POT', variantId: POT, productId: gid('Product', 22), price: 4000 },
  ],
}
