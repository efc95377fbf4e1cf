import type { Planned } from '../../../backend/features/combined-actions/planning/planning.ts'
import type { ApprovalCause } from '../../../shared/combined-actions.ts'
import type { OrderRecord } from '../../../workbench/emulators/shopify/store/records/orders.ts'
import { ordersOf } from '../action-orders.ts'
import { actionsAt, everything, firstLine } from '../action-plans.ts'
import type { Random } from '../random.ts'
import type { ShopDesk } from '../shop.ts'

/** What an agent does, and the calls of the worker that it leads to. */
type Kind = {
  name: string
  order: (shop: ReturnType<typeof ordersOf>) => OrderRecord
  parts: (order: OrderRecord) => object
  calls: string[]
}

const HELD = ['Hold', 'Standing']
const KINDS: Kind[] = [
  {
    name: 'everything for goods that came spilled',
    order: (shop) => shop.delivered(shop.buy()),
    parts: everything,
    calls: ['Standing', 'OrderByMark', 'CreateOrder', 'Refund', 'CreateGiftCard', 'AddTags'],
  },
  {
    name: 'a refund to a gift card and a card',
    order: (shop) => shop.delivered(shop.mixed()),
    parts: () => ({ refund: { what: 'all' } }),
    calls: ['Standing', 'Refund', 'AddTags'],
  },
  {
    name: 'a whole order that was not sent',
    order: (shop) => shop.buy(),
    parts: () => ({ cancel: { lines: null }, refund: { what: 'all' } }),
    calls: [...HELD, 'Refund', 'CancelOrder', 'CancelJob', 'AddTags'],
  },
  {
    name: 'one line of an order that was not sent',
    order: (shop) => shop.buy(),
    parts: (order) => {
      const lines = [{ lineId: firstLine(order), quantity: 1 }]
      return { cancel: { lines }, refund: { what: 'lines', lines } }
    },
    calls: [...HELD, 'Refund', 'AddTags', 'ReleaseHold'],
  },
  {
    name: 'an order whose cash was not collected',
    order: (shop) => shop.openCash(),
    parts: () => ({ cancel: { lines: null } }),
    calls: [...HELD, 'CancelOrder', 'CancelJob', 'AddTags'],
  },
  {
    name: 'cash that goes back by hand',
    order: (shop) => shop.delivered(shop.collected(shop.openCash())),
    parts: () => ({
      refund: { what: 'all', to: 'payout', payee: { name: 'Ada Moss', account: 'GB33BUKB20201555555555' } },
    }),
    calls: ['Standing', 'Refund', 'AddTags'],
  },
  {
    name: 'an order in two currencies',
    order: (shop) => shop.delivered(shop.buy({ seenIn: { currency: 'SEK', rate: '12.8' } })),
    parts: (order) => ({
      refund: { what: 'lines', lines: [{ lineId: firstLine(order), quantity: 1 }] },
      giftCard: { amount: { minor: 300, currency: 'GBP' } },
    }),
    calls: ['Standing', 'Refund', 'CreateGiftCard', 'AddTags'],
  },
  {
    name: 'goods that are only sent again',
    order: (shop) => shop.delivered(shop.buy()),
    parts: (order) => ({ reship: everything(order).reship }),
    calls: ['Standing', 'DefineMark', 'OrderByMark', 'CreateOrder', 'AddTags'],
  },
  {
    name: 'only a gift card',
    order: (shop) => shop.delivered(shop.buy()),
    parts: () => ({ giftCard: { amount: { minor: 700, currency: 'GBP' } } }),
    calls: ['Standing', 'CreateGiftCard', 'AddTags'],
  },
]

/** What a person does besides confirming. */
export const WAYS = ['confirmed', 'confirmed', 'confirmed', 'undone', 'approved', 'declined'] as const
export type Way = (typeof WAYS)[number]

/** One action that is to survive. */
export type Case = {
  name: string
  way: Way
  calls: string[]
  order: OrderRecord
  planned: Planned
  causes: ApprovalCause[]
}

const oneOf = <T>(random: Random, all: readonly T[]): T => {
  const one = all[Math.floor(random() * all.length)]
  if (one === undefined) throw new Error('There is nothing to choose from')
  return one
}

/** Orders are bought and plans are made before anything dies: what an agent reviewed. */
export async function drawCases(desk: ShopDesk, random: Random, count: number): Promise<Case[]> {
  const shop = ordersOf(desk.fern)
  const actions = actionsAt(desk)
  const cases: Case[] = []
  for (let number = 0; number < count; number++) {
    const kind = number < KINDS.length ? (KINDS[number] as Kind) : oneOf(random, KINDS)
    const drawn = oneOf(random, WAYS)
    const order = kind.order(shop)
    const planned = await actions.planFor(order, kind.parts(order))
    const way = drawn === 'undone' && planned.value.minor === 0 ? 'confirmed' : drawn // without money nothing waits to be undone
    const causes: ApprovalCause[] = way === 'approved' || way === 'declined' ? ['action_limit'] : []
    cases.push({ name: `${kind.name}, ${way}`, way, calls: kind.calls, order, planned, causes })
  }
  return cases
}

export { oneOf }
