import { type CustomField, FieldChanges, type FieldKind, NewField } from '../../../../../shared/fields.ts'
import { ADMINS, LEADS } from '../../../../../shared/roles.ts'
import type { Ctx } from '../../../../context.ts'
import { DeskError } from '../../../../platform/errors.ts'
import { html } from '../../../../platform/html.ts'
import { inWorkspace } from '../../../../platform/tenancy.ts'
import { definitionsIn } from '../../../fields/index.ts'
import { formToken, orShowAgain, page, submission, type Visit } from '../../../settings/index.ts'
import { categoriesIn, labelOf } from '../../categories/categories.ts'
import { changeField, defineField } from '../defining.ts'
import { PATH } from './fields-page.ts'
import { KIND_WORDS } from './words.ts'

const NEW = `${PATH}/new`
const ONE = `${PATH}/change/:fieldId`

/** The form as text; choices are a line each, categories stand with commas between them. */
type Fields = Record<string, string>
type Shown = { about: CustomField['about']; field: CustomField | null; fields: Fields; problem: string | null }

export const newFieldPage = page(NEW, LEADS, (ctx, visit) => {
  const about = aboutIn(visit.query)
  return shown(ctx, visit, { about, field: null, fields: { kind: 'text' }, problem: null })
})

export const newFieldForm = submission(NEW, ADMINS, (ctx, visit) => {
  const [about, fields] = [aboutIn(visit.form), typed(visit.form)]
  return orShowAgain(
    async () => {
      await defineField(ctx, read(NewField, { ...changesIn(fields, null), about, kind: fields['kind'] }), visit.actor)
      return `${PATH}?saved=1`
    },
    (problem) => shown(ctx, visit, { about, field: null, fields, problem }),
  )
})

export const fieldPage = page(ONE, LEADS, async (ctx, visit) => {
  const field = await fieldIn(ctx, visit)
  return shown(ctx, visit, { about: field.about, field, fields: fieldsOf(field), problem: null })
})

export const fieldForm = submission(ONE, ADMINS, async (ctx, visit) => {
  const field = await fieldIn(ctx, visit)
  const fields = typed(visit.form)
  return orShowAgain(
    async () => {
      await changeField(ctx, field.id, read(FieldChanges, changesIn(fields, field)), visit.actor)
      return `${PATH}?saved=1`
    },
    (problem) => shown(ctx, visit, { about: field.about, field, fields, problem }),
  )
})

async function shown(ctx: Ctx, visit: Visit, what: Shown) {
  const categories = await inWorkspace(
    ctx,
    visit.actor.workspaceId,
    async (tx) => {
      const { languages } = await tx.workspace.findUniqueOrThrow({
        where: { workspaceId: tx.workspaceId },
        select: { languages: true },
      })
      return (await categoriesIn(tx)).map((one) => ({
        id: one.id,
        label: labelOf(one, languages),
        retired: one.retired,
      }))
    },
    { reads: true },
  )
  return { title: what.field?.label ?? 'A new field', body: view(visit, what, categories) }
}

const aboutIn = (given: URLSearchParams): CustomField['about'] =>
  given.get('about') === 'customer' ? 'customer' : 'ticket'

async function fieldIn(ctx: Ctx, { actor, params }: Visit): Promise<CustomField> {
  const all = await inWorkspace(ctx, actor.workspaceId, definitionsIn, { reads: true })
  const field = all.find(({ id }) => id === params['fieldId'])
  if (!field) throw new DeskError('not_found', 'There is no such field in your workspace.')
  return field
}

const typed = (form: URLSearchParams): Fields => ({
  ...Object.fromEntries([...form].map(([name, value]) => [name, value.trim()])),
  categories: form.getAll('category').join(','),
})

const linesIn = (text = ''): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

/** A choice that is named as one before is that one; a line that is gone retires it. */
function changesIn(fields: Fields, before: CustomField | null) {
  const known = (label: string) => before?.choices.find((choice) => choice.label.toLowerCase() === label.toLowerCase())
  return {
    label: fields['label'] ?? '',
    choices: linesIn(fields['choices']).map((label) => ({ id: known(label)?.id, label })),
    categories: (fields['categories'] ?? '')
      .split(',')
      .map((category) => category.trim())
      .filter(Boolean),
    required: fields['required'] === 'on',
    retired: fields['retired'] === 'on',
    position: /^\d{1,4}$/.test(fields['position'] ?? '') ? Number(fields['position']) : 0,
  }
}

