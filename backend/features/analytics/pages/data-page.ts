import { FIGURE_PEOPLE, LEADS } from '../../../../shared/roles.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { html } from '../../../platform/html.ts'
import { page, timeIn } from '../../settings/index.ts'
import { countBroken, findBroken } from '../checking/finding.ts'
import { countWords } from '../reports/writing.ts'
import { clockOf } from './clock.ts'
import { freshnessLine } from './figure-views.ts'
import { FIGURES_STYLE } from './style.ts'

const PATH = '/reports/data'

/** What is wrong with the facts behind the figures: each rule with how often it is broken. */
export const dataPage = page(PATH, FIGURE_PEOPLE, async (ctx, { actor }) => {
  const [{ counts, freshness }, { zone }] = await Promise.all([
    countBroken(ctx, actor.workspaceId),
    clockOf(ctx, actor.workspaceId),
  ])
  return {
    title: 'Data that needs a look',
    body: html`<h1>Data that needs a look</h1>
      <p>Facts that make figures wrong or incomplete. <a href="/reports">All reports</a> <a href="/reports/definitions">Definitions</a> ${recategorise(actor)}</p>
      ${freshnessLine(freshness, zone)}
      <ul>${counts.map(
        ({ rule, count }) => html`<li>
          <strong>${count === null ? 'not known' : countWords(count)}</strong> <a href=${`${PATH}/${rule.id}`}>${rule.name}</a>
          <br /><span class="soft">${rule.sentence}</span></li>`,
      )}</ul>`,
    style: FIGURES_STYLE,
  }
})

/** What breaks one rule, each with its ticket. */
export const brokenPage = page(`${PATH}/:dataRule`, FIGURE_PEOPLE, async (ctx, { actor, params, query }) => {
  const asked = { rule: params['dataRule'] ?? '', cursor: query.get('cursor') ?? undefined }
  const [{ rule, items, next, freshness }, { zone }] = await Promise.all([
    findBroken(ctx, actor.workspaceId, asked),
    clockOf(ctx, actor.workspaceId),
  ])
  const isCategory = rule.id.endsWith('category')
  return {
    title: rule.name,
    body: html`<h1>${rule.name}</h1>
      <p>${rule.sentence} <a href=${PATH}>All rules</a></p>
      ${isCategory && html`<p>${recategorise(actor)}</p>`}
      ${freshnessLine(freshness, zone)}
      ${
        items.length === 0
          ? html`<p>Nothing breaks this rule.</p>`
          : html`<div class="scroll" tabindex="0" role="region" aria-label=${rule.name}><table>
            <thead><tr><th scope="col">Ticket</th><th scope="col">When</th><th scope="col">What</th></tr></thead>
            <tbody>${items.map(
              ({ ticketId, label, at, words }) => html`<tr>
                <th scope="row">${ticketId === null ? label : html`<a href=${`/desk/tickets/${ticketId}`}>${label}</a>`}</th>
                <td>${timeIn(zone, new Date(at))}</td><td>${words}</td></tr>`,
            )}</tbody></table></div>`
      }
      ${next !== null && html`<p><a class="button" href=${`${PATH}/${rule.id}?cursor=${encodeURIComponent(next)}`}>Older</a></p>`}`,
    style: FIGURES_STYLE,
  }
})

/** The way to what only leads may do. */
const recategorise = ({ role }: StaffActor) =>
  LEADS.some((one) => one === role) && html`<a href=${`${PATH}/categories`}>Give old tickets another category</a>`
