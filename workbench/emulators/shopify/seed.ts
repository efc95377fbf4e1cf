import type { Records } from './store/tables.ts'

export interface Clock {
  now(): Date
}

/** What the pretended Shopify knows. Apps and shops are given at every start; a shop's records are loaded once. */
export interface ShopifySeed {
  apps: SeedApp[]
  shops: SeedShop[]
}

export interface SeedApp {
  clientId: string
  clientSecret: string
  name: string
  /** Client credentials are granted only in shops of the same organisation. */
  organisation: string
  /** Scopes of the app's released version: what client credentials grant. */
  scopes: string[]
  redirectUris?: string[]
  /** Where the three privacy webhooks and nothing else go. */
  privacyUri?: string
}

export interface SeedShop {
  /** fern.myshopify.com */
  domain: string
  name: string
  email: string
  organisation: string
  /** ISO 4217. */
  currency: string
  /** Other currencies customers may pay in. */
  presentmentCurrencies?: string[]
  /** IANA name, for example Europe/London. */
  timezone: string
  /** ISO 3166, two letters. */
  country: string
  plan: 'basic' | 'shopify' | 'advanced' | 'plus' | 'development'
  /** Before and after the number in an order's name; # and nothing when left out. */
  orderPrefix?: string
  orderSuffix?: string
  /** Whether its plan has gift cards; true when left out. */
  giftCards?: boolean
  /** Countries that it sends to; all that the workbench knows when left out. */
  shipsTo?: string[]
  /** Ways of sending; Standard and Express when left out. */
  delivery?: { title: string; minor: number }[]
  /** Apps that are in the shop at every start, with these scopes, unless its owner took them out. */
  installed?: { clientId: string; scopes: string[] }[]
  records?: SeedRecords
}

export type SeedRecords = { [T in keyof Records]?: Records[T][] }
