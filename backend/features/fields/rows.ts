import type { FieldKind, FilledField } from '../../../shared/fields.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Box } from '../../platform/keyring.ts'

/** Whose values: of a ticket only fields of its category are asked for. */
export type Owner = { about: 'ticket' | 'customer'; id: string; category: string | null }

export type Choice = { id: string; label: string; retired: boolean }

export type FieldRow = {
  id: string
  label: string
  kind: FieldKind
  required: boolean
  ended: boolean
  choices: Choice[]
  /** Sealed, as base64. */
  value: string | null
  choiceId: string | null
}

/** One field with its value, opened. */
export type Field = Omit<FieldRow, 'value' | 'choiceId'> & { value: string | null }

/** What is asked for of an owner, and what was filled in before it was not asked for any more; in its order. */
export const fieldsSql = (workspaceId: string, { about, id, category }: Owner): Prisma.Sql => Prisma.sql`
  select f.id::text, f.label, f.kind, f.required, (f.retired_at is not null or not ${asksFor(Prisma.sql`${category}::text`)}) as ended,
    encode(v.value, 'base64') as value, v.choice_id::text as "choiceId",
    (select coalesce(json_agg(json_build_object('id', c.id, 'label', c.label, 'retired', c.retired) order by c.position, c.id), '[]')
      from desk.custom_field_choice c where c.workspace_id = f.workspace_id and c.field_id = f.id) as choices
  from desk.custom_field f
  left join desk.field_value v on v.workspace_id = f.workspace_id and v.owner_id = ${id}::uuid and v.field_id = f.id
  where f.workspace_id = ${workspaceId}::uuid and f.about = ${about}
    and (v.field_id is not null or (f.retired_at is null and ${asksFor(Prisma.sql`${category}::text`)}))
  order by f.position, f.id`

/** Whether the field `f` is asked for in a category. */
export const asksFor = (category: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(f.categories = '{}' or coalesce(${category}, '') = any(f.categories))`

export const openField = (box: Box, ownerId: string, { value, choiceId, ...field }: FieldRow): Field => ({
  ...field,
  value: value === null ? choiceId : openValue(box, ownerId, field.id, value),
})

/** @param sealed base64 */
export const openValue = (box: Box, ownerId: string, fieldId: string, sealed: string): string =>
  box.openText('field_value.value', placeOf(ownerId, fieldId), Buffer.from(sealed, 'base64'))

export const sealValue = (box: Box, ownerId: string, fieldId: string, value: string): string =>
  box.seal('field_value.value', placeOf(ownerId, fieldId), value).toString('base64')

const placeOf = (ownerId: string, fieldId: string) => `${ownerId}/${fieldId}`

/** A value as people read it. */
export const wordsOf = ({ kind, choices }: Pick<Field, 'kind' | 'choices'>, value: string | null): string =>
  kind === 'choice' ? (choices.find(({ id }) => id === value)?.label ?? '') : (value ?? '')

export const presentField = (field: Field): FilledField => ({
  fieldId: field.id,
  label: field.label,
  kind: field.kind,
  required: field.required,
  ended: field.ended,
  value: field.value,
  words: wordsOf(field, field.value),
})
