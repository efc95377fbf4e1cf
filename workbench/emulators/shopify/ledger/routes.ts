import { readFileSync } from 'node:fs'
import { type Html, html, page } from '../../../host/views/html.ts'
import { isLocal } from '../../http/local.ts'
import type { Answer, Call, Route } from '../../http/router.ts'
import type { Shop } from '../shop.ts'
import type { Shopify } from '../shopify.ts'
import { formOf, Refused } from './acts/act.ts'
import { acts } from './acts/acts.ts'
import { type Frame, framePage, ledgerOf, type Place } from './pages/frame.ts'
import { moneyPage } from './pages/money-page.ts'
import { orderPage } from './pages/order-page.ts'
import { ordersPage } from './pages/orders-page.ts'
import { shopPage } from './pages/shop-page.ts'
import { stockPage } from './pages/stock-page.ts'
import { webhooksPage } from './pages/webhooks-page.ts'
import { moneyView, orderIn, ordersView, shopView, stockView, webhooksView } from './reading.ts'

const ROOT = '/:shop/admin/ledger'
const POLICY =
  "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
const STYLE = readFileSync(new URL('ledger.css', import.meta.url), 'utf8')

/** The shop's own side as pages: what it sold, holds, earned and told, and what a person may let happen. */
export function ledgerRoutes(shopify: () => Shopify): Route[] {
  const show = (path: string, place: Place, view: (shop: Shop, call: Call) => Shown | undefined): Route => ({
    method: 'GET',
    pattern: `${ROOT}${path}`,
    run(call) {
      const shop = shopIn(shopify(), call)
      if (!shop) return nothingHere
      const shown = view(shop, call)
      const answer = framed(shopify(), shop, call, place, shown ?? noSuchOrder(shop))
      return shown ? answer : { ...answer, status: 404 }
    },
  })
  return [
    {
      method: 'GET',
      pattern: `${ROOT}/style.css`,
      run: () => ({ html: STYLE, headers: { 'content-type': 'text/css' } }),
    },
    show('', 'orders', (shop, { query }) => ({
      title: 'Orders',
      content: ordersPage(ordersView(shop, query.get('q') ?? '', query.get('after') ?? undefined)),
    })),
    show('/orders/:order', 'orders', (shop, { params }) => {
      const found = orderIn(shop, params['order'] ?? '')
      return (
        found && {
          title: found.whole.order.name,
          content: orderPage({ domain: shop.domain, now: shop.now(), ...found }),
        }
      )
    }),
    show('/stock', 'stock', (shop) => ({ title: 'Stock', content: stockPage(stockView(shop)) })),
    show('/money', 'money', (shop) => ({ title: 'Money', content: moneyPage(moneyView(shop)) })),
    show('/webhooks', 'webhooks', (shop) => ({
      title: 'Webhooks',
      content: webhooksPage(webhooksView(shopify(), shop)),
    })),
    show('/shop', 'shop', (shop) => ({ title: 'Shop', content: shopPage(shopView(shop)) })),
    { method: 'POST', pattern: `${ROOT}/acts/:act`, run: (call) => act(shopify(), call) },
  ]
}

interface Shown {
  title: string
  content: Html | (Html | null)[]
}

const noSuchOrder = ({ domain }: Shop): Shown => ({
  title: 'No such order',
  content: html`
    <section>
      <h1>No such order</h1>
      <p class="nothing">It was deleted, or it never was in this shop. <a href=${ledgerOf(domain)}>All orders</a></p>
    </section>`,
})

function framed(shopify: Shopify, shop: Shop, { query }: Call, place: Place, { title, content }: Shown): Answer {
  const words = query.get('said')
  const frame: Frame = {
    title,
    place,
    shop: { domain: shop.domain, name: shop.seed.name, status: shop.state.status },
    shops: shopify.domains().map((domain) => ({ domain, name: shopify.shop(domain).seed.name })),
    said: words ? { words, refused: query.has('refused') } : undefined,
    now: shop.now(),
  }
  return {
    html: page(
      framePage(
        frame,
        [content].flat().filter((part) => part !== null),
      ),
    ),
    headers: HEADERS,
  }
}

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
}

/** Does it and leads back to where it was asked for, with what happened in words. */
function act(shopify: Shopify, call: Call): Answer {
  const shop = shopIn(shopify, call)
  const run = acts.get(call.params['act'] ?? '')
  if (!shop || !run) return nothingHere
  if (isForeign(call)) return { status: 403, html: 'Only from this machine and from these pages.', headers: HEADERS }
  try {
    return back(shop, call, { said: run({ shopify, shop }, formOf(call.body.toString('utf8'))) })
  } catch (error) {
    if (!isRefusal(error)) throw error
    return back(shop, call, { said: error.message, refused: 'yes' })
  }
}

/** The world's acts say why they cannot be with a plain error; anything else is a mistake of ours. */
const isRefusal = (error: unknown): error is Error =>
  error instanceof Refused || (error instanceof Error && error.constructor === Error)

function back(shop: Shop, call: Call, said: Record<string, string>): Answer {
  const from = URL.parse(call.headers.referer ?? '')
  const here = from?.pathname.startsWith(ledgerOf(shop.domain)) ? from.pathname : ledgerOf(shop.domain)
  const path = call.params['act'] === 'delete' ? ledgerOf(shop.domain) : here
  return { status: 303, headers: { location: `${path}?${new URLSearchParams(said)}` } }
}

/** A web page open in the same browser must not play the shop's owner. */
function isForeign(call: Call): boolean {
  const { origin, host } = call.headers
  return !isLocal(call) || (origin !== undefined && origin !== `http://${host}`)
}

const shopIn = (shopify: Shopify, { params }: Call): Shop | undefined => {
  const domain = params['shop'] ?? ''
  return shopify.domains().includes(domain) ? shopify.shop(domain) : undefined
}

const nothingHere: Answer = { status: 404, html: 'There is no such page.', headers: HEADERS }
