import {
  type CustomField,
  type FieldChanges,
  MOST_CHOICES,
  MOST_FIELDS,
  type NewField,
} from '../../../shared/fields.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { noteChange } from '../settings/index.ts'

/** Every field of the workspace: those that are asked for first, by what they are about, in their order. */
export const definitionsIn = (tx: Tx): Promise<CustomField[]> => tx.$queryRaw<CustomField[]>`
  select f.id::text, f.about, f.label, f.kind, f.categories, f.required, f.position, f.retired_at is not null as retired,
    (select coalesce(json_agg(json_build_object('id', c.id, 'label', c.label, 'retired', c.retired) order by c.position, c.id), '[]')
      from desk.custom_field_choice c where c.workspace_id = f.workspace_id and c.field_id = f.id) as choices
  from desk.custom_field f where f.workspace_id = ${tx.workspaceId}::uuid
  order by f.retired_at is not null, f.about desc, f.position, f.id`

export const define = (ctx: Ctx, wish: NewField, by: Actor): Promise<CustomField> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const before = await lockDefinitions(tx)
    const field: CustomField = { ...wish, id: newId(tx.now), choices: [] }
    refuseMuddle(before, field, wish)
    const { workspaceId, now: createdAt } = tx
    const { id, about, kind } = field
    await tx.customField.create({
      data: { workspaceId, id, about, kind, createdAt, ...columnsOf(wish, tx.now) },
      select: { id: true },
    })
    await writeChoices(tx, field, wish)
    return noted(ctx, tx, { id, before: null, by })
  })

export const redefine = (ctx: Ctx, fieldId: string, wish: FieldChanges, by: Actor): Promise<CustomField> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const all = await lockDefinitions(tx)
    const before = all.find(({ id }) => id === fieldId)
    if (!before) throw new DeskError('not_found', 'There is no such field in your workspace.')
    refuseMuddle(all, before, wish)
    await tx.customField.update({
      where: { workspaceId_id: { workspaceId: tx.workspaceId, id: fieldId } },
      data: columnsOf(wish, tx.now),
      select: { id: true },
    })
    await writeChoices(tx, before, wish)
    return noted(ctx, tx, { id: fieldId, before, by })
  })

/** Two admins who define at once wait for each other, so that names stay their own. */
async function lockDefinitions(tx: Tx): Promise<CustomField[]> {
  await tx.$executeRaw`select from desk.workspace where workspace_id = ${tx.workspaceId}::uuid for no key update`
  return definitionsIn(tx)
}

const columnsOf = ({ label, categories, required, position, retired }: FieldChanges, now: Date) => ({
  label,
  categories: [...new Set(categories)],
  required,
  position,
  retiredAt: retired ? now : null,
})

/** @throws DeskError invalid_request that says what does not fit */
function refuseMuddle(all: readonly CustomField[], field: CustomField, wish: FieldChanges): void {
  const others = all.filter(({ id, about, retired }) => id !== field.id && about === field.about && !retired)
  if (!wish.retired && others.length >= MOST_FIELDS)
    throw refused(`There are ${MOST_FIELDS} fields already. Retire one of them first.`)
  if (!wish.retired && others.some(({ label }) => same(label, wish.label)))
    throw refused(`«${wish.label}» is a field already. Give this one another name.`)
  if (field.about === 'customer' && wish.categories.length > 0)
    throw refused('A field of customers goes with every ticket. Leave the categories empty.')
  if (field.kind !== 'choice' && wish.choices.length > 0)
    throw refused('Only a field to choose from has choices. Leave them empty.')
  refuseChoices(field, wish)
}

function refuseChoices(field: CustomField, { choices }: FieldChanges): void {
  const offered = choices.filter(({ retired }) => !retired)
  if (field.kind === 'choice' && offered.length === 0) throw refused('Write at least one choice.')
  if (new Set(offered.map(({ label }) => label.toLowerCase())).size < offered.length)
    throw refused('A choice is named twice. Give each its own name.')
  const strange = choices.some(({ id }) => id !== undefined && !field.choices.some((known) => known.id === id))
  if (strange) throw refused('One of these choices is not of this field. Look at its newest state, then decide again.')
  const kept = choices.flatMap(({ id }) => id ?? [])
  const left = field.choices.filter(({ id }) => !kept.includes(id))
  if (choices.length + left.length > MOST_CHOICES * 4)
    throw refused('This field has had too many choices. Make a new field.')
}

const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()
const refused = (words: string) => new DeskError('invalid_request', words)

/** Choices that are left out are retired: what was chosen stays readable. */
async function writeChoices(tx: Tx, field: CustomField, { choices }: FieldChanges): Promise<void> {
  const wanted = choices.map((choice, position) => ({ ...choice, id: choice.id ?? newId(tx.now), position }))
  const left = field.choices
    .filter(({ id }) => !wanted.some((each) => each.id === id))
    .map((choice, at) => ({ ...choice, retired: true, position: wanted.length + at }))
  await tx.$executeRaw`
    insert into desk.custom_field_choice (workspace_id, id, field_id, label, position, retired)
    select ${tx.workspaceId}::uuid, id, ${field.id}::uuid, label, position, retired
    from jsonb_to_recordset(${JSON.stringify([...wanted, ...left])}::jsonb) as given (id uuid, label text, position int, retired boolean)
    on conflict (workspace_id, id) do update set label = excluded.label, position = excluded.position, retired = excluded.retired`
}

type Noted = { id: string; before: CustomField | null; by: Actor }

async function noted(ctx: Ctx, tx: Tx, { id, before, by }: Noted): Promise<CustomField> {
  const after = (await definitionsIn(tx)).find((field) => field.id === id)
  if (!after) throw new Error(`The field ${id} was written and is not there`)
  await noteChange(tx, await ctx.keyring.box(tx), { setting: 'fields', before, after, by })
  return after
}
