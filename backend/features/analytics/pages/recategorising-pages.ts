import { FigureQuestion } from '../../../../shared/analytics.ts'
import type { BulkAct } from '../../../../shared/bulk-acts.ts'
import { LEADS } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { bulkActOf, presentBulk, undoBulk } from '../../queues/index.ts'
import { formToken, orShowAgain, page, submission, timeIn, type Visit } from '../../settings/index.ts'
import { categoriesIn, labelOf } from '../../tickets/index.ts'
import { type Preview, previewOf, type Recategorisation, recategorise } from '../checking/recategorising.ts'
import { figureOf } from '../figures/asking.ts'
import { clockOf } from './clock.ts'
import { FIGURES_STYLE } from './style.ts'

const PATH = '/reports/data/categories'
const FIRST_DAY = '2000-01-01'

/** Choose an old category and a new one; the same page shows first what would change. */
export const recategorisingPage = page(PATH, LEADS, (ctx, visit) => shown(ctx, visit, visit.query))

export const recategorisingForm = submission(PATH, LEADS, (ctx, visit) =>
  orShowAgain(
    async () => {
      const wish = wishIn(visit.form)
      if (!wish) throw new DeskError('invalid_request', 'Choose both categories and a period.')
      return `${PATH}/${await recategorise(ctx, wish, visit.actor)}`
    },
    (problem) => shown(ctx, visit, visit.form, problem),
  ),
)

export const recategorisedPage = page(`${PATH}/:bulkActId`, LEADS, async (ctx, visit) => {
  const { workspaceId } = visit.actor
  const [act, { zone }] = await Promise.all([actOf(ctx, visit), clockOf(ctx, workspaceId)])
  return { title: 'Other category', body: progress(visit, act, zone) }
})

export const recategorisingUndo = submission(`${PATH}/:bulkActId/undoing`, LEADS, (ctx, visit) =>
  orShowAgain(
    async () => {
      const id = visit.params['bulkActId'] ?? ''
      await inWorkspace(ctx, visit.actor.workspaceId, (tx) => undoBulk(tx, id, visit.actor))
      return `${PATH}/${id}`
    },
    async (problem) => {
      const [act, { zone }] = await Promise.all([actOf(ctx, visit), clockOf(ctx, visit.actor.workspaceId)])
      return { title: 'Other category', body: progress(visit, act, zone, problem) }
    },
  ),
)

const actOf = (ctx: Ctx, { actor, params }: Visit): Promise<BulkAct> =>
  inWorkspace(
    ctx,
    actor.workspaceId,
    async (tx) => presentBulk(await bulkActOf(tx, params['bulkActId'] ?? ''), tx.now),
    { reads: true },
  )

function wishIn(fields: URLSearchParams): Recategorisation | null {
  const [was, category, from, to] = ['was', 'category', 'from', 'to'].map((name) => fields.get(name)?.trim() ?? '')
  if (!was || !category || !isDay(from) || !isDay(to)) return null
  return { was: was === 'none' ? null : was, category, from, to }
}

const isDay = (text: string | undefined): text is string =>
  text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))

type Choice = { value: string; label: string }

async function shown(ctx: Ctx, visit: Visit, fields: URLSearchParams, refused: string | null = null) {
  const { workspaceId } = visit.actor
  const { today } = await clockOf(ctx, workspaceId)
  const wish = wishIn(fields)
  const [olds, news] = await Promise.all([oldCategories(ctx, workspaceId, today), newCategories(ctx, workspaceId)])
  let [preview, problem]: [Preview | null, string | null] = [null, refused]
  if (wish && problem === null)
    try {
      preview = await previewOf(ctx, workspaceId, wish)
    } catch (error) {
      if (!(error instanceof DeskError)) throw error
      problem = error.message
    }
  return {
    title: 'Other category',
    ...(problem !== null && { status: 400 }),
    body: html`<h1>Give old tickets another category</h1>
      <p>Tickets that began in a period and have one category get another one. Figures by category of those weeks change with them, everywhere. <a href="/reports/data">Data that needs a look</a></p>
      ${problem && html`<p class="bad" role="alert">${problem}</p>`}
      <form method="get" action=${PATH}>
        <label>Have now<select name="was">${options(olds, fields.get('was') ?? '')}</select></label>
        <label>Shall get<select name="category">${options(news, fields.get('category') ?? '')}</select></label>
        <label>Began from<input type="date" name="from" value=${fields.get('from') ?? FIRST_DAY} /></label>
        <label>to<input type="date" name="to" value=${fields.get('to') ?? today} /></label>
        <button>Show what would change</button>
      </form>
      ${wish && preview && previewOfForm(visit, fields, preview)}`,
    style: FIGURES_STYLE,
  }
}

