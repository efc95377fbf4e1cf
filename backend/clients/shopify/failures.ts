import { DeskError } from '../../platform/errors.ts'

export type ShopifyProblem =
  | 'token_expired'
  | 'token_revoked'
  | 'uninstalled'
  | 'frozen'
  | 'forbidden'
  | 'unknown_client'
  | 'scope_missing'
  | 'unknown_shop'
  | 'other_organisation'

export type UserError = { field: string[] | null; message: string; code: string | null }

/** Shopify did not answer, or answered with a fault of its own: try again later. */
export class ShopifyUnavailable extends DeskError {
  override name = 'ShopifyUnavailable'
  /** true when a change may have been made although we saw no answer: look before sending again. */
  readonly mayHaveHappened: boolean

  constructor(message: string, options: ErrorOptions & { retryAfter?: number; mayHaveHappened?: boolean } = {}) {
    super('shopify_unavailable', message, options)
    this.mayHaveHappened = options.mayHaveHappened ?? false
  }
}

/** The shop's rate limit is used up, or what is left is kept for money. Nothing was done. */
export class ShopifyThrottled extends ShopifyUnavailable {
  override name = 'ShopifyThrottled'
  /** Whole seconds, at least 1. */
  override readonly retryAfter: number

  constructor(retryAfter: number, options: ErrorOptions = {}) {
    super(`Shopify's rate limit for this shop is used up. Try again in ${retryAfter} s.`, options)
    this.retryAfter = retryAfter
  }
}

/** The shop may not be reached any more; nothing helps until a person does what the words say. Nothing was done. */
export class ShopifyAccessLost extends DeskError {
  override name = 'ShopifyAccessLost'
  readonly problem: ShopifyProblem

  constructor(problem: ShopifyProblem, options: ErrorOptions & { detail?: string | undefined } = {}) {
    super('shopify_refused', `${IN_WORDS[problem]}${options.detail ? ` (${options.detail})` : ''}`, options)
    this.problem = problem
  }
}

const IN_WORDS: Record<ShopifyProblem, string> = {
  token_expired: 'The access to this shop has expired. It is renewed by itself; if this stays, connect the shop again.',
  token_revoked:
    'Shopify refused the stored access to this shop: it was revoked, or it expired. Connect the shop again.',
  uninstalled: 'The app is not installed in this shop. Install it there, then connect the shop.',
  frozen: 'Shopify has frozen this shop, as a rule because a bill is open. Its owner must settle that with Shopify.',
  forbidden:
    'Shopify refuses everything that is asked of this shop, as it does while a shop is under review. Its owner must ask Shopify why.',
  unknown_client: 'Shopify does not know the client id and secret of the app. Check both, then connect the shop again.',
  scope_missing: 'The app lacks a permission in this shop. Connect the shop again and allow what is asked.',
  unknown_shop: 'Shopify knows no shop at this address. Check it: it ends in .myshopify.com.',
  other_organisation:
    'Shopify lets the app in only where app and shop belong to the same organisation. Connect this shop by installing the app in it.',
}

type Refusal = ErrorOptions & { userErrors?: UserError[]; codes?: string[] }

/** Shopify understood the request and will not do it. Nothing was done. */
export class ShopifyRefused extends DeskError {
  override name = 'ShopifyRefused'
  readonly userErrors: UserError[]
  /** Of errors that are not about what was typed: NOT_FOUND, BAD_REQUEST … */
  readonly codes: string[]

  constructor(message: string, options: Refusal = {}) {
    super('shopify_refused', message, options)
    this.userErrors = options.userErrors ?? []
    this.codes = options.codes ?? []
  }
}

/**
 * What was to be made is there already, under the same code or mark. Ours, when an earlier try was carried out after all: look it up
 * before this passes for a refusal.
 */
export class ShopifyTaken extends ShopifyRefused {
  override name = 'ShopifyTaken'
}

/** The code of a gift card is in use. */
export class GiftCardTaken extends ShopifyTaken {
  override name = 'GiftCardTaken'
}

/** An order bears this mark. */
export class OrderTaken extends ShopifyTaken {
  override name = 'OrderTaken'
}

/** A field that we ask for is gone, or is not what it was. The desk needs an update; trying again does not help. */
export class ShopifySchemaChanged extends DeskError {
  override name = 'ShopifySchemaChanged'
  /** For example `Order.displayFinancialStatus`, or the path in an answer. */
  readonly what: string
  /** true when the answer to a change could not be read: the change was made. */
  readonly mayHaveHappened: boolean

  constructor(what: string, options: ErrorOptions & { mayHaveHappened?: boolean } = {}) {
    super(
      'shopify_refused',
      `Shopify has changed ${what}, which the desk reads. Update the desk, or tell its operators.`,
      options,
    )
    this.what = what
    this.mayHaveHappened = options.mayHaveHappened ?? false
  }
}
