import { ActionInput, type ActionStart } from '../../../../shared/combined-actions.ts'
import { placesOf } from '../../../../shared/money.ts'
import { addressFaults } from './addresses.ts'
import type { LiveOrder } from './live-order.ts'
import { type Options, optionsOf } from './options.ts'
import { reshipFaults } from './reship.ts'

/** A form as it is when it opens; `why` says why this start makes no sense for the order as it is. */
export type Preset = { input: ActionInput; why: string | null }

type Parts = Partial<Omit<ActionInput, 'reason'>>
type Reship = NonNullable<ActionInput['reship']>
type Fill = (live: LiveOrder, can: Options) => Parts | string

/**
 * Fills a form from the state of the order, so that it can be confirmed as it is (docs/guides/combined-actions.md has the table). A single
 * part comes without a reason: that only the agent knows.
 */
export function presetOf(start: ActionStart, live: LiveOrder): Preset {
  const { reason, fill } = STARTS[start]
  const parts = fill(live, optionsOf(live))
  const filled = typeof parts === 'string' ? {} : parts
  return {
    input: ActionInput.parse({ reason: { code: reason }, ...filled }),
    why: typeof parts === 'string' ? parts : null,
  }
}

const STARTS: Record<ActionStart, { reason: string; fill: Fill }> = {
  spillage: { reason: 'spilled', fill: (live, can) => whenSent(live) ?? sendAgainOrPayBack(live, can) },
  lost_parcel: { reason: 'lost_in_post', fill: (live, can) => whenLost(live) ?? sendAgainOrPayBack(live, can) },
  wrong_item: { reason: 'wrong_item', fill: (live, can) => whenSent(live) ?? sendAgainOrPayBack(live, can) },
  late: { reason: 'late', fill: forWaiting },
  changed_mind: { reason: 'changed_mind', fill: takeBack },
  refund: { reason: '', fill: onlyRefund },
  gift_card: { reason: '', fill: (live, can) => can.giftCard.why ?? { giftCard: apology(live) } },
  reship: { reason: '', fill: (live, can) => can.reship.why ?? onlyReship(live, can) },
  cancel: { reason: '', fill: (_, can) => can.cancel.why ?? cancelling(can) },
  blank: { reason: '', fill: () => ({}) },
}

const whenSent = ({ name, stage }: LiveOrder): string | null =>
  stage === 'unsent' ? `Nothing of ${name} has been sent yet, so nothing can have arrived wrong.` : null

const whenLost = (live: LiveOrder): string | null =>
  live.stage === 'delivered'
    ? `The carrier says that ${live.name} was delivered. Ask where it was left, or choose the parts yourself.`
    : whenSent(live)

/** Goods first, as far as the shop has all of them; then money; then a card, when nothing else is possible. */
function sendAgainOrPayBack(live: LiveOrder, can: Options): Parts | string {
  const again = sendAgain(live, can)
  if (again) return { reship: again, hit: again.lines.map(({ lineId }) => lineId) }
  const route = routeBack(can)
  if (route) return { refund: { ...REFUND, what: 'all', to: route } }
  if (can.giftCard.why === null) return { giftCard: apology(live) }
  return `Nothing of ${live.name} can be sent again, and no money can be given back. Choose the parts yourself to see why.`
}

/** What was sent and kept, once more, to where it went; null when the shop cannot send all of it. */
function sendAgain(live: LiveOrder, can: Options): Reship | null {
  const { address, method } = can.reship
  const sent = live.lines
    .filter(({ isGiftCard }) => !isGiftCard)
    .map((line) => ({ lineId: line.id, quantity: line.left - line.unsent, variantId: null }))
    .filter(({ quantity }) => quantity > 0)
  if (sent.length === 0 || !address) return null
  const reship: Reship = { ...RESHIP, lines: sent, address, method }
  return reshipFaults(live, reship).length === 0 ? reship : null
}

/** The form of a reship alone: whatever it wants is said where it is typed. */
function onlyReship(live: LiveOrder, can: Options): Parts | string {
  const whole = sendAgain(live, can)
  if (whole) return { reship: whole }
  const { address, method, lines } = can.reship
  if (!address || addressFaults(address, []).length > 0)
    return `The address of ${live.name} is not complete. Choose the parts yourself and type it in.`
  const all = lines.map(({ lineId, most }) => ({ lineId, quantity: most, variantId: null }))
  return { reship: { ...RESHIP, lines: all, address, method } }
}

