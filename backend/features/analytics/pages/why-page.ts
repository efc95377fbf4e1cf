import type { Finding } from '../../../../shared/insight.ts'
import { FIGURE_PEOPLE } from '../../../../shared/roles.ts'
import { html } from '../../../platform/html.ts'
import { page } from '../../settings/index.ts'
import { correlations, rhoText, WEAK } from '../insight/why.ts'
import { dayWords } from '../reports/writing.ts'
import { clockOf } from './clock.ts'
import { freshnessLine } from './figure-views.ts'
import { insightLinks } from './insight-links.ts'
import { FIGURES_STYLE } from './style.ts'

const PATH = '/reports/why'

/** What goes together with ratings, and with tickets that had to be opened again. */
export const whyPage = page(PATH, FIGURE_PEOPLE, async (ctx, { actor }) => {
  const [{ outcomes, since, freshness }, { zone }] = await Promise.all([
    correlations(ctx, actor.workspaceId),
    clockOf(ctx, actor.workspaceId),
  ])
  return {
    title: 'What goes together',
    body: html`<h1>What goes together</h1>
      ${insightLinks(PATH)}
      <p>Since ${dayWords(since)}. What goes together need not be cause and effect: hard questions take long and disappoint, too.</p>
      ${freshnessLine(freshness, zone)}
      ${outcomes.map(
        ({ outcome, title, findings }) => html`<section id=${outcome}><h2>${title}</h2>
          <ul>${onceEach(findings).map(({ sentence, believed, rho }) => html`<li>${believed && Math.abs(rho ?? 0) >= WEAK ? html`<strong>${sentence}</strong>` : sentence}</li>`)}</ul>
          ${findings.some(({ rho }) => rho !== null) && numbers(title, findings)}</section>`,
      )}`,
    style: FIGURES_STYLE,
  }
})

/** What is not known of any of them is said once. */
const onceEach = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ sentence }, n) => findings.findIndex((one) => one.sentence === sentence) === n)

const numbers = (title: string, findings: readonly Finding[]) => html`
  <div class="scroll" tabindex="0" role="region" aria-label=${`${title}, numbers`}><table>
    <thead><tr><th scope="col">With</th><th scope="col" class="number">Pairs</th><th scope="col" class="number">Rank correlation</th><th scope="col" class="number">p</th></tr></thead>
    <tbody>${findings.map(
      ({
        label,
        pairs,
        rho,
        p,
      }) => html`<tr><th scope="row">${label}</th><td class="number">${pairs.toLocaleString('en')}</td>
        <td class="number">${rho === null ? '–' : rhoText(rho)}</td><td class="number">${p === null ? '–' : p < 0.001 ? 'below 0.001' : p.toFixed(3)}</td></tr>`,
    )}</tbody></table></div>`
