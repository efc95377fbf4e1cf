import type { Tx } from '../../platform/tenancy.ts'

/** Reason codes in English, retired ones too; 200 at most. */
export async function reasonLabels(tx: Tx): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.reasonCode.findMany({
    where: { workspaceId: tx.workspaceId },
    select: { id: true, labels: true },
  })
  return new Map(rows.map(({ id, labels }) => [id, (labels as Record<string, string>)['en'] ?? id]))
}
