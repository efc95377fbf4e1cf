import { z } from 'zod'
import { Money } from '../../../../shared/money.ts'
import type { Box } from '../../../platform/keyring.ts'

const Both = z.object({ shop: Money, presentment: Money })
const Instant = z.iso.datetime()

/** What Shopify answered to a step that is done. Instants in UTC. */
export const HoldResult = z.object({
  kind: z.literal('hold'),
  holds: z.array(z.object({ fulfilmentOrderId: z.string(), holdId: z.string() })),
})
export type HoldResult = z.infer<typeof HoldResult>
export const ReshipResult = z.object({ kind: z.literal('reship'), id: z.string(), name: z.string() })
export type ReshipResult = z.infer<typeof ReshipResult>
export const RefundResult = z.object({
  kind: z.literal('refund'),
  id: z.string(),
  at: Instant,
  amount: Both,
  /** As they were when the refund was made: a refund has not moved money before each of them says SUCCESS. */
  transactions: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      gateway: z.string(),
      amount: Both,
      parentId: z.string().nullable(),
    }),
  ),
})
export type RefundResult = z.infer<typeof RefundResult>
export const CancelResult = z.object({ kind: z.literal('cancel'), at: Instant })
export type CancelResult = z.infer<typeof CancelResult>
export const GiftCardResult = z.object({ kind: z.literal('gift_card'), id: z.string(), last: z.string() })
export type GiftCardResult = z.infer<typeof GiftCardResult>
export const TagResult = z.object({ kind: z.literal('tag') })
export type TagResult = z.infer<typeof TagResult>
export const ReleaseResult = z.object({ kind: z.literal('release'), released: z.int() })
export type ReleaseResult = z.infer<typeof ReleaseResult>

export const StepResult = z.discriminatedUnion('kind', [
  HoldResult,
  ReshipResult,
  RefundResult,
  CancelResult,
  GiftCardResult,
  TagResult,
  ReleaseResult,
])
export type StepResult = z.infer<typeof StepResult>

const PLACE = 'action_step.result'

export const sealStepResult = (box: Box, stepId: string, result: StepResult): Buffer<ArrayBuffer> =>
  box.seal(PLACE, stepId, JSON.stringify(result))

export const openStepResult = (box: Box, stepId: string, sealed: Uint8Array): StepResult =>
  StepResult.parse(JSON.parse(box.openText(PLACE, stepId, sealed)))
