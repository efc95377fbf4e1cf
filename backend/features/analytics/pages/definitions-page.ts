import type { Dimension, Measure, MetricView, Unit } from '../../../../shared/analytics.ts'
import { FIGURE_PEOPLE } from '../../../../shared/roles.ts'
import { html } from '../../../platform/html.ts'
import { page } from '../../settings/index.ts'
import { metricViews } from '../metrics/index.ts'
import { DIMENSION_WORDS } from '../reports/axes.ts'

const MEASURE_WORDS: Record<Measure, string> = {
  count: 'how many',
  sum: 'sum',
  average: 'average',
  median: 'median',
  p90: '90th percentile: nine of ten take no longer',
  share: 'share of all',
}

const UNIT_WORDS: Record<Unit, string> = {
  tickets: 'tickets',
  mails: 'mails',
  times: 'times',
  seconds: 'lengths of time',
  share: 'shares of 1, shown in percent',
  money: 'money, one figure for each currency',
  score: 'scores',
  people: 'people',
}

const RULE_WORDS: Record<keyof MetricView['rules'], string> = {
  reopened: 'Opened again',
  merged: 'Merged',
  automatic: 'Automatic mail',
  historical: 'History',
  hours: 'Hours',
}

/** Every definition, one below the other; a figure anywhere leads to its own. */
export const definitionsPage = page('/reports/definitions', FIGURE_PEOPLE, async () => {
  const metrics = metricViews()
  const groups = [...new Set(metrics.map(({ group }) => group))]
  return {
    title: 'Definitions',
    body: html`<h1>Definitions</h1>
      <p>Every figure has one definition, whether it is read on a page, in a spreadsheet, in a file or over the API. Its list of tickets adds up to it. Categories, hours and whose a ticket is are those of today: when somebody corrects an old ticket, old figures change with it.</p>
      <p class="row"><a href="/reports">Reports</a> <a href="/reports/data">Data that needs a look</a></p>
      ${groups.map((group) => html`<h2>${group}</h2>${metrics.filter((one) => one.group === group).map(definition)}`)}`,
  }
})

const definition = ({ id, version, name, sentence, unit, inHours, measures, dimensions, rules }: MetricView) => html`
  <section id=${id}>
    <h3>${name}</h3>
    <p>${sentence}</p>
    <dl>
      <dt>Told as</dt><dd>${measures.map((one) => MEASURE_WORDS[one]).join(' · ')}, of ${UNIT_WORDS[unit]}${inHours && ', in hours however long they are'}</dd>
      ${dimensions.length > 0 && html`<dt>Split by</dt><dd>${dimensions.map(dimensionWords).join(', ')}</dd>`}
      ${Object.entries(rules).map(([rule, words]) => html`<dt>${RULE_WORDS[rule as keyof typeof rules]}</dt><dd>${words}</dd>`)}
      <dt>Over the API</dt><dd><code>${id}</code>, version ${version}</dd>
    </dl>
    <p><a href=${`/dashboard/shares?metric=${id}`}>What it is made of</a></p>
  </section>`

const dimensionWords = (dimension: Dimension): string =>
  dimension === 'agent' ? 'person' : DIMENSION_WORDS[dimension].toLowerCase()
