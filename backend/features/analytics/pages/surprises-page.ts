import { FIGURE_PEOPLE } from '../../../../shared/roles.ts'
import { html } from '../../../platform/html.ts'
import { page } from '../../settings/index.ts'
import { lakeVersion } from '../figures/asking.ts'
import { surprisesOf } from '../insight/surprise-listing.ts'
import { LEAST_BEFORE } from '../insight/surprises.ts'
import { freshnessIn } from '../reading/freshness.ts'
import { dayWords } from '../reports/writing.ts'
import { clockOf } from './clock.ts'
import { freshnessLine } from './figure-views.ts'
import { insightLinks } from './insight-links.ts'

const PATH = '/reports/surprises'
const LIMIT = 50
const NOTHING = `Nothing so far. A desk is looked at once it has been at work for ${LEAST_BEFORE + 1} weeks.`

/** What came much more, or much less, often than usual, the newest first. */
export const surprisesPage = page(PATH, FIGURE_PEOPLE, async (ctx, { actor, query }) => {
  const cursor = query.get('cursor') ?? undefined
  const [{ items, next }, { zone }, version] = await Promise.all([
    surprisesOf(ctx, actor.workspaceId, { cursor, limit: LIMIT }),
    clockOf(ctx, actor.workspaceId),
    lakeVersion(ctx, actor.workspaceId),
  ])
  const freshness = await freshnessIn(ctx, version !== null)
  return {
    title: 'Surprises',
    body: html`<h1>Surprises</h1>
      ${insightLinks(PATH)}
      <p>What came much more often in seven days than in the eight weeks before, beyond chance; of all new tickets together also what came much less often. Each day is looked at in the night after it; supervisors are told once.</p>
      ${freshnessLine(freshness, zone)}
      ${
        items.length === 0
          ? html`<p>${freshness.state === 'missing' ? 'While there are no figures no day is looked at.' : NOTHING}</p>`
          : html`<ul>${items.map(
              ({ words, link, foundOn, lastOn }) =>
                html`<li><a href=${link}>${words}</a>${lastOn > foundOn && ` It went on until ${dayWords(lastOn)}.`}</li>`,
            )}</ul>`
      }
      ${next !== null && html`<p><a class="button" href=${`${PATH}?cursor=${encodeURIComponent(next)}`}>Older</a></p>`}`,
  }
})