/** Where money can go without anything typed: back the way it came, when all of it can, or into store credit. */
function routeBack({ refund }: Options): 'original' | 'store_credit' | null {
  if (refund.why !== null) return null
  const [original, credit] = (['original', 'store_credit'] as const).map((to) =>
    refund.routes.find((one) => one.to === to),
  )
  if (original?.why === null && original.most.presentment.minor === refund.most.presentment.minor) return 'original'
  return credit?.why === null ? 'store_credit' : null
}

/** A card for the wait. Where none can be made: what was not sent is cancelled, and of the rest the shipping is given back, or a tenth. */
function forWaiting(live: LiveOrder, can: Options): Parts | string {
  const { name, cancelledAt, stage } = live
  if (cancelledAt !== null) return `${name} is cancelled, so nobody waits for it.`
  if (can.giftCard.why === null) return { giftCard: apology(live) }
  if (stage === 'unsent' && can.cancel.whole.why === null) return takeBack(live, can)
  const route = routeBack(can)
  if (route === null)
    return `${can.giftCard.why} No money can be given back by itself either. Choose the parts yourself.`
  if (can.refund.shipping.why === null) return { refund: { ...REFUND, what: 'shipping', to: route } }
  const { minor, currency } = can.refund.most.presentment
  return {
    refund: { ...REFUND, what: 'amount', amount: { minor: Math.max(1, Math.round(minor / 10)), currency }, to: route },
  }
}

/** What was not sent is cancelled and its money goes back; what was sent becomes store credit where there is a customer to hold it. */
function takeBack(live: LiveOrder, can: Options): Parts | string {
  const { name, cancelledAt, stage } = live
  if (cancelledAt !== null) return `${name} is cancelled already.`
  const route = routeBack(can)
  if (can.cancel.whole.why === null)
    return { ...cancelling(can), ...(route && { refund: { ...REFUND, what: 'all' as const, to: route } }) }
  if (can.cancel.why === null && stage === 'partly') {
    const lines = notPaidBack(can)
    const isOwed = route !== null && lines.length > 0
    return { ...cancelling(can), ...(isOwed && { refund: { ...REFUND, what: 'lines' as const, lines, to: route } }) }
  }
  if (route === null)
    return can.refund.why ?? `${name} was paid in cash. Choose «Only a refund» and type in who gets the money.`
  const lines = can.refund.lines.map(({ lineId, most }) => ({ lineId, quantity: most }))
  const to = can.refund.routes.find((one) => one.to === 'store_credit')?.why === null ? 'store_credit' : route
  return lines.length > 0
    ? { refund: { ...REFUND, what: 'lines', lines, to } }
    : { refund: { ...REFUND, what: 'all', to } }
}

/** What was not sent, as far as its money has not gone back. */
const notPaidBack = ({ cancel, refund }: Options) =>
  cancel.lines.flatMap(({ lineId, most }) => {
    const quantity = Math.min(most, refund.lines.find((line) => line.lineId === lineId)?.most ?? 0)
    return quantity > 0 ? [{ lineId, quantity }] : []
  })

function cancelling({ cancel }: Options): Pick<ActionInput, 'cancel'> {
  const lines = cancel.whole.why === null ? null : cancel.lines.map(({ lineId, most }) => ({ lineId, quantity: most }))
  return { cancel: { lines, restock: true, notify: false, reason: null } }
}

/** The form of a refund alone: a payout still wants to know to whom. */
function onlyRefund(_: LiveOrder, can: Options): Parts | string {
  if (can.refund.why !== null) return can.refund.why
  return { refund: { ...REFUND, what: 'all', to: routeBack(can) ?? 'payout' } }
}

/** A tenth of the order, in whole units and at least five of them, and no more than one card may hold. */
function apology({ shop, total, giftCards, customer }: LiveOrder): NonNullable<ActionInput['giftCard']> {
  const unit = 10 ** Math.max(2, placesOf(shop.currency)) // a hundred yen are about what one pound is
  const tenth = Math.round(total.shop.minor / 10 / unit) * unit
  const minor = Math.min(Math.max(tenth, 5 * unit), giftCards.limit?.minor ?? Number.MAX_SAFE_INTEGER)
  const notify = customer.cardsTo !== null
  return { amount: { minor, currency: shop.currency }, expiresOn: null, message: '', notify, reason: null }
}

const RESHIP = { pays: 'shop' as const, fee: null, notify: false, reason: null }
const REFUND = { lines: [], shipping: false, amount: null, payee: null, notify: false, reason: null }
