import type { Box } from '../../platform/keyring.ts'
import { openActionContent, openStepResult } from '../combined-actions/index.ts'
import type { LineTransaction } from './line.ts'

type Sealed = { id: string; actionId: string; result: Uint8Array | null; content: Uint8Array }

/** What is sealed of a step: its order's name, and what Shopify answered. */
export function openStep(
  box: Box,
  { id, actionId, result, content }: Sealed,
): { order: string; transactions: LineTransaction[]; reshipOrder: string | null } {
  const { name: order } = openActionContent(box, actionId, content).order
  const answer = result === null ? null : openStepResult(box, id, result)
  return {
    order,
    transactions: answer?.kind === 'refund' ? answer.transactions : [],
    reshipOrder: answer?.kind === 'reship' ? answer.name : null,
  }
}
