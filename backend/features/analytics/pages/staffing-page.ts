import type { Staffing } from '../../../../shared/insight.ts'
import { FIGURE_PEOPLE, LEADS } from '../../../../shared/roles.ts'
import { html } from '../../../platform/html.ts'
import { page } from '../../settings/index.ts'
import { draw } from '../charts/drawing.ts'
import { dayAfter, dayOf, minuteOf } from '../figures/zones.ts'
import { staffingOf } from '../insight/staffing-plan.ts'
import { dayWords, shortDay } from '../reports/writing.ts'
import { freshnessLine } from './figure-views.ts'
import { insightLinks } from './insight-links.ts'
import { FIGURES_STYLE } from './style.ts'

const PATH = '/reports/staffing'
const WEEKS = 6

type Hour = Staffing['hours'][number]

/** People needed beside people planned, a week at a time. */
export const staffingPage = page(PATH, FIGURE_PEOPLE, async (ctx, { actor, query }) => {
  const told = await staffingOf(ctx, actor.workspaceId)
  const week = Math.min(WEEKS - 1, Math.max(0, Math.trunc(Number(query.get('week') ?? 0)) || 0))
  const first = told.hours[0] ? dayOf(told.zone, Date.parse(told.hours[0].at)) : null
  const days = first === null ? null : { from: dayAfter(first, 7 * week), to: dayAfter(first, 7 * week + 6) }
  const hours = told.hours.filter(({ at }) => {
    const day = dayOf(told.zone, Date.parse(at))
    return days !== null && days.from <= day && day <= days.to
  })
  return {
    title: 'Needed people',
    body: html`<h1>Needed people</h1>
      ${insightLinks(PATH)}
      <p>${targetWords(told)}${LEADS.some((role) => role === actor.role) && html` <a href="/settings/staffing">Change the target</a> <a href="/desk/team">Plan shifts</a>`}</p>
      ${freshnessLine(told.freshness, told.zone)}
      ${told.words.map((words) => html`<p>${words}</p>`)}
      ${days && html`<p class="soft">Hours are those of ${told.zone}.</p>`}
      ${days && html`${await weekView(told, hours, days)}${weekLinks(week)}`}`,
    style: FIGURES_STYLE,
  }
})

const targetWords = ({ settings: { share, withinMinutes, shrinkage } }: Staffing): string =>
  `Work begins on ${Math.round(share * 100)} of 100 new tickets within ${withinMinutes} ${withinMinutes === 1 ? 'minute' : 'minutes'}; ${Math.round(shrinkage * 100)} of 100 minutes of a shift go to breaks, talks and everything else.`

async function weekView({ zone }: Staffing, hours: readonly Hour[], days: { from: string; to: string }) {
  const title = `${dayWords(days.from)} to ${dayWords(days.to)}`
  if (hours.length === 0) return html`<h2>${title}</h2><p>The desk is closed.</p>`
  const svg = await draw(
    {
      kind: 'line',
      title: `Needed and planned people, ${title}`,
      words: `${summaryOf(hours)} The numbers stand in the table.`,
      places: hours.map(({ at }) => hourWords(zone, at)),
      series: [
        { name: 'Needed', values: hours.map(({ needed }) => needed) },
        { name: 'Planned', values: hours.map(({ planned }) => planned) },
      ],
      unit: { kind: 'number' },
    },
    'chart-staffing',
  )
  return html`<h2>${title}</h2><p><strong>${summaryOf(hours)}</strong></p>
    <div class="svg-place" dangerouslySetInnerHTML=${{ __html: svg }}></div>
    <div class="scroll numbers" tabindex="0" role="region" aria-label="Needed and planned people, hour by hour"><table class="over-time">
      <thead><tr><th scope="col">Hour</th><th scope="col" class="number">Tickets</th><th scope="col" class="number">Needed</th><th scope="col" class="number">Planned</th><th scope="col"></th></tr></thead>
      <tbody>${hours.map(
        (
          hour,
        ) => html`<tr><th scope="row">${hourWords(zone, hour.at)}</th><td class="number">${tenth(hour.tickets)}</td>
          <td class="number">${hour.needed}</td><td class="number">${tenth(hour.planned)}</td><td>${stateWords(hour)}</td></tr>`,
      )}</tbody></table></div>`
}

/** 23 Nov, 08:00: the year stands above, and a phone has no room for it. */
const hourWords = (zone: string, at: string): string => shortDay(minuteOf(zone, Date.parse(at)))

const tenth = (value: number): string => String(Math.round(value * 10) / 10)

const people = (count: number): string => `${tenth(count)} ${count === 1 ? 'person' : 'people'}`

function stateWords({ state, needed, planned }: Hour): string {
  if (state === 'fits') return 'fits'
  return state === 'short' ? `${people(needed - planned)} short` : `${people(planned - needed)} more than needed`
}

/** How many hours are short, and how many have more than they need. */
function summaryOf(hours: readonly Hour[]): string {
  const short = hours.filter(({ state }) => state === 'short')
  const over = hours.filter(({ state }) => state === 'over')
  return `Of ${hours.length} open hours ${short.length} ${short.length === 1 ? 'is' : 'are'} short and ${over.length} ${over.length === 1 ? 'has' : 'have'} more people than needed.`
}

const weekLinks = (week: number) => html`<p class="row">
  ${week > 0 && html`<a href=${`${PATH}?week=${week - 1}`}>Week before</a>`} ${week < WEEKS - 1 && html`<a href=${`${PATH}?week=${week + 1}`}>Week after</a>`}</p>`
