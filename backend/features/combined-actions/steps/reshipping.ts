import { OrderTaken, type ShopifyShop, ShopifyUnavailable } from '../../../clients/shopify/index.ts'
import { leftToPerson, lookAgain, type NotYet } from '../../../platform/journal.ts'
import { shopifyIdOf } from '../../orders/index.ts'
import { isTooOld } from './keys.ts'
import { ReshipResult } from './results.ts'
import { type Asked, stepEffect } from './step.ts'

/** Goods once more, as an order of its own. Shopify has no key for it: the mark is unique in the shop, and looked up before each try. */
export const reshipping = stepEffect({
  kind: 'reship',
  result: ReshipResult,
  comparesFirst: true,
  async run({ api, send }) {
    const there = await api.orderByMark(send.mark, 'money') // also makes the definition that keeps marks unique
    if (there) return resultOf(there)
    const { kind: _, orderId: __, lines, ...wish } = send
    try {
      return resultOf(
        await api.createOrder({ ...wish, lines: lines.map(({ variantId, quantity }) => ({ variantId, quantity })) }),
      )
    } catch (error) {
      if (!(error instanceof OrderTaken)) throw error
      return afterAll(api, send.mark, error)
    }
  },
  async find(asked) {
    const { ctx, api, send, entry } = asked
    const [found = null] = await ordersWith(api, send.mark)
    if (found) return resultOf(found)
    return isTooOld(ctx, entry) ? leftToPerson(TOO_OLD) : notTwice(asked)
  },
  says: ({ id }) => ({ source: `order/${shopifyIdOf(id)}` }),
  advice: (error) =>
    error.userErrors.some(({ code }) => code === 'INVENTORY_CLAIM_FAILED')
      ? 'It is sold out by now: choose something else to send, or refund instead.'
      : 'Nothing was sent again. Review this again, or refund instead.',
})

const TOO_OLD =
  'A day has passed since the goods were ordered again, and Shopify shows no order with our mark. Search for it in Shopify: if there is none, end this and begin again.'

/** Apart by so much, two looks that find nothing mean that there is nothing (facts/shopify-meta.md section 2.2). */
const APART_MS = 60_000

function notTwice({ ctx, entry }: Asked<'reship'>): NotYet | null {
  const now = ctx.clock.now()
  const first = entry.progress === null ? null : new Date(entry.progress)
  if (first === null) return lookAgain(now.toISOString(), APART_MS / 1_000)
  const left = first.getTime() + APART_MS - now.getTime()
  return left > 0 ? lookAgain(first.toISOString(), Math.ceil(left / 1_000)) : null
}

async function ordersWith(api: ShopifyShop, mark: string) {
  const marked = await api.orderByMark(mark, 'money')
  return marked ? [marked] : api.ordersBySource(mark, 'money')
}

/** The mark is taken, so an earlier try was carried out after all. */
async function afterAll(api: ShopifyShop, mark: string, cause: Error): Promise<ReshipResult> {
  const [found] = await ordersWith(api, mark).catch((error: unknown) => {
    throw new ShopifyUnavailable(NOT_SHOWN, { cause: error, mayHaveHappened: true })
  })
  if (!found) throw new ShopifyUnavailable(NOT_SHOWN, { cause, mayHaveHappened: true })
  return resultOf(found)
}

const NOT_SHOWN = 'Shopify has an order with our mark but does not show it yet.'

const resultOf = ({ id, name }: { id: string; name: string }): ReshipResult => ({ kind: 'reship', id, name })