/** @throws DeskError invalid_request with the first thing that is wrong */
function read<T>(
  schema: {
    safeParse(value: unknown): { success: true; data: T } | { success: false; error: { issues: { message: string }[] } }
  },
  value: unknown,
): T {
  const parsed = schema.safeParse(value)
  if (!parsed.success)
    throw new DeskError('invalid_request', parsed.error.issues[0]?.message ?? 'Something is missing.')
  return parsed.data
}

const fieldsOf = ({ label, kind, choices, categories, required, position, retired }: CustomField): Fields => ({
  label,
  kind,
  choices: choices.flatMap((choice) => (choice.retired ? [] : [choice.label])).join('\n'),
  categories: categories.join(', '),
  required: required ? 'on' : '',
  position: String(position),
  retired: retired ? 'on' : '',
})

type Offered = { id: string; label: string; retired: boolean }

const view = (visit: Visit, { about, field, fields, problem }: Shown, categories: readonly Offered[]) => html`
  <p><a href=${PATH}>Custom fields</a></p>
  <h1>${field ? field.label : about === 'ticket' ? 'A new field of tickets' : 'A new field of customers'}</h1>
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  ${visit.actor.role !== 'admin' && html`<p>An admin changes this.</p>`}
  <form method="post" action=${field ? `${PATH}/change/${field.id}` : NEW}>
    ${formToken(visit)}
    <input type="hidden" name="about" value=${about} />
    <section>
      <label>Name<input name="label" maxlength="60" autocomplete="off" value=${fields['label'] ?? ''} /></label>
      ${field ? html`<p>Kind: ${KIND_WORDS[field.kind]}</p>` : kindPick(fields)}
      ${(!field || field.kind === 'choice') && choicesInput(fields, !field)}
      ${about === 'ticket' && categoryBoxes(fields, categories)}
      <label>Place in the order<small>0 is first</small><input name="position" inputmode="numeric" autocomplete="off" value=${fields['position'] ?? '0'} /></label>
      <label><input type="checkbox" name="required" checked=${fields['required'] === 'on'} /> Needed before a ticket is solved</label>
      ${field && html`<label><input type="checkbox" name="retired" checked=${fields['retired'] === 'on'} /> Retired: not asked for any more; what is filled in stays readable</label>`}
    </section>
    <button disabled=${visit.actor.role !== 'admin'}>Save</button>
  </form>
  ${field && retiredChoices(field)}`

const kindPick = (fields: Fields) => html`
  <label>Kind<small>it cannot be changed later</small><select name="kind">
    ${(Object.entries(KIND_WORDS) as [FieldKind, string][]).map(
      ([kind, words]) => html`<option value=${kind} selected=${fields['kind'] === kind}>${words}</option>`,
    )}
  </select></label>`

const choicesInput = (fields: Fields, isNew: boolean) => html`
  <label>Choices<small>${isNew ? 'one a line, only for the kind Choice' : 'one a line; a line that you take out is retired'}</small>
    <textarea name="choices" rows="6">${fields['choices'] ?? ''}</textarea></label>`

function categoryBoxes({ categories = '' }: Fields, offered: readonly Offered[]) {
  const chosen = categories.split(',').map((category) => category.trim())
  return html`
    <fieldset><legend>Categories</legend><p class="soft">Only tickets of these have it; none ticked is every ticket.</p>
      ${offered
        .filter(({ id, retired }) => !retired || chosen.includes(id))
        .map(
          ({ id, label }) =>
            html`<label><input type="checkbox" name="category" value=${id} checked=${chosen.includes(id)} /> ${label}</label>`,
        )}
    </fieldset>`
}

function retiredChoices({ choices }: CustomField) {
  const retired = choices.filter((choice) => choice.retired)
  if (retired.length === 0) return ''
  return html`<p class="soft">Retired choices: ${retired.map(({ label }) => label).join(', ')}. Write one of them again to bring it back.</p>`
}
