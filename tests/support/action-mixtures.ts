import { expect } from '@jest/globals'
import type { LiveLine, LiveOrder } from '../../backend/features/combined-actions/planning/live-order.ts'
import { optionsOf } from '../../backend/features/combined-actions/planning/options.ts'
import { DeskError } from '../../backend/platform/errors.ts'
import { ActionInput, type ActionView, createCombinedAction, getCombinedAction } from '../../shared/combined-actions.ts'
import type { OrderRecord } from '../../workbench/emulators/shopify/store/records/orders.ts'
import { CARD } from '../../workbench/emulators/shopify/world/paying.ts'
import { formsAt, withoutLimits } from './action-forms.ts'
import { ordersOf, plannerOf } from './action-orders.ts'
import { type Random, randomFrom, seedOfRun } from './random.ts'
import type { ShopDesk } from './shop.ts'
import type { ShopHands } from './shop-hands.ts'

const pick = <T>(random: Random, of: readonly T[]): T => of[Math.floor(random() * of.length)] as T
const upTo = (random: Random, most: number) => 1 + Math.floor(random() * most)

const anOrder = (random: Random, shop: ReturnType<typeof ordersOf>, hands: ShopHands): OrderRecord =>
  pick(random, [
    () => shop.buy(),
    () => shop.partly(),
    () => shop.sent(shop.buy()),
    () => shop.delivered(shop.mixed()),
    () => shop.openCash(),
    () => shop.delivered(shop.collected(shop.openCash())),
    () => shop.buy({ seenIn: { currency: 'SEK', rate: '13.37' } }),
    () => shop.mixed(),
    () => shop.buy({ seenIn: { currency: 'JPY', rate: '191.37' } }),
    () =>
      shop.delivered(shop.buy({ seenIn: { currency: 'KWD', rate: '0.4031' }, discount: { code: 'FERN', percent: 7 } })),
    () => shop.partly({ discount: { code: 'THIRD', percent: 33 } }),
    () => hands.change(shop.delivered(shop.buy()).id, { taxesIncluded: false }),
    () =>
      shop.buy({
        paid: [
          { ...CARD, amount: 1_111 },
          { ...CARD, card: { company: 'Visa', last4: '1881' } },
        ],
      }),
    () => refundedBefore(shop.delivered(shop.buy()), hands, upTo(random, 3_000)),
    () => refundedBefore(shop.buy({ seenIn: { currency: 'SEK', rate: '13.37' } }), hands, upTo(random, 3_000)),
  ])()

function refundedBefore(order: OrderRecord, hands: ShopHands, minor: number): OrderRecord {
  hands.refund(order.id, minor)
  return order
}

/** Any mixture of what the order allows, as far as one part at a time can tell. */
function anInput(random: Random, live: LiveOrder): ActionInput {
  const can = optionsOf(live)
  const some = <T extends { lineId: string; most: number }>(lines: readonly T[]) =>
    lines.filter(() => random() < 0.7).map(({ lineId, most }) => ({ lineId, quantity: upTo(random, most) }))
  const wants = (why: string | null) => why === null && random() < 0.6
  const what = pick(random, ['all', 'lines', 'shipping', 'amount'] as const)
  const route = pick(
    random,
    can.refund.routes.filter(({ why }) => why === null),
  )
  const most = route?.most.presentment
  const payee = { name: 'Ada Moss', account: 'GB33BUKB20201555555555' }
  return ActionInput.parse({
    reason: { code: 'damaged' },
    ...(wants(can.cancel.why) && {
      cancel: {
        lines: can.cancel.whole.why === null && random() < 0.5 ? null : some(can.cancel.lines),
        restock: random() < 0.7,
      },
    }),
    ...(wants(can.reship.why) && {
      reship: {
        lines: can.reship.lines.map(({ lineId }) => ({ lineId, quantity: 1 })),
        address: live.address,
        method: 'Standard',
      },
    }),
    ...(route &&
      most &&
      wants(can.refund.why) && {
        refund: {
          what,
          lines: what === 'lines' ? some(can.refund.lines) : [],
          shipping: random() < 0.3,
          to: route.to,
          payee: route.to === 'payout' ? payee : null,
          amount: what === 'amount' || random() < 0.2 ? { ...most, minor: upTo(random, most.minor) } : null,
        },
      }),
    ...(wants(can.giftCard.why) && { giftCard: { amount: { minor: upTo(random, 2_000), currency: 'GBP' } } }),
  })
}

/**
 * Any mixtures of parts on any orders: each is refused with words, or planned, and then done as it was planned, to the penny; what was
 * cancelled is not sent, and what was not is.
 * @param count how many are to be done
 */
export async function tryMixtures(desk: ShopDesk, count: number): Promise<void> {
  const seed = seedOfRun()
  process.stderr.write(`SEED=${seed}\n`)
  const random = randomFrom(seed)
  await withoutLimits(desk)
  const shop = ordersOf(desk.fern)
  const planner = plannerOf(desk)
  for (let done = 0; done < count; ) {
    const order = anOrder(random, shop, desk.fern)
    const live = await planner.read(order)
    const input = anInput(random, live)
    const planned = await planner.plan(live, input).catch(refusal)
    if (planned === null) continue
    const action = await carryOut(desk, order, input)
    const about = JSON.stringify({ order: live.name, stage: live.stage, input, problem: action.problem })
    expect([about, action.state]).toEqual([about, 'done'])
    const now = await planner.read(order)
    const refund = planned.plan.steps.find(({ kind }) => kind === 'refund')
    const back = live.refundable.presentment.minor - now.refundable.presentment.minor
    expect([about, back]).toEqual([about, refund?.customerAmount?.minor ?? 0])
    expect([about, now.lines.map(({ unsent }) => unsent)]).toEqual([about, live.lines.map(toSendAfter(input))])
    expect([about, now.fulfilmentOrders.filter(({ status }) => status === 'ON_HOLD')]).toEqual([about, []])
    done++
  }
}

function refusal(error: unknown): null {
  if (!(error instanceof DeskError)) throw error
  expect(error.code).toBe('invalid_request')
  expect(error.fields?.every(({ message }) => /[.]$/.test(message))).toBe(true)
  return null
}

async function carryOut(desk: ShopDesk, order: OrderRecord, input: ActionInput): Promise<ActionView> {
  const { ticketId, orderId } = await formsAt(desk).about(order, order.email ?? '')
  const { id } = await desk.as('nora').call(createCombinedAction, { params: { ticketId, orderId }, body: input })
  for (let round = 0; round < 4; round++) {
    await desk.settle()
    await desk.travel('5 s') // Shopify takes a second to cancel
  }
  await desk.settle()
  return desk.as('nora').call(getCombinedAction, { params: { actionId: id } })
}

const toSendAfter =
  ({ cancel }: ActionInput) =>
  ({ id, unsent }: LiveLine): number => {
    if (cancel === null) return unsent
    if (cancel.lines === null) return 0
    return unsent - (cancel.lines.find(({ lineId }) => lineId === id)?.quantity ?? 0)
  }
