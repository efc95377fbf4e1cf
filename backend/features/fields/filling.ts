import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Mask } from '../../platform/mask.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { customerFieldSet, ticketFieldSet } from './events.ts'
import { readValue } from './reading-value.ts'
import { type Field, type FieldRow, fieldsSql, type Owner, openField, sealValue, wordsOf } from './rows.ts'

/** All fields of an owner, opened, in their order. */
export async function fieldsOf(tx: Tx, box: Box, owner: Owner): Promise<Field[]> {
  const rows = await tx.$queryRaw<FieldRow[]>(fieldsSql(tx.workspaceId, owner))
  return rows.map((row) => openField(box, owner.id, row))
}

/** How values are kept: gift card codes are taken out of what is typed. */
export type Keeping = { box: Box; mask: Mask }

type Change = { id: string; field: Field; value: string | null }

/**
 * Fills in fields of an owner that the caller has locked. What is as it was is no change.
 * @param values by the id of the field; fields that are not named stay
 * @throws DeskError invalid_request that names the field, before anything is written
 */
export async function fillIn(
  tx: Tx,
  { box, mask }: Keeping,
  owner: Owner,
  values: Readonly<Record<string, string | null>>,
  by: Actor,
): Promise<void> {
  const fields = await fieldsOf(tx, box, owner)
  const changes = Object.entries(values).flatMap(([fieldId, given]): Change[] => {
    const field = fieldNamed(fields, fieldId)
    const read = readValue(field, given, field.value)
    const value = field.kind === 'text' && read !== null ? mask(read) : read
    if (value === field.value) return []
    if (field.ended) throw new DeskError('invalid_request', `${field.label}: this field is not asked for any more.`)
    return [{ id: newId(tx.now), field, value }]
  })
  if (changes.length === 0) return
  await writeValues(tx, box, owner, changes)
  await noteChanges(tx, box, owner, changes, by)
  await record(
    tx,
    changes.map(({ id: changeId, field: { id: fieldId }, value }) => {
      const facts = { fieldId, changeId, cleared: value === null, by }
      return owner.about === 'ticket'
        ? ticketFieldSet({ ticketId: owner.id, ...facts })
        : customerFieldSet({ customerId: owner.id, ...facts })
    }),
  )
}

function fieldNamed(fields: readonly Field[], id: string): Field {
  const field = fields.find((each) => each.id === id)
  if (!field) throw new DeskError('invalid_request', 'One of these fields is not asked for here. Open the form again.')
  return field
}

async function writeValues(tx: Tx, box: Box, owner: Owner, changes: readonly Change[]): Promise<void> {
  const emptied = changes.flatMap(({ field, value }) => (value === null ? [field.id] : []))
  await tx.fieldValue.deleteMany({
    where: { workspaceId: tx.workspaceId, ownerId: owner.id, fieldId: { in: emptied } },
  })
  const rows = changes.flatMap(({ field, value }) => {
    if (value === null) return []
    const kept = field.kind === 'choice' ? { choice: value } : { value: sealValue(box, owner.id, field.id, value) }
    return [{ field: field.id, ...kept }]
  })
  await tx.$executeRaw`
    insert into desk.field_value (workspace_id, owner_id, field_id, value, choice_id, changed_at)
    select ${tx.workspaceId}::uuid, ${owner.id}::uuid, field, decode(value, 'base64'), choice, ${tx.now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (field uuid, value text, choice uuid)
    on conflict (workspace_id, owner_id, field_id) do update
      set value = excluded.value, choice_id = excluded.choice_id, changed_at = excluded.changed_at`
}

async function noteChanges(tx: Tx, box: Box, owner: Owner, changes: readonly Change[], by: Actor): Promise<void> {
  await tx.fieldChange.createMany({
    data: changes.map(({ id, field, value }) => ({
      workspaceId: tx.workspaceId,
      id,
      ownerId: owner.id,
      fieldId: field.id,
      byKind: by.kind,
      byId: by.id,
      content: box.seal(
        'field_change.content',
        id,
        JSON.stringify({ before: wordsOf(field, field.value), after: wordsOf(field, value) }),
      ),
      changedAt: tx.now,
    })),
  })
}
