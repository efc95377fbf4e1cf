import type { SeedApp, SeedShop, ShopifySeed } from '../../workbench/emulators/shopify/seed.ts'
import { startDesk } from './desk.ts'

export const FERN = 'fern.myshopify.com'
export const OUTLET = 'outlet.myshopify.com'
/** The app of the desk's own organisation, which owns Fern. */
export const OWN = { clientId: 'own-client', clientSecret: 'own-secret' }
/** The app that other organisations install. */
export const APP = { clientId: 'desk-app', clientSecret: 'desk-app-secret' }

export const SCOPES = [
  'read_orders',
  'write_orders',
  'read_all_orders',
  'read_customers',
  'write_customers',
  'read_products',
  'read_fulfillments',
  'read_merchant_managed_fulfillment_orders',
  'write_merchant_managed_fulfillment_orders',
  'read_gift_cards',
  'write_gift_cards',
  'read_draft_orders',
]

/** A desk beside an emulated Shopify with two shops of two organisations; nothing is connected yet. */
export async function startBesideShops(options: { scopes?: string[]; env?: Record<string, string> } = {}) {
  const desk = await startDesk({
    shopify: seedOfTwo(options.scopes ?? SCOPES),
    env: { SHOPIFY_CLIENT_ID: APP.clientId, SHOPIFY_CLIENT_SECRET: APP.clientSecret, ...options.env },
  })
  const { shopify } = desk
  if (!shopify) throw new Error('A desk with shops needs the emulator of them')
  return { ...desk, shopify }
}

export type BesideShops = Awaited<ReturnType<typeof startBesideShops>>

/** Two organisations with a shop each. @param scopes that the apps have */
export const seedOfTwo = (scopes: string[]): ShopifySeed => ({ apps: appsOf(scopes), shops: SHOPS })

const appsOf = (scopes: string[]): SeedApp[] => [
  {
    ...OWN,
    name: 'Sidedesk',
    organisation: 'fern',
    scopes,
    privacyUri: 'https://desk.example/v1/shopify/webhooks',
  },
  {
    ...APP,
    name: 'Sidedesk for everyone',
    organisation: 'sidedesk',
    scopes,
    redirectUris: ['https://desk.example/v1/shopify/callback'],
  },
]

const WAREHOUSE = {
  id: 'gid://shopify/Location/11',
  name: 'Warehouse',
  active: true,
  city: 'Berlin',
  countryCode: 'DE',
}

const SHOPS: SeedShop[] = [
  {
    domain: FERN,
    name: 'Fern & Fig',
    email: 'owner@fern.example',
    organisation: 'fern',
    currency: 'EUR',
    timezone: 'Europe/Berlin',
    country: 'DE',
    plan: 'basic',
    orderPrefix: 'FF-',
    records: { locations: [WAREHOUSE] },
  },
  {
    domain: OUTLET,
    name: 'Fern Outlet',
    email: 'owner@outlet.example',
    organisation: 'outlet',
    currency: 'EUR',
    timezone: 'Europe/Berlin',
    country: 'DE',
    plan: 'plus',
  },
]
