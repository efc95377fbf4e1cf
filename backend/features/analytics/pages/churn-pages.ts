import type { ChurnRisk } from '../../../../shared/insight.ts'
import { FIGURE_PEOPLE } from '../../../../shared/roles.ts'
import { html } from '../../../platform/html.ts'
import { page, timeIn } from '../../settings/index.ts'
import { churnRisks, churnStory } from '../insight/churn.ts'
import { countWords, dayWords } from '../reports/writing.ts'
import { clockOf } from './clock.ts'
import { freshnessLine } from './figure-views.ts'
import { insightLinks } from './insight-links.ts'
import { FIGURES_STYLE } from './style.ts'

const PATH = '/reports/churn'
const LIMIT = 50

/** Customers who may leave, with what raised their score. */
export const churnPage = page(PATH, FIGURE_PEOPLE, async (ctx, { actor, query }) => {
  const cursor = query.get('cursor') ?? undefined
  const [{ items, next, since, weights, freshness }, { zone }] = await Promise.all([
    churnRisks(ctx, actor.workspaceId, { cursor, limit: LIMIT }),
    clockOf(ctx, actor.workspaceId),
  ])
  return {
    title: 'Customers who may leave',
    body: html`<h1>Customers who may leave</h1>
      ${insightLinks(PATH)}
      <p>What happened to them since ${dayWords(since)} that drives customers away. The score is a sum of points, no probability.</p>
      ${freshnessLine(freshness, zone)}
      ${
        items.length === 0
          ? html`<p>${freshness.state === 'missing' ? 'Whether any of this happened is not known.' : 'Nothing of this happened to anybody.'}</p>`
          : html`<div class="scroll" tabindex="0" role="region" aria-label="Customers who may leave"><table>
            <thead><tr><th scope="col">Customer</th><th scope="col" class="number">Score</th><th scope="col">Facts</th></tr></thead>
            <tbody>${items.map(
              ({ customer, score, reasons }) => html`<tr>
                <th scope="row"><a href=${`${PATH}/${customer.id}`}>${customer.name}</a></th>
                <td class="number">${score}</td><td>${reasons.map(reasonWords).join(' · ')}</td></tr>`,
            )}</tbody></table></div>`
      }
      ${next !== null && html`<p><a class="button" href=${`${PATH}?cursor=${encodeURIComponent(next)}`}>Further</a></p>`}
      <h2>Points</h2>
      <ul>${weights.map(
        ({ words, weight, most }) =>
          html`<li>${words}: ${weight} ${weight === 1 ? 'point' : 'points'}${most > 1 ? ` each, ${most} times at most` : ''}</li>`,
      )}</ul>`,
    style: FIGURES_STYLE,
  }
})

const reasonWords = ({ words, count, points }: ChurnRisk['reasons'][number]): string =>
  `${words}${count > 1 ? `, ${countWords(count)} times` : ''} (${points} ${points === 1 ? 'point' : 'points'})`

/** Each fact of one customer, with its ticket. */
export const churnStoryPage = page(`${PATH}/:customerId`, FIGURE_PEOPLE, async (ctx, { actor, params }) => {
  const [{ risk, facts, freshness }, { zone }] = await Promise.all([
    churnStory(ctx, actor.workspaceId, params['customerId'] ?? ''),
    clockOf(ctx, actor.workspaceId),
  ])
  return {
    title: risk.customer.name,
    body: html`<h1>${risk.customer.name}</h1>
      <p><strong>${risk.score} points</strong>: ${risk.reasons.map(reasonWords).join(' · ')} <a href=${PATH}>All customers</a></p>
      ${freshnessLine(freshness, zone)}
      <div class="scroll" tabindex="0" role="region" aria-label="Facts"><table>
        <thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col">Ticket</th></tr></thead>
        <tbody>${facts.map(
          ({ words, at, ticket }) => html`<tr><td>${timeIn(zone, new Date(at))}</td><td>${words}</td>
            <td>${ticket ? html`<a href=${`/desk/tickets/${ticket.id}`}>${ticket.number}</a>` : 'An address of the customer'}</td></tr>`,
        )}</tbody></table></div>
      <p class="soft">Times are those of ${zone}.</p>`,
    style: FIGURES_STYLE,
  }
})
