import { z } from 'zod'
import { toDecimal } from '../../../../shared/money.ts'
import type { FoundOrder, ReshipWish } from '../acts.ts'
import type { Ask, Tell } from '../asking.ts'
import { OrderTaken, ShopifyRefused } from '../failures.ts'
import * as operations from '../operations/reships.ts'
import { Gid, Instant } from '../reading/values.ts'
import { searchTerm } from '../searching.ts'
import type { Lane } from '../throttling.ts'
import { addressInput } from './address.ts'

const Made = z.object({ order: z.object({ id: Gid, name: z.string() }) })
const Found = z.object({ id: Gid, name: z.string(), cancelledAt: Instant.nullable() })
const ByMark = z.object({ orderByIdentifier: Found.nullable() })
const BySource = z.object({
  orders: z.object({ nodes: z.array(Found.extend({ sourceIdentifier: z.string().nullable() })) }),
})
const Defined = z.object({ createdDefinition: z.object({ id: Gid }) })

/** The app's own, so that nobody else writes into it. */
const MARK = { namespace: '$app:sidedesk', key: 'action_step' }

/** Orders of our own that send goods again for nothing; errors as of `asker`. */
export function reshipCalls(ask: Ask, tell: Tell) {
  /**
   * Makes the metafield by which an order is found, whose values are unique (facts/shopify-meta.md section 1.6). Once a shop is
   * enough; repeating it does nothing. Before it `createOrder` could make two orders of one mark.
   */
  async function ensureMarkDefinition(): Promise<void> {
    const definition = { ...MARK, name: 'Sidedesk action', ownerType: 'ORDER', type: 'id' }
    try {
      await tell(operations.defineMark, Defined, { variables: { definition }, lane: 'money' })
    } catch (error) {
      if (!isTaken(error)) throw error
    }
  }

  const byMark = async (mark: string, lane: Lane): Promise<FoundOrder | null> => {
    const variables = { identifier: { customId: { ...MARK, value: mark } } }
    return (await ask(operations.orderByMark, ByMark, { variables, lane })).orderByIdentifier
  }

  return {
    ensureMarkDefinition,

    /**
     * A new order for the same customer at no price, with stock taken from the shelf as the shop's own rules allow. Call
     * `ensureMarkDefinition` first.
     * @throws OrderTaken when an order bears this mark: find it with `orderByMark`
     * @throws ShopifyRefused with what is wrong; INVENTORY_CLAIM_FAILED when it is sold out
     */
    async createOrder(wish: ReshipWish): Promise<{ id: string; name: string }> {
      const options = { inventoryBehaviour: 'DECREMENT_OBEYING_POLICY', sendReceipt: wish.notify }
      const call = { variables: { order: orderInput(wish), options }, lane: 'money' as const }
      try {
        return (await tell(operations.createOrder, Made, call)).done.order
      } catch (error) {
        throw isMarkTaken(error) ? new OrderTaken('An order bears this mark already.', { cause: error }) : error
      }
    },

    /** The order with this mark, straight from Shopify's books; null when there is none. */
    async orderByMark(mark: string, lane: Lane): Promise<FoundOrder | null> {
      try {
        return await byMark(mark, lane)
      } catch (error) {
        if (!(error instanceof ShopifyRefused) || !error.codes.includes('NOT_FOUND')) throw error
        await ensureMarkDefinition() // without it Shopify cannot tell whether there is one
        return byMark(mark, lane)
      }
    },

    /** Orders with this mark as their source, by Shopify's search, which lags some seconds behind writes. */
    async ordersBySource(mark: string, lane: Lane): Promise<FoundOrder[]> {
      const variables = { query: searchTerm('source_identifier', mark) }
      const { nodes } = (await ask(operations.ordersBySource, BySource, { variables, lane })).orders
      return nodes
        .filter(({ sourceIdentifier }) => sourceIdentifier === mark)
        .map(({ id, name, cancelledAt }) => ({ id, name, cancelledAt }))
    },
  }
}

function orderInput({ mark, customerId, email, lines, address, method, fee, currency, note, tags }: ReshipWish) {
  const free = { shopMoney: { amount: toDecimal({ minor: 0, currency }), currencyCode: currency } }
  return {
    // left out, a line of orderCreate would need no shipping, and nobody would send it
    lineItems: lines.map((line) => ({ ...line, priceSet: free, requiresShipping: true })),
    shippingLines: [{ title: method, priceSet: { shopMoney: { amount: toDecimal(fee), currencyCode: fee.currency } } }],
    ...(customerId && { customer: { toAssociate: { id: customerId } } }),
    ...(email && { email }),
    shippingAddress: addressInput(address),
    currency,
    financialStatus: fee.minor === 0 ? 'PAID' : 'PENDING',
    sourceIdentifier: mark,
    metafields: [{ ...MARK, type: 'id', value: mark }],
    note,
    tags,
  }
}

const isTaken = (error: unknown) =>
  error instanceof ShopifyRefused &&
  error.userErrors.length > 0 &&
  error.userErrors.every(({ code }) => code === 'TAKEN')

/** Which of Shopify's codes it is was never recorded: the field and the words say it. */
const isMarkTaken = (error: unknown) =>
  error instanceof ShopifyRefused &&
  error.userErrors.some(
    ({ field, code, message }) =>
      (field ?? []).includes('metafields') && (code === 'TAKEN' || /already|taken|unique/i.test(message)),
  )
