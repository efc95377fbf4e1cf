import type { ActionSettings } from '../../../../shared/combined-actions.ts'
import type { Given } from '../rules/given.ts'
import { type Cause, limitCauses, roleOf } from '../rules/limits.ts'

/** Something that an order got: by an action of ours, or by anybody in Shopify. */
export type PastGift = {
  at: number
  shopId: string
  orderId: string | null
  /** Whose it is: an address, a customer of the shop. */
  customers: readonly string[]
  /** Of the shop, YYYY-MM-DD. */
  day: string
  byId: string | null
  minor: number
}

/** An action as it was confirmed, with what came of it. */
export type PastAction = PastGift & {
  id: string
  ticketId: string
  byId: string
  byRole: string
  currency: string
  /** What was confirmed; `minor` is what it gave in the end. */
  valueMinor: number
}

export type Weighed = { action: PastAction; was: Cause[]; will: Cause[] }

const YEAR_MS = 366 * 86_400_000

/**
 * Weighs actions again, each against what had been given when it was confirmed. Pure.
 * @param gifts what others gave, in the order of time
 * @param actions in the order of time
 * @param since actions before are not weighed, and count for those after them
 */
export function weighPast(
  gifts: readonly PastGift[],
  actions: readonly PastAction[],
  since: number,
  settings: { today: ActionSettings; tried: ActionSettings },
): Weighed[] {
  const sums = new Sums()
  const weighed: Weighed[] = []
  let next = 0
  for (const action of actions) {
    for (let gift = gifts[next]; gift && gift.at <= action.at; gift = gifts[++next]) sums.add(gift)
    if (action.at >= since) weighed.push(weigh(action, sums.before(action), settings))
    sums.add(action)
  }
  return weighed
}

function weigh(action: PastAction, given: Given, { today, tried }: Parameters<typeof weighPast>[3]): Weighed {
  const value = { minor: action.valueMinor, currency: action.currency }
  const by = (settings: ActionSettings) => limitCauses(given, value, roleOf(action.byRole), settings)
  return { action, was: by(today), will: by(tried) }
}

/** What was given so far, by whatever limits ask about. */
class Sums {
  #orders = new Map<string, number>()
  #agentDays = new Map<string, number>()
  #shopDays = new Map<string, number>()
  /** Each gift stands under every name of its customer. */
  #customers = new Map<string, PastGift[]>()

  add(gift: PastGift): void {
    const { orderId, byId, shopId, day, minor } = gift
    if (orderId !== null) raise(this.#orders, orderId, minor)
    if (byId !== null) raise(this.#agentDays, `${byId}/${day}`, minor)
    raise(this.#shopDays, `${shopId}/${day}`, minor)
    for (const customer of gift.customers) {
      const known = this.#customers.get(customer)
      if (known) known.push(gift)
      else this.#customers.set(customer, [gift])
    }
  }

  before({ orderId, byId, shopId, day, customers, at }: PastAction): Given {
    const theirs = new Set(customers.flatMap((customer) => this.#customers.get(customer) ?? []))
    return {
      order: this.#orders.get(orderId ?? '') ?? 0,
      agentDay: this.#agentDays.get(`${byId}/${day}`) ?? 0,
      shopDay: this.#shopDays.get(`${shopId}/${day}`) ?? 0,
      customerYear: [...theirs].reduce((sum, gift) => (gift.at >= at - YEAR_MS ? sum + gift.minor : sum), 0),
    }
  }
}

const raise = (sums: Map<string, number>, key: string, minor: number) => sums.set(key, (sums.get(key) ?? 0) + minor)
