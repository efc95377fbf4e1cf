import type { SeedShop } from '../../emulators/shopify/seed.ts'
import { SHOP } from '../fern-and-fig.ts'
import { catalogue } from './catalogue/catalogue.ts'
import { giftCards } from './orders/gift-cards.ts'
import type { OrderStory } from './orders/order-story.ts'
import { orders } from './orders/orders.ts'
import { outletOrders } from './outlet/orders.ts'
import { outletWares } from './outlet/wares.ts'
import { recordsOf, type ShopStory } from './records/shop-records.ts'

const fernAndFig: ShopStory = {
  name: SHOP.name,
  currency: 'GBP',
  prefix: 'FF-',
  location: { name: 'Packing barn', city: 'Ludlow', countryCode: 'GB' },
  wares: catalogue,
  orders,
  giftCards,
  firstId: 4_100_000_000,
}

const outlet: ShopStory = {
  name: `${SHOP.name} Outlet`,
  currency: 'EUR',
  prefix: 'FO-',
  location: { name: 'Outlet', city: 'Rotterdam', countryCode: 'NL' },
  wares: outletWares,
  orders: outletOrders,
  giftCards: [],
  firstId: 4_200_000_000,
}

export const FERN_AND_FIG = 'fern-and-fig.myshopify.com'
export const OUTLET = 'fern-and-fig-outlet.myshopify.com'
export const SHOPS = [FERN_AND_FIG, OUTLET]

/** Both shops as they stand at this moment, with what people bought in the last year. @param more orders of a scenario */
export const shopWorld = (now: Date, organisation: string, more: readonly OrderStory[] = []): SeedShop[] => [
  {
    domain: FERN_AND_FIG,
    name: fernAndFig.name,
    email: SHOP.support,
    organisation,
    currency: fernAndFig.currency,
    presentmentCurrencies: ['EUR', 'SEK', 'JPY'],
    timezone: 'Europe/London',
    country: 'GB',
    plan: 'shopify',
    orderPrefix: fernAndFig.prefix,
    records: recordsOf({ ...fernAndFig, orders: [...orders, ...more] }, now),
  },
  {
    domain: OUTLET,
    name: outlet.name,
    email: SHOP.support,
    organisation,
    currency: outlet.currency,
    timezone: 'Europe/Amsterdam',
    country: 'NL',
    plan: 'basic',
    orderPrefix: outlet.prefix,
    records: recordsOf(outlet, now),
  },
]
