import type { Box } from '../../../platform/keyring.ts'
import type { Tx } from '../../../platform/tenancy.ts'

/** Custom fields of a ticket or a customer, by their labels. */
export async function fieldsOfOwner(tx: Tx, box: Box, ownerId: string): Promise<Record<string, string>> {
  const values = await tx.fieldValue.findMany({
    where: { workspaceId: tx.workspaceId, ownerId },
    include: { field: { select: { label: true } }, choice: { select: { label: true } } },
  })
  return Object.fromEntries(
    values.map(({ field, choice, value, fieldId }) => [
      field.label,
      choice?.label ?? (value ? box.openText('field_value.value', `${ownerId}/${fieldId}`, value) : ''),
    ]),
  )
}
