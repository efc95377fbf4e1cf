import type { Figure, Freshness } from '../../../../shared/analytics.ts'
import { html } from '../../../platform/html.ts'
import { timeIn } from '../../settings/index.ts'
import { draw } from '../charts/drawing.ts'
import { picturesOf } from '../reports/picturing.ts'
import type { Filled } from '../reports/reading.ts'
import { spanBefore } from '../reports/spans.ts'
import { DRAWN_FAINT, dayWords } from '../reports/writing.ts'
import { headlinesOf } from './comparing.ts'
import { tableView } from './table-view.ts'

const SVG = 'svg-place'

/** Pixels; pages stretch them to the room there is. */
const CARD_WIDTH = 320
const SECTION_WIDTH = 400

/** The pictures of a table; nothing where there is nothing to see. */
async function picturesIn({ table, pictures }: Filled, width: number) {
  const drawn = await Promise.all(
    (pictures ?? picturesOf(table)).map((picture, at) => draw(picture, `chart-${table.id}-${at}`, width)),
  )
  return drawn.map((svg) => html`<div class=${SVG} dangerouslySetInnerHTML=${{ __html: svg }}></div>`)
}

const headline = (filled: Filled) =>
  headlinesOf(filled).map(
    ({ words, beside, tone }) =>
      html`<p class="headline"><strong>${words}</strong> <small class=${tone}>${beside}</small></p>`,
  )

const note = ({ table }: Filled) => table.note !== null && html`<p class="soft note">${table.note}</p>`

const definition = ({ table, definition: { metric } }: Filled) =>
  html`<p><small>${table.sentence} <a href=${`/reports/definitions#${metric}`}>Definition</a></small></p>`

/** A figure beside others: how much, compared with before, its picture, and its numbers for whoever unfolds them. */
export async function figureCard(filled: Filled) {
  const { table } = filled
  return html`<section class="figure-card" id=${`figure-${table.id}`} aria-label=${table.title}>
    <h2><a href=${table.link}>${table.title}</a></h2>
    ${headline(filled)}
    ${note(filled)}
    ${await picturesIn(filled, CARD_WIDTH)}
    <details class="no-print" id=${`numbers-${table.id}`}><summary>Numbers and definition</summary>${tableView(table)}${definition(filled)}</details>
  </section>`
}

/** A figure of a report, with all its numbers beside its picture. */
export async function figureSection(filled: Filled) {
  const { table } = filled
  const pictures = await picturesIn(filled, SECTION_WIDTH)
  return html`<section class=${`figure-section ${pictures.length > 0 ? 'pictured' : table.chart === 'none' ? '' : 'unsaid'}`} id=${`figure-${table.id}`} aria-label=${table.title}>
    <h2><a href=${table.link}>${table.title}</a></h2>
    ${headline(filled)}
    ${note(filled)}
    <div class="side-by-side">${pictures.length > 0 && html`<div>${pictures}</div>`}${tableView(table, table.rowLinks)}</div>
    ${definition(filled)}
  </section>`
}

/** Which days, and what is said of those before them. */
export const periodLine = ({ from, to, zone }: Figure['period'], filters: string, before = '') =>
  html`<p class="period"><strong>${daysWords({ from, to })}</strong>
    <span class="soft"> by the clocks of ${zone}${before}</span>
    ${filters !== '' && html`<br /><span>${filters}</span>`}</p>`

/** With which days figures are compared, or why they are not. @param beganOn of the first ticket, when it came after those days had begun */
export function comparedWords({ from, to }: Pick<Figure['period'], 'from' | 'to'>, beganOn: string | null): string {
  const before = daysWords(spanBefore({ from, to }))
  return beganOn === null
    ? `, compared with ${before}`
    : `, not compared with ${before}, because the first ticket is of ${dayWords(beganOn)}`
}

const daysWords = ({ from, to }: { from: string; to: string }): string =>
  from === to ? dayWords(from) : `${dayWords(from)} to ${dayWords(to)}`

/** Said where a chart ends, or begins, with a week of a few days: once for all figures of a page, which go over the same time. */
export function partialLine(tables: readonly Filled[]) {
  const words = tables.find(({ table: { partialWords, chart } }) => partialWords && chart !== 'none')?.table
    .partialWords
  return words !== undefined && html`<p class="soft">${words} ${DRAWN_FAINT}</p>`
}

/** How old the figures are, and what holds them up. */
export const freshnessLine = ({ state, asOf, words }: Freshness, zone: string) => html`
  <p class=${state === 'fresh' ? 'soft' : 'bad'} role=${state === 'fresh' ? undefined : 'status'}>${asOf === null ? 'No figures yet.' : `Figures as of ${timeIn(zone, new Date(asOf))}.`} ${words}</p>`
