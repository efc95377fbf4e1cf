import { inWords, type Money } from '../../../../shared/money.ts'
import type { Difference } from './differences.ts'
import type { Effect } from './effects.ts'

/** What the journal and the books say of a step. */
export type KnownStep = {
  stepId: string
  actionId: string
  kind: Effect['kind']
  state: string
  source: string | null
  /** Whether somebody may still be at work on it. */
  open: boolean
  orderId: string
  /** What the books come to, in the shop's currency, before this comparison; null where no money moved. */
  booked: Money | null
  /** What is known of the card here. */
  cardState: string | null
}

type Found = Omit<Difference, 'orderId'>

/** An effect that is younger is perhaps being written down at this moment. */
const FRESH_MS = 60 * 60_000

/** Compares one of our effects in Shopify with what is known here; null when it is as it should be. */
export function differenceOf(effect: Effect, step: KnownStep | null, now: Date): Found | null {
  const kind = KINDS[effect.kind]
  if (!kind) return null
  const theirs = (words: string): Found => ({ kind, difference: 'theirs_only', words })
  if (!step) return theirs(`Shopify has ${effect.name}. It bears our mark, and its action is not known here.`)
  if (step.state !== 'done') {
    if (step.open && now.getTime() - effect.at.getTime() < FRESH_MS) return null
    return theirs(`Shopify has ${effect.name}. Here its step is not done (${STATES[step.state] ?? step.state}).`)
  }
  if (effect.source !== null && effect.source !== step.source)
    return theirs(`Shopify has ${effect.name} once more (${effect.source}); here it was done once (${step.source}).`)
  if (effect.amount && step.booked && effect.amount.minor !== step.booked.minor)
    return {
      kind,
      difference: 'amount',
      words: `Shopify says ${inWords(effect.amount)} for ${effect.name}, the books say ${inWords(step.booked)}.`,
    }
  return statusOf(effect, step, kind)
}

function statusOf(effect: Effect, step: KnownStep, kind: Found['kind']): Found | null {
  const status = (words: string): Found => ({ kind, difference: 'status', words })
  const failed = effect.transactions.filter(({ status: now }) => now === 'FAILURE' || now === 'ERROR')
  if (failed.length > 0)
    return status(
      `The bank turned down ${failed.map(({ amount }) => inWords(amount.presentment)).join(' and ')} of ${effect.name}. The customer does not have it.`,
    )
  if (effect.kind === 'reship' && effect.gone) return status(`Somebody cancelled ${effect.name}.`)
  if (effect.kind === 'gift_card' && effect.gone && step.cardState === 'issued')
    return status(`Somebody took ${effect.name} back in Shopify.`)
  if (effect.kind === 'gift_card' && !effect.gone && step.cardState === 'deactivated')
    return status(`Here ${effect.name} was taken back, and in Shopify it can still be spent.`)
  return null
}

const KINDS: Partial<Record<Effect['kind'], Found['kind']>> = {
  refund: 'refund',
  gift_card: 'gift_card',
  cancel: 'cancellation',
  reship: 'reship',
}

/** Steps that stay in the shop. A hold or a tag is the shop's to take away again, so neither is missing. */
export const COMPARED_KINDS: readonly string[] = Object.keys(KINDS)

const STATES: Record<string, string> = {
  planned: 'planned',
  running: 'it runs',
  waiting: 'Shopify works on it',
  refused: 'Shopify refused it',
  unknown: 'nobody knows its end',
  needs_person: 'it waits for a person',
  dropped: 'it was left out',
}

/** A step that was done and that Shopify does not know, not even when it is asked for by its id. */
export function missing(step: Pick<KnownStep, 'kind' | 'source'>, order: string): Found {
  const kind = KINDS[step.kind] ?? 'refund'
  const what = {
    refund: 'A refund',
    gift_card: 'A gift card',
    cancellation: 'The cancellation',
    reship: 'A reship',
    payout: 'A payout',
  }
  return {
    kind,
    difference: 'ours_only',
    words: `${what[kind]} for ${order} was done here${step.source ? ` (${step.source})` : ''}, and Shopify does not have it.`,
  }
}
