import { type CustomField, FieldAbout, FieldChanges, type FieldKind, NewField } from '../../../../shared/fields.ts'
import { ADMINS, LEADS } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, type Visit } from '../../settings/index.ts'
import { define, definitionsIn, redefine } from '../defining.ts'
import { PATH } from './fields-page.ts'
import { KIND_WORDS } from './words.ts'

const NEW = `${PATH}/:about`
const ONE = `${PATH}/change/:fieldId`

/** The form as text; choices and categories are a line each. */
type Fields = Record<string, string>
type Shown = { about: CustomField['about']; field: CustomField | null; fields: Fields; problem: string | null }

export const newFieldPage = page(NEW, LEADS, async (_ctx, visit) => ({
  title: 'A new field',
  body: view(visit, { about: aboutIn(visit), field: null, fields: { kind: 'text' }, problem: null }),
}))

export const newFieldForm = submission(NEW, ADMINS, (ctx, visit) => {
  const [about, fields] = [aboutIn(visit), typed(visit.form)]
  return orShowAgain(
    async () => {
      await define(ctx, read(NewField, { ...changesIn(fields, null), about, kind: fields['kind'] }), visit.actor)
      return `${PATH}?saved=1`
    },
    async (problem) => ({ title: 'A new field', body: view(visit, { about, field: null, fields, problem }) }),
  )
})

export const fieldPage = page(ONE, LEADS, async (ctx, visit) => {
  const field = await fieldIn(ctx, visit)
  return {
    title: field.label,
    body: view(visit, { about: field.about, field, fields: fieldsOf(field), problem: null }),
  }
})

export const fieldForm = submission(ONE, ADMINS, async (ctx, visit) => {
  const field = await fieldIn(ctx, visit)
  const fields = typed(visit.form)
  return orShowAgain(
    async () => {
      await redefine(ctx, field.id, read(FieldChanges, changesIn(fields, field)), visit.actor)
      return `${PATH}?saved=1`
    },
    async (problem) => ({ title: field.label, body: view(visit, { about: field.about, field, fields, problem }) }),
  )
})

function aboutIn({ params }: Visit): CustomField['about'] {
  const about = FieldAbout.safeParse(params['about'])
  if (!about.success) throw new DeskError('not_found', 'There is no such page. Go back to the custom fields.')
  return about.data
}

async function fieldIn(ctx: Ctx, { actor, params }: Visit): Promise<CustomField> {
  const all = await inWorkspace(ctx, actor.workspaceId, definitionsIn, { reads: true })
  const field = all.find(({ id }) => id === params['fieldId'])
  if (!field) throw new DeskError('not_found', 'There is no such field in your workspace.')
  return field
}

const typed = (form: URLSearchParams): Fields =>
  Object.fromEntries([...form].map(([name, value]) => [name, value.trim()]))

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

const view = (visit: Visit, { about, field, fields, problem }: Shown) => html`
  <h1>${field ? field.label : about === 'ticket' ? 'A new field of tickets' : 'A new field of customers'}</h1>
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  ${visit.actor.role !== 'admin' && html`<p>An admin changes this.</p>`}
  <form method="post" action=${field ? `${PATH}/change/${field.id}` : `${PATH}/${about}`}>
    ${formToken(visit)}
    <section>
      <label>Name<input name="label" maxlength="60" autocomplete="off" value=${fields['label'] ?? ''} /></label>
      ${field ? html`<p>Kind: ${KIND_WORDS[field.kind]}</p>` : kindPick(fields)}
      ${(!field || field.kind === 'choice') && choicesInput(fields)}
      ${about === 'ticket' && categoriesInput(fields)}
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

const choicesInput = (fields: Fields) => html`
  <label>Choices<small>one a line, only for the kind Choice; a line that you take out is retired</small>
    <textarea name="choices" rows="6">${fields['choices'] ?? ''}</textarea></label>`

const categoriesInput = (fields: Fields) => html`
  <label>Only for tickets of these categories<small>with commas between them; nothing is every ticket</small>
    <input name="categories" autocomplete="off" value=${fields['categories'] ?? ''} /></label>`

function retiredChoices({ choices }: CustomField) {
  const retired = choices.filter((choice) => choice.retired)
  if (retired.length === 0) return ''
  return html`<p class="soft">Retired choices: ${retired.map(({ label }) => label).join(', ')}. Write one of them again to bring it back.</p>`
}
