import type { LiveOrder } from '../../backend/features/combined-actions/planning/live-order.ts'
import { type Planned, planOf } from '../../backend/features/combined-actions/planning/planning.ts'
import { presetOf } from '../../backend/features/combined-actions/planning/presets.ts'
import { readForAction } from '../../backend/features/combined-actions/planning/reading.ts'
import { reasonsIn } from '../../backend/features/combined-actions/rules/reasons.ts'
import { shopifyIdOf } from '../../backend/features/orders/index.ts'
import { DeskError } from '../../backend/platform/errors.ts'
import type { ActionInput, ActionStart } from '../../shared/combined-actions.ts'
import type { OrderRecord } from '../../workbench/emulators/shopify/store/records/orders.ts'
import { collect } from '../../workbench/emulators/shopify/world/bank.ts'
import { CARD, ON_DELIVERY } from '../../workbench/emulators/shopify/world/paying.ts'
import { deliver, ship } from '../../workbench/emulators/shopify/world/warehouse.ts'
import type { ShopDesk } from './shop.ts'
import { addressOf, type ShopHands } from './shop-hands.ts'

/** Orders in the states that decide what can be made right, two teas and a mug each: 12.00, 12.00, 8.00 and 5.00 for the sending. */
export function ordersOf(hands: ShopHands) {
  const tea = hands.goods('Green tea', 1_200, 400)
  const mug = hands.goods('Mug', 800, 300)
  const customer = hands.customer({ email: 'ada@home.example' })
  const lineOf = ({ title, productId, variantId, price }: typeof tea, quantity: number) => ({
    title,
    productId,
    variantId,
    price,
    quantity,
  })
  const buy = (basket: Parameters<ShopHands['buy']>[0] = {}): OrderRecord =>
    hands.buy({
      customerId: customer.id,
      lines: [lineOf(tea, 2), lineOf(mug, 1)],
      shippingAddress: addressOf('Ada', 'Moss'),
      ...basket,
    })
  const sent = (order: OrderRecord): OrderRecord => {
    hands.ship(order.id, `RM${order.number}`)
    return order
  }
  const delivered = (order: OrderRecord): OrderRecord => {
    deliver(hands.shop, hands.ship(order.id, `RM${order.number}`).id)
    return order
  }
  const collected = (order: OrderRecord): OrderRecord => {
    collect(hands.shop, order.id)
    return order
  }
  return {
    tea,
    mug,
    customer,
    buy,
    sent,
    delivered,
    collected,
    /** One of the two teas has left. */
    partly: (basket: Parameters<ShopHands['buy']>[0] = {}): OrderRecord => {
      const order = buy(basket)
      const [first] = order.lines
      ship(hands.shop, order.id, { lines: [{ lineId: first?.id ?? '', quantity: 1 }] })
      return order
    },
    openCash: (): OrderRecord => buy({ paid: [ON_DELIVERY] }),
    /** 10.00 from a gift card, the rest by card. */
    mixed: (): OrderRecord => {
      const card = hands.giftCard({ code: `paid${hands.shop.newGid('GiftCard').split('/').at(-1)}`, minor: 1_000 })
      return buy({ paid: [{ gateway: 'gift_card', amount: 1_000, giftCardId: card.id }, CARD] })
    },
  }
}

/** What the desk makes of an order: our id, how it stands, and plans. */
export const plannerOf = (desk: ShopDesk) => {
  const idOf = async (order: Pick<OrderRecord, 'id'>): Promise<string> => {
    const { id } = await desk.read((tx) =>
      tx.shopOrder.findFirstOrThrow({ where: { workspaceId: desk.workspaceId, shopifyId: shopifyIdOf(order.id) } }),
    )
    return id
  }
  const read = async (order: Pick<OrderRecord, 'id'>): Promise<LiveOrder> => {
    await desk.settle()
    return readForAction(desk.ctx, desk.workspaceId, await idOf(order))
  }
  const plan = async (live: LiveOrder, input: ActionInput): Promise<Planned> =>
    planOf(desk.ctx, desk.workspaceId, { live, input, reasons: await desk.read(reasonsIn) })
  return {
    idOf,
    read,
    plan,
    /** A start as it is reviewed when nothing is typed; words when it makes no sense for the order. */
    async preset(start: ActionStart, order: Pick<OrderRecord, 'id'>): Promise<Planned | string> {
      const live = await read(order)
      const { input, why } = presetOf(start, live)
      return why ?? plan(live, input)
    },
    /** What is said of an intention that cannot be, by the path of its field. */
    async faults(live: LiveOrder, input: ActionInput): Promise<Record<string, string>> {
      const refused = await plan(live, input).then(
        () => null,
        (error: unknown) => error,
      )
      if (!(refused instanceof DeskError)) throw refused ?? new Error('It was planned')
      return Object.fromEntries((refused.fields ?? []).map(({ path, message }) => [path, message]))
    },
  }
}

/** Each step in one line, for reading: kind, words, and the amount in the shop's currency. */
export const stepsOf = ({ plan }: Planned) => plan.steps.map(({ kind, words }) => `${kind}: ${words}`)
