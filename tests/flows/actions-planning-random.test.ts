import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { LiveOrder } from '../../backend/features/combined-actions/planning/live-order.ts'
import { optionsOf } from '../../backend/features/combined-actions/planning/options.ts'
import { DeskError } from '../../backend/platform/errors.ts'
import {
  ActionInput,
  createCombinedAction,
  getCombinedAction,
  writeActionSettings,
} from '../../shared/combined-actions.ts'
import type { OrderRecord } from '../../workbench/emulators/shopify/store/records/orders.ts'
import { formsAt } from '../support/action-forms.ts'
import { ordersOf, plannerOf } from '../support/action-orders.ts'
import { type Random, randomFrom, seedOfRun } from '../support/random.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'

const ORDERS = 16
const seed = seedOfRun()

let desk: ShopDesk
let shop: ReturnType<typeof ordersOf>
let planner: ReturnType<typeof plannerOf>
beforeAll(async () => {
  desk = await startShopDesk()
  shop = ordersOf(desk.fern)
  planner = plannerOf(desk)
  const none = { action: null, order: null, customerYear: null, agentDay: null }
  const settings = { undoSeconds: 0, limits: { agent: none, supervisor: none, admin: none }, shopDay: null }
  await desk.as('ada').call(writeActionSettings, { body: settings })
})
afterAll(() => desk.stop())

const pick = <T>(random: Random, of: readonly T[]): T => of[Math.floor(random() * of.length)] as T
const upTo = (random: Random, most: number) => 1 + Math.floor(random() * most)

const anOrder = (random: Random): OrderRecord =>
  pick(random, [
    () => shop.buy(),
    () => shop.partly(),
    () => shop.sent(shop.buy()),
    () => shop.delivered(shop.mixed()),
    () => shop.openCash(),
    () => shop.delivered(shop.collected(shop.openCash())),
    () => shop.buy({ seenIn: { currency: 'SEK', rate: '13.37' } }),
    () => shop.mixed(),
  ])()

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

test('whatever can be planned Shopify does as it was planned, to the penny; the rest is refused with words', async () => {
  process.stderr.write(`SEED=${seed}\n`)
  const random = randomFrom(seed)
  const forms = formsAt(desk)
  let done = 0
  for (let n = 0; n < ORDERS; n++) {
    const order = anOrder(random)
    const live = await planner.read(order)
    const input = anInput(random, live)
    const planned = await planner.plan(live, input).catch((error: unknown) => error)
    if (planned instanceof DeskError) {
      expect(planned.code).toBe('invalid_request')
      expect(planned.fields?.every(({ message }) => /[.]$/.test(message))).toBe(true)
      continue
    }
    if (planned instanceof Error) throw planned
    const { ticketId, orderId } = await forms.about(order, order.email ?? '')
    const { id } = await desk.as('nora').call(createCombinedAction, { params: { ticketId, orderId }, body: input })
    for (let round = 0; round < 4; round++) {
      await desk.settle()
      await desk.travel('5 s')
    }
    await desk.settle()
    const action = await desk.as('nora').call(getCombinedAction, { params: { actionId: id } })
    const about = JSON.stringify({ order: live.name, stage: live.stage, input, problem: action.problem })
    expect([action.state, about]).toEqual(['done', about])
    const back = live.refundable.presentment.minor - (await planner.read(order)).refundable.presentment.minor
    const { plan } = planned as Awaited<ReturnType<typeof planner.plan>>
    expect([back, about]).toEqual([plan.steps.find(({ kind }) => kind === 'refund')?.customerAmount?.minor ?? 0, about])
    done++
  }
  expect(done).toBeGreaterThan(0)
}, 120_000)
