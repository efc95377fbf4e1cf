import type { Clock } from '../../platform/clock.ts'
import type { Metrics } from '../../platform/metrics.ts'
import { asker } from './asking.ts'
import { bulkCalls } from './calls/bulk.ts'
import { cancelCalls } from './calls/cancelling.ts'
import { customerCalls } from './calls/customers.ts'
import { giftCardCalls } from './calls/gift-cards.ts'
import { goodsCalls } from './calls/goods.ts'
import { holdCalls } from './calls/holds.ts'
import { markCalls } from './calls/marks.ts'
import { orderCalls } from './calls/orders.ts'
import { refundCalls } from './calls/refunds.ts'
import { reshipCalls } from './calls/reships.ts'
import { shopCalls } from './calls/shop.ts'
import { standingCalls } from './calls/standing.ts'
import { tagCalls } from './calls/tags.ts'
import { webhookCalls } from './calls/webhooks.ts'
import { addressOf } from './hosts.ts'
import { type Budget, RESERVE, type Reserve, shopBudget } from './throttling.ts'
import { type ShopifyTokens, shopifyTokens } from './tokens.ts'

export type {
  GiftCardWish,
  MarkedOrder,
  OrderStanding,
  RefundLineWish,
  RefundMade,
  RefundWish,
  ReshipWish,
  ShopHold,
  ShopVariant,
  SuggestedRefund,
} from './acts.ts'
export type { SuggestionWish } from './calls/refunds.ts'
export {
  GiftCardTaken,
  OrderTaken,
  ShopifyAccessLost,
  type ShopifyProblem,
  ShopifyRefused,
  ShopifySchemaChanged,
  ShopifyThrottled,
  ShopifyUnavailable,
} from './failures.ts'
export { isShopDomain } from './hosts.ts'
export { API_VERSION } from './library.ts'
export { bulkOrders } from './operations/bulk.ts'
export { isByHand, type PaymentMode, paymentMode } from './paying.ts'
export type { ShopBulk } from './reading/bulk.ts'
export type { ShopGiftCard } from './reading/gift-card.ts'
export type { ShopAbout } from './reading/shop.ts'
export type { ShopSubscription } from './reading/webhook.ts'
export { SHOPIFY_SCOPES } from './scopes.ts'
export { searchTerm } from './searching.ts'
export type {
  BothMoney,
  ShopCustomer,
  ShopFulfilment,
  ShopLine,
  ShopOrder,
  ShopRefund,
  ShopTransaction,
} from './shop-order.ts'
export { verifyRedirect, verifyWebhook } from './signatures.ts'
export type { Lane } from './throttling.ts'
export type { ShopifyTokens, ShopToken } from './tokens.ts'

export type ShopAccess = {
  /** Ours; calls of one shop share its rate limit. */
  shopId: string
  /** fern.myshopify.com */
  domain: string
  /**
   * A token that is valid now; asked for before every call. Named is a token that Shopify has just refused: when
   * another one comes, the call is sent again with it, for a refused token did nothing.
   */
  token: (refused?: string) => Promise<string>
}

export type ShopifySettings = {
  /** Base URL of an emulator; null for the real hosts. */
  url: string | null
  clock: Clock
  metrics: Metrics
  /** Milliseconds for any one call, instead of what each lane has. */
  timeoutMs?: number
  /** The part of a shop's rate limit that each lane leaves for those before it. */
  reserve?: Reserve
  /** Bulk files: milliseconds without a byte, and bytes of one line. */
  idleMs?: number
  longestLine?: number
}

/** One shop. Every call is tried once; failures are those of failures.ts. */
export type ShopifyShop = ReturnType<typeof shopOf>

export type ShopifyClients = { shop(access: ShopAccess): ShopifyShop; tokens: ShopifyTokens }

/** Shopify over HTTP, one try for each call: what to try again, and when, is the job queue's to say. */
export function createShopify(settings: ShopifySettings): ShopifyClients {
  const budgets = new Map<string, Budget>()
  const budgetOf = (shopId: string) => {
    const budget = budgets.get(shopId) ?? shopBudget(settings.clock, settings.reserve ?? RESERVE)
    budgets.set(shopId, budget)
    return budget
  }
  return {
    shop: (access) => shopOf(settings, access, budgetOf(access.shopId)),
    tokens: shopifyTokens(settings),
  }
}

function shopOf(settings: ShopifySettings, { domain, token }: ShopAccess, budget: Budget) {
  const { url, clock, metrics, timeoutMs } = settings
  const { ask, tell } = asker({ base: url, domain, token, budget, clock, metrics, timeoutMs })
  const reading = { idleMs: settings.idleMs ?? 30_000, longestLine: settings.longestLine ?? 8_000_000 }
  return {
    ...shopCalls(ask),
    ...orderCalls(ask),
    ...customerCalls(ask),
    ...refundCalls(ask, tell),
    ...standingCalls(ask),
    ...markCalls(ask),
    ...cancelCalls(ask, tell),
    ...reshipCalls(ask, tell),
    ...giftCardCalls(ask, tell),
    ...holdCalls(ask, tell),
    ...tagCalls(tell),
    ...goodsCalls(ask),
    ...webhookCalls(ask, tell),
    ...bulkCalls(ask, tell, (file) => addressOf(url, file), reading),
  }
}