const options = (choices: readonly Choice[], chosen: string) =>
  choices.map(({ value, label }) => html`<option value=${value} selected=${value === chosen}>${label}</option>`)

const previewOfForm = (visit: Visit, fields: URLSearchParams, { tickets, weeks, note }: Preview) => html`
  <section aria-label="What would change"><h2>What would change</h2>
    ${
      tickets === 0
        ? html`<p>${note ?? 'No ticket fits.'}</p>`
        : html`<p><strong>${tickets.toLocaleString('en')}</strong> ${tickets === 1 ? 'ticket' : 'tickets'}, in ${weeks.length} ${weeks.length === 1 ? 'week' : 'weeks'}:</p>
        <ul>${weeks.slice(0, 60).map(({ at, shares }) => html`<li>from ${at?.slice(0, 10)}: ${shares}</li>`)}</ul>
        ${weeks.length > 60 && html`<p>and ${weeks.length - 60} more weeks</p>`}
        <form method="post" action=${PATH}>${formToken(visit)}
          ${['was', 'category', 'from', 'to'].map((name) => html`<input type="hidden" name=${name} value=${fields.get(name) ?? ''} />`)}
          <button>Give them the other category</button></form>`
    }
  </section>`

const progress = (visit: Visit, act: BulkAct, zone: string, problem: string | null = null) => html`
  <h1>${act.words}</h1>
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  <p>${act.by}, ${timeIn(zone, new Date(act.createdAt))}: ${act.total.toLocaleString('en')} tickets. ${stateWords(act)}</p>
  <p><a href=${`${PATH}/${act.id}`}>Look again</a> <a href="/reports/data">Data that needs a look</a></p>
  ${
    act.undoUntil !== null &&
    html`<form method="post" action=${`${PATH}/${act.id}/undoing`}>${formToken(visit)}
      <p>It can be taken back until ${timeIn(zone, new Date(act.undoUntil))}.</p><button>Take it back</button></form>`
  }`

function stateWords({ state, counts, total }: BulkAct): string {
  const { planned, done, unchanged, failed, undone, left } = counts
  if (state === 'running') return `At work: ${total - planned} of ${total} so far.`
  if (state === 'undoing') return `Being taken back: ${undone + left} so far.`
  if (state === 'undone') return `Taken back: ${undone}. Left, because somebody changed them since: ${left}.`
  return `Changed: ${done}. Were so already: ${unchanged}. Left as they are: ${failed}.`
}

/** What tickets have now, with how many have it; also what is in no list any more. */
async function oldCategories(ctx: Ctx, workspaceId: string, today: string): Promise<Choice[]> {
  const question = FigureQuestion.parse({ metric: 'new-tickets', from: FIRST_DAY, to: today, by: ['category'] })
  const { rows } = await figureOf(ctx, workspaceId, question)
  return rows.map(({ keys, labels, shares }) => ({
    value: keys[0] ?? 'none',
    label: `${labels[0]} (${shares.toLocaleString('en')})`,
  }))
}

const newCategories = (ctx: Ctx, workspaceId: string): Promise<Choice[]> =>
  inWorkspace(
    ctx,
    workspaceId,
    async (tx) => {
      const { languages } = await tx.workspace.findUniqueOrThrow({
        where: { workspaceId },
        select: { languages: true },
      })
      const all = await categoriesIn(tx)
      return all.filter(({ retired }) => !retired).map((one) => ({ value: one.id, label: labelOf(one, languages) }))
    },
    { reads: true },
  )
