import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import type { SeedApp, SeedShop } from '../../workbench/emulators/shopify/seed.ts'
import { type Shopify, startShopify } from '../../workbench/emulators/shopify/shopify.ts'
import { type Desk, startDesk } from './desk.ts'

export const FERN = 'fern.myshopify.com'
export const OUTLET = 'outlet.myshopify.com'
/** The app of the desk's own organisation, which owns Fern. */
export const OWN = { clientId: 'own-client', clientSecret: 'own-secret' }
/** The app that other organisations install. */
export const APP = { clientId: 'desk-app', clientSecret: 'desk-app-secret' }

export const SCOPES = [
  'read_orders',
  'read_all_orders',
  'read_customers',
  'read_products',
  'read_fulfillments',
  'read_merchant_managed_fulfillment_orders',
  'read_gift_cards',
]

export type ShopDesk = Desk & { shopify: Shopify; publicUrl: string }

/** A desk beside an emulated Shopify with two shops; nothing is connected yet. */
export async function startShopDesk(
  more: { scopes?: string[]; env?: Record<string, string>; shops?: Partial<SeedShop>[] } = {},
): Promise<ShopDesk> {
  let desk: Desk | undefined
  const port = await freePort()
  const publicUrl = `http://127.0.0.1:${port}`
  const shopify = await startShopify({
    clock: { now: () => desk?.clock.now() ?? new Date() },
    bucketSize: null,
    seed: { apps: appsOf(publicUrl, more.scopes ?? SCOPES), shops: shopsOf(more.shops) },
  })
  desk = await startDesk({
    env: {
      PORT: String(port),
      PUBLIC_URL: publicUrl,
      SHOPIFY_URL: shopify.url,
      SHOPIFY_CLIENT_ID: APP.clientId,
      SHOPIFY_CLIENT_SECRET: APP.clientSecret,
      ...more.env,
    },
  })
  const { settle, stop } = desk
  return Object.assign(desk, {
    shopify,
    publicUrl,
    /** Runs pushes, webhooks and jobs until nothing is left to do. */
    async settle() {
      for (let round = 0; round < 5; round++) {
        await shopify.settle()
        await settle()
      }
    },
    async stop() {
      await shopify.close()
      await stop()
    },
  })
}

/** Shopify has to know where to deliver before the desk listens. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

const appsOf = (publicUrl: string, scopes: string[]): SeedApp[] => [
  {
    ...OWN,
    name: 'Sidedesk',
    organisation: 'fern',
    scopes,
    privacyUri: `${publicUrl}/v1/shopify/webhooks`,
  },
  {
    ...APP,
    name: 'Sidedesk for everyone',
    organisation: 'sidedesk',
    scopes,
    redirectUris: [`${publicUrl}/v1/shopify/callback`],
  },
]

const shopsOf = (more: Partial<SeedShop>[] = []): SeedShop[] => [
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
    ...more[0],
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
    ...more[1],
  },
]
