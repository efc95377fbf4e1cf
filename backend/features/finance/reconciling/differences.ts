import type { Reconciliation } from '../../../../shared/finance.ts'
import type { Box } from '../../../platform/keyring.ts'
import type { Tx } from '../../../platform/tenancy.ts'

export const WORDS = 'reconciliation_difference.words'

type Kind = Reconciliation['differences'][number]

/** One thing that stands differently here and in Shopify, in words for finance. */
export type Difference = Pick<Kind, 'kind' | 'difference' | 'words'> & { orderId: string | null }

/** Adds what a page of the comparison found. Its row is locked by the caller, so that positions follow each other. */
export async function addDifferences(
  tx: Tx,
  box: Box,
  reconciliation: { id: string; differences: number },
  found: readonly Difference[],
): Promise<void> {
  if (found.length === 0) return
  const { id: reconciliationId } = reconciliation
  await tx.reconciliationDifference.createMany({
    data: found.map(({ words, ...difference }, at) => {
      const position = reconciliation.differences + at
      const sealed = box.seal(WORDS, `${reconciliationId}/${position}`, words)
      return { ...difference, workspaceId: tx.workspaceId, reconciliationId, position, words: sealed }
    }),
  })
}
