import { ADMINS, LEADS } from '../../../../shared/roles.ts'
import { LANGUAGES } from '../../../../shared/settings.ts'
import { Categories, type Category } from '../../../../shared/triage.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { fold } from '../../../platform/words.ts'
import { formToken, orShowAgain, page, submission, type Visit } from '../../settings/index.ts'
import { labelOf, readCategories, writeCategories } from '../../tickets/index.ts'

const PATH = '/settings/categories'

type Fields = Record<string, string>
type Told = { fields: Fields | null; problem: string | null }
type Stored = Categories & { languages: string[] }

export const categoriesPage = page(PATH, LEADS, (ctx, visit) => shown(ctx, visit, { fields: null, problem: null }), {
  word: 'Categories',
  group: 'Work',
})

export const categoriesForm = submission(PATH, ADMINS, (ctx, visit) => {
  const fields = Object.fromEntries([...visit.form].map(([name, value]) => [name, value.trim()]))
  return orShowAgain(
    async () => {
      const { items, languages } = await stored(ctx, visit)
      const wish = Categories.safeParse({ version: Number(fields['version']), items: listOf(fields, items, languages) })
      if (!wish.success) throw new DeskError('invalid_request', wish.error.issues[0]?.message ?? 'This is no list.')
      await writeCategories(ctx, wish.data, visit.actor)
      return `${PATH}?saved=1`
    },
    (problem) => shown(ctx, visit, { fields, problem }),
  )
})

/** The field of a new category. */
const NEW = 'new'

/** As typed, in the order of the places; labels in languages that the page does not show stay as they are. */
function listOf(fields: Fields, before: readonly Category[], languages: readonly string[]): Category[] {
  const label = fields[`label.${NEW}.${languages[0]}`] ?? ''
  const all = label === '' ? before : [...before, { id: idOf(label), labels: {}, retired: false }]
  const typed = all.map((category, at) => {
    const name = at < before.length ? category.id : NEW
    const labels = languages.map((language) => [language, fields[`label.${name}.${language}`] ?? ''])
    const kept = Object.entries(category.labels).filter(([language]) => !languages.includes(language))
    return {
      place: placeOf(Number(fields[`place.${name}`] ?? at + 1), at < before.length ? at + 1 : all.length),
      category: {
        id: category.id,
        labels: Object.fromEntries([...kept, ...labels].filter(([, text]) => text !== '')) as Category['labels'],
        retired: fields[`retired.${name}`] !== undefined,
      },
    }
  })
  return typed.sort((a, b) => a.place - b.place).map(({ category }) => category)
}

/** Whoever moves takes the place of who stands there: going up before them, going down behind them. */
const placeOf = (typed: number, before: number): number => typed + Math.sign(typed - before) / 2

/** The id of a new category, from its name. */
const idOf = (label: string): string =>
  fold(label)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
    .replace(/-$/, '')

const stored = (ctx: Ctx, { actor }: Visit): Promise<Stored> =>
  inWorkspace(
    ctx,
    actor.workspaceId,
    async (tx) => ({
      ...(await readCategories(tx)),
      languages: (await tx.workspace.findUniqueOrThrow({ where: { workspaceId: tx.workspaceId } })).languages,
    }),
    { reads: true },
  )

const shown = async (ctx: Ctx, visit: Visit, told: Told) => ({
  title: 'Categories',
  body: view(visit, await stored(ctx, visit), told),
})

const view = (visit: Visit, { items, languages, version }: Stored, { fields, problem }: Told) => {
  const mayEdit = visit.actor.role === 'admin'
  return html`
  <h1>Categories</h1>
  ${visit.query.has('saved') && html`<p class="good" role="status">Saved.</p>`}
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  <p>What tickets are about. Keywords are tried in this order. A category is never deleted, because tickets and rules have it; a retired one
    is not offered any more.</p>
  ${!mayEdit && html`<p>An admin changes this.</p>`}
  <form method="post" action=${PATH}>
    ${formToken(visit)}
    <input type="hidden" name="version" value=${fields?.['version'] ?? String(version)} />
    ${items.map((category, at) => {
      const own = fields ?? fieldsOf(category, at)
      return html`<section aria-label=${category.id}>
        <h2>${labelOf(category, languages)} ${category.retired && html`<span class="soft">(retired)</span>`}</h2>
        ${rowFields(category.id, languages, own)}
        <label><input type="checkbox" name=${`retired.${category.id}`} value="on" checked=${own[`retired.${category.id}`] !== undefined} /> Retired</label>
      </section>`
    })}
    <section aria-label="New category"><h2>A new category</h2>${rowFields(NEW, languages, { [`place.${NEW}`]: String(items.length + 1), ...fields })}</section>
    <button disabled=${!mayEdit}>Save the categories</button>
  </form>`
}

const fieldsOf = ({ id, labels, retired }: Category, at: number): Fields => ({
  [`place.${id}`]: String(at + 1),
  ...Object.fromEntries(Object.entries(labels).map(([language, label]) => [`label.${id}.${language}`, label])),
  ...(retired && { [`retired.${id}`]: 'on' }),
})

const rowFields = (name: string, languages: readonly string[], fields: Fields) => html`
  ${languages.map(
    (language) => html`<label>${(LANGUAGES as Record<string, string>)[language] ?? language}
      <input name=${`label.${name}.${language}`} maxlength="60" value=${fields[`label.${name}.${language}`] ?? ''} /></label>`,
  )}
  <label>Place<input name=${`place.${name}`} inputmode="numeric" value=${fields[`place.${name}`] ?? ''} /></label>`
