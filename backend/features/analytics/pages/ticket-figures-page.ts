import type { TicketFigures } from '../../../../shared/analytics.ts'
import { FIGURE_PEOPLE } from '../../../../shared/roles.ts'
import { html } from '../../../platform/html.ts'
import { page, timeIn } from '../../settings/index.ts'
import { ticketFigures } from '../figures/explaining.ts'
import { saysMore } from '../figures/share-words.ts'
import { metricOf } from '../metrics/index.ts'
import { cellOf, cellWords, kindOf, readAs } from '../reports/writing.ts'
import { clockOf } from './clock.ts'
import { freshnessLine } from './figure-views.ts'
import { FIGURES_STYLE } from './style.ts'

/** What one ticket adds to every figure, with what started, paused and stopped its clocks, so that anybody can recount it. */
export const ticketFiguresPage = page('/dashboard/tickets/:ticketId', FIGURE_PEOPLE, async (ctx, { actor, params }) => {
  const ticketId = params['ticketId'] ?? ''
  const { zone } = await clockOf(ctx, actor.workspaceId)
  const { freshness, metrics } = await ticketFigures(ctx, actor.workspaceId, ticketId)
  const label = metrics.flatMap(({ shares }) => shares).find((one) => one.ticketId === ticketId)?.label
  const counted = metrics.filter(({ shares, steps }) => shares.length + steps.length > 0)
  return {
    title: `${label ?? 'Ticket'} in the figures`,
    body: html`<h1>${label ?? 'Ticket'} in the figures</h1>
      ${freshnessLine(freshness, zone)}
      <p class="row"><a href=${`/desk/tickets/${ticketId}`}>The ticket</a> <a href="/dashboard">Dashboard</a></p>
      ${counted.length === 0 && html`<p>This ticket counts in no figure.</p>`}
      ${counted.map((one) => metricSection(one, zone))}
      <p class="soft">Times are those of ${zone}.</p>`,
    style: FIGURES_STYLE,
  }
})

type Counted = TicketFigures['metrics'][number]

function metricSection({ metric, shares, steps }: Counted, zone: string) {
  const kind = kindOf(metric.unit, false)
  const at = (iso: string) => timeIn(zone, new Date(iso))
  return html`<section id=${metric.id}>
    <h2><a href=${`/reports/definitions#${metric.id}`}>${metric.name}</a></h2>
    <ul>${shares.map(
      ({ at: when, value, currency, words }) =>
        html`<li>${at(when)}: <strong>${cellWords(cellOf(value, kind, currency), readAs(kind, metricOf(metric.id)), currency)}</strong> ${saysMore(metricOf(metric.id)) && words}</li>`,
    )}</ul>
    ${steps.length > 0 && html`<details><summary>Step by step</summary><ol>${steps.map((step) => html`<li>${at(step.at)}: ${step.words}</li>`)}</ol></details>`}
  </section>`
}
