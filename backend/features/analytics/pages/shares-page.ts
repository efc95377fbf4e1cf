import { MEASURES, type Measure, type Share } from '../../../../shared/analytics.ts'
import { FIGURE_PEOPLE } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { page, timeIn, type Visit } from '../../settings/index.ts'
import { figureOf } from '../figures/asking.ts'
import { isOfTickets } from '../figures/columns.ts'
import { saysMore } from '../figures/share-words.ts'
import { sharesOf } from '../figures/shares.ts'
import { metricOf } from '../metrics/index.ts'
import { addressOf } from '../reports/addressing.ts'
import { filterChoices, filterWords } from '../reports/choices.ts'
import { cellOf, cellWords, kindOf, readAs } from '../reports/writing.ts'
import { type Asked, askedIn, strangeFilter } from './asked.ts'
import { clockOf } from './clock.ts'
import { freshnessLine, periodLine } from './figure-views.ts'
import { addressFor, filterForm } from './filter-form.ts'
import { FIGURES_STYLE } from './style.ts'

const PATH = '/dashboard/shares'
const ON_A_PAGE = 50

/** What a figure is made of: the tickets behind it, the newest first, and what each adds. */
export const sharesPage = page(PATH, FIGURE_PEOPLE, async (ctx, visit) => {
  const { workspaceId } = visit.actor
  const { zone, today } = await clockOf(ctx, workspaceId)
  const asked = askedIn(visit.query, today)
  const metric = metricOf(visit.query.get('metric') ?? '')
  const measure = MEASURES.find((one) => one === visit.query.get('measure'))
  const choices = (await filterChoices(ctx, workspaceId)).filter(({ dimension }) =>
    metric.dimensions.includes(dimension),
  )
  const kept = { metric: metric.id, ...(measure && { measure }) }
  const found = await listOr(
    ctx,
    visit,
    { ...asked, problem: asked.problem ?? strangeFilter(asked.scope, choices) },
    kept,
  )
  const problem = 'problem' in found ? found.problem : null
  return {
    title: metric.name,
    status: 'problem' in found ? found.status : 200,
    body: html`<h1>${metric.name}</h1>
      <p>${metric.sentence} <a href=${`/reports/definitions#${metric.id}`}>Definition</a></p>
      ${filterForm(PATH, { ...asked, problem }, { choices, zone, kept })}
      ${
        'problem' in found
          ? html`<p class="bad" role="alert">${found.problem}</p>`
          : html`${freshnessLine(found.figure.freshness, found.figure.period.zone)}
            ${periodLine(found.figure.period, filterWords(asked.scope, choices))}
            ${listView(found, addressFor(PATH, asked, kept))}`
      }
      <p class="row no-print"><a href=${addressOf('/dashboard', asked.scope)}>Dashboard</a> <a href="/reports">All reports</a></p>`,
    style: FIGURES_STYLE,
  }
})

type Kept = { metric: string; measure?: Measure }
type Listed = { figure: Awaited<ReturnType<typeof figureOf>>; items: readonly Share[]; next: string | null }

async function listOr(
  ctx: Ctx,
  { actor, query }: Visit,
  { scope, problem }: Asked,
  kept: Kept,
): Promise<Listed | { problem: string; status: number }> {
  if (problem !== null) return { problem, status: 400 }
  const question = { ...scope, ...kept }
  const cursor = query.get('cursor') ?? undefined
  try {
    const [figure, shares] = await Promise.all([
      figureOf(ctx, actor.workspaceId, { ...question, interval: 'none', by: [] }),
      sharesOf(ctx, actor.workspaceId, { ...question, ...(cursor && { cursor }), limit: ON_A_PAGE }),
    ])
    return { figure, items: shares.items, next: shares.next }
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    return { problem: error.message, status: error.status }
  }
}

function listView({ figure, items, next }: Listed, address: string) {
  const { metric, measure, totals, period } = figure
  const kind = kindOf(metric.unit, measure === 'count')
  const wordsOf = (value: number | null, currency: string | null) =>
    cellWords(cellOf(value, kind, currency), readAs(kind, metric), currency)
  const shareKind = kindOf(metric.unit, false)
  const own = metricOf(metric.id)
  const explains = items.some(({ ticketId }) => ticketId !== null) || saysMore(own)
  return html`
    ${totals.map(
      ({ value, currency, shares }) =>
        html`<p class="headline"><strong>${wordsOf(value, currency)}</strong> <small class="soft">made of ${new Intl.NumberFormat('en').format(shares)} below</small></p>`,
    )}
    ${
      items.length === 0
        ? html`<p>${figure.note ?? 'There is nothing in this period that fits.'}</p>`
        : html`<div class="scroll" tabindex="0" role="region" aria-label="What the figure is made of"><table>
          <thead><tr><th scope="col">${isOfTickets(own) ? 'Ticket' : own.thing}</th><th scope="col">When</th><th scope="col" class="number">Adds</th>${explains && html`<th scope="col">Why</th>`}</tr></thead>
          <tbody>${items.map(
            ({ ticketId, label, at, value, currency, words }) => html`<tr>
              <th scope="row">${ticketId === null ? label : html`<a href=${`/desk/tickets/${ticketId}`}>${label}</a>`}</th>
              <td>${timeIn(period.zone, new Date(at))}</td>
              <td class="number">${cellWords(cellOf(value, shareKind, currency), readAs(shareKind, metric), currency)}</td>
              ${explains && html`<td>${saysMore(own) && `${words} `}${ticketId !== null && html`<a href=${`/dashboard/tickets/${ticketId}#${metric.id}`}>Explain</a>`}</td>`}</tr>`,
          )}</tbody></table></div>`
    }
    ${next !== null && html`<p><a class="button" href=${`${address}&cursor=${encodeURIComponent(next)}`}>Older</a></p>`}`
}
