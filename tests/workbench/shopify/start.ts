import type { ShopifySeed } from '../../../workbench/emulators/shopify/seed.ts'
import { type Shopify, type ShopifyOptions, startShopify } from '../../../workbench/emulators/shopify/shopify.ts'

export const FERN = 'fern.myshopify.com'
export const OUTLET = 'fern-outlet.myshopify.com'
export const CLIENT = { id: 'desk-client', secret: 'desk-secret' }

export const SCOPES = [
  'read_orders',
  'write_orders',
  'read_all_orders',
  'write_order_edits',
  'write_draft_orders',
  'write_customers',
  'write_customer_merge',
  'write_gift_cards',
  'write_gift_card_transactions',
  'write_store_credit_account_transactions',
  'read_store_credit_accounts',
  'read_products',
  'write_inventory',
  'read_locations',
  'read_fulfillments',
  'write_merchant_managed_fulfillment_orders',
  'write_returns',
]

export const seed: ShopifySeed = {
  apps: [
    {
      clientId: CLIENT.id,
      clientSecret: CLIENT.secret,
      name: 'Sidedesk',
      organisation: 'fern',
      scopes: SCOPES,
      redirectUris: ['http://127.0.0.1:1/shopify/callback'],
    },
  ],
  shops: [
    {
      domain: FERN,
      name: 'Fern',
      email: 'owner@fern.example',
      organisation: 'fern',
      currency: 'EUR',
      presentmentCurrencies: ['SEK'],
      timezone: 'Europe/Berlin',
      country: 'DE',
      plan: 'basic',
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
  ],
}

/** A clock that only tests move: between two lines of a test no time passes, however slow the machine is. */
export function travelling() {
  let at = Date.now()
  return {
    now: () => new Date(at),
    travel: (milliseconds: number) => {
      at += milliseconds
    },
  }
}

export const start = (more: Partial<ShopifyOptions> = {}): Promise<Shopify> =>
  startShopify({ clock: travelling(), seed, bucketSize: null, ...more })

/** Posts a form to a shop's token endpoint. */
export const askToken = (shopify: Shopify, form: Record<string, string>, shop = FERN) =>
  fetch(`${shopify.url}/${shop}/admin/oauth/access_token`, { method: 'POST', body: new URLSearchParams(form) })

/** An access token by client credentials. */
export async function tokenFor(shopify: Shopify, shop = FERN): Promise<string> {
  const form = { grant_type: 'client_credentials', client_id: CLIENT.id, client_secret: CLIENT.secret }
  const { access_token } = (await (await askToken(shopify, form, shop)).json()) as { access_token: string }
  return access_token
}

export interface Graphql {
  data?: Record<string, unknown> | null
  errors?: { message: string; path?: unknown[]; extensions?: Record<string, unknown> }[]
  extensions?: Record<string, unknown>
}

export interface Asking {
  token?: string
  shop?: string
  version?: string
}

/** One call to the Admin API, as it went over the wire. */
export async function post(
  shopify: Shopify,
  query: string,
  variables: Record<string, unknown> = {},
  { token, shop = FERN, version = '2026-10' }: Asking = {},
): Promise<Response> {
  return fetch(`${shopify.url}/${shop}/admin/api/${version}/graphql.json`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-shopify-access-token': token ?? (await tokenFor(shopify, shop)),
    },
    body: JSON.stringify({ query, variables }),
  })
}

/** What the Admin API answered. */
export const graphql = async (
  shopify: Shopify,
  query: string,
  variables?: Record<string, unknown>,
  asking?: Asking,
): Promise<Graphql> => (await post(shopify, query, variables, asking)).json() as Promise<Graphql>
