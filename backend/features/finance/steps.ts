import { z } from 'zod'
import { Money } from '../../../shared/money.ts'
import type { Box } from '../../platform/keyring.ts'
import type { LineTransaction } from './line.ts'

const Amounts = z.object({ shop: Money, presentment: Money })

/** What the books need of a step's result, whichever kind it is of. */
const Result = z.object({
  transactions: z
    .array(
      z.object({
        id: z.string(),
        status: z.string(),
        gateway: z.string().nullable(),
        parentId: z.string().nullable(),
        amount: Amounts,
      }),
    )
    .default([]),
  name: z.string().optional(),
})

const Content = z.object({ order: z.object({ name: z.string() }) })

type Sealed = { id: string; actionId: string; result: Uint8Array | null; content: Uint8Array }

/** Opens what is sealed of a step: the order's name, and what Shopify answered. */
export function openStep(
  box: Box,
  { id, actionId, result, content }: Sealed,
): { order: string; transactions: LineTransaction[]; reshipOrder: string | null } {
  const { order } = Content.parse(JSON.parse(box.openText('combined_action.content', actionId, content)))
  const answer = Result.parse(result === null ? {} : JSON.parse(box.openText('action_step.result', id, result)))
  return { order: order.name, transactions: answer.transactions, reshipOrder: answer.name ?? null }
}
