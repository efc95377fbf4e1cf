import { z } from 'zod'
import type { Ask, Tell } from '../asking.ts'
import { ShopifyRefused } from '../failures.ts'
import * as operations from '../operations/holds.ts'
import { Gid } from '../reading/values.ts'

const Held = z.object({ fulfillmentHold: z.object({ id: Gid }) })
const Released = z.object({ fulfillmentOrder: z.object({ id: Gid }).nullable() })
const Holds = z.object({
  fulfillmentOrder: z
    .object({
      fulfillmentHolds: z.array(z.object({ id: Gid, handle: z.string().nullable(), heldByRequestingApp: z.boolean() })),
    })
    .nullable(),
})

/** Holding goods back and letting them go again; errors as of `asker`. */
export function holdCalls(ask: Ask, tell: Tell) {
  const holdsOf = async (id: string) => {
    const { fulfillmentOrder } = await ask(operations.holdsOf, Holds, { variables: { id }, lane: 'money' })
    return fulfillmentOrder?.fulfillmentHolds ?? []
  }

  return {
    /**
     * Stops the warehouse. The same handle twice is one hold (facts/shopify-meta.md section 1.7).
     * @param handle at most 64 characters
     */
    async hold(
      fulfilmentOrderId: string,
      { handle, notes }: { handle: string; notes: string },
    ): Promise<{ holdId: string }> {
      const variables = { id: fulfilmentOrderId, hold: { reason: 'OTHER', reasonNotes: notes, handle } }
      try {
        const { done } = await tell(operations.hold, Held, { variables, lane: 'money' })
        return { holdId: done.fulfillmentHold.id }
      } catch (error) {
        if (!isHeldAlready(error)) throw error
        const ours = (await holdsOf(fulfilmentOrderId)).find(
          (hold) => hold.heldByRequestingApp && hold.handle === handle,
        )
        if (!ours) throw error
        return { holdId: ours.id }
      }
    },

    /** Lets the warehouse go on, as far as these holds go. Holds that are gone already count as released. */
    async releaseHold(fulfilmentOrderId: string, holdIds: string[]): Promise<void> {
      if (holdIds.length === 0) return // to Shopify that would mean all of them
      try {
        await tell(operations.releaseHold, Released, { variables: { id: fulfilmentOrderId, holdIds }, lane: 'money' })
      } catch (error) {
        if (!(error instanceof ShopifyRefused)) throw error
        const there = (await holdsOf(fulfilmentOrderId)).filter(({ id }) => holdIds.includes(id)).map(({ id }) => id)
        if (there.length === holdIds.length) throw error
        if (there.length > 0) await this.releaseHold(fulfilmentOrderId, there)
      }
    },
  }
}

const isHeldAlready = (error: unknown) =>
  error instanceof ShopifyRefused &&
  error.userErrors.some(({ code }) => code === 'DUPLICATE_FULFILLMENT_HOLD_HANDLE' || code === 'TAKEN')
