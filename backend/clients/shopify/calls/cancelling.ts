import { z } from 'zod'
import type { CancelWish } from '../acts.ts'
import type { Ask, Tell } from '../asking.ts'
import * as operations from '../operations/cancelling.ts'
import { Gid } from '../reading/values.ts'

const Begun = z.object({ jobResult: z.object({ id: Gid }).nullable() })
const Job = z.object({
  node: z
    .object({ done: z.boolean(), status: z.string(), errors: z.array(z.object({ message: z.string() })) })
    .nullable(),
})

/** Cancelling an order, which Shopify does in a job of its own; errors as of `asker`. */
export function cancelCalls(ask: Ask, tell: Tell) {
  return {
    /**
     * Cancels a whole order, for good; Shopify does it a little later. It moves no money, but lets go of what was only authorised.
     * @returns the work to ask `cancelJob` about; null when Shopify names none: look at `standing` then
     * @throws ShopifyRefused also when the order is cancelled already: the staff note of its `standing` says by whom
     */
    async cancelOrder({ orderId, ...wish }: CancelWish): Promise<{ jobId: string | null }> {
      const call = { variables: { id: orderId, ...wish }, lane: 'money' as const }
      const { done } = await tell(operations.cancelOrder, Begun, call)
      return { jobId: done.jobResult?.id ?? null }
    },

    /** Whether a cancellation is over, and why it failed. One that Shopify has forgotten is over: look at `standing`. */
    async cancelJob(jobId: string): Promise<{ done: boolean; failed: string[] }> {
      const { node } = await ask(operations.cancelJob, Job, { variables: { id: jobId }, lane: 'money' })
      if (!node) return { done: true, failed: [] }
      const failed = node.errors.map(({ message }) => message)
      return { done: node.done, failed: node.status === 'FAILED' && failed.length === 0 ? ['It failed.'] : failed }
    },
  }
}
