import { objectKey } from '../../../clients/objects/index.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { removeObjectsLater } from '../../intake/index.ts'

/** Where the sealed file of an export says that it belongs. */
export const PART = 'customer_export_part'

/** Takes the files of these exports away; that they were made and taken stays. */
export async function removeParts(tx: Tx, exportIds: readonly string[]): Promise<void> {
  const { workspaceId } = tx
  const parts = await tx.customerExportPart.findMany({ where: { workspaceId, exportId: { in: [...exportIds] } } })
  await tx.customerExportPart.deleteMany({ where: { workspaceId, exportId: { in: [...exportIds] } } })
  await tx.customerExport.updateMany({ where: { workspaceId, id: { in: [...exportIds] } }, data: { state: 'gone' } })
  await removeObjectsLater(
    tx,
    parts.map(({ id }) => objectKey(workspaceId, id)),
  )
}

/** Files of what is kept of a customer who is forgotten. @returns how many there were */
export async function forgetExports(tx: Tx, customerId: string): Promise<number> {
  const { workspaceId } = tx
  const where = { workspaceId, customerId, state: { not: 'gone' } }
  const kept = await tx.customerExport.findMany({ where, select: { id: true } })
  await removeParts(
    tx,
    kept.map(({ id }) => id),
  )
  return kept.length
}
