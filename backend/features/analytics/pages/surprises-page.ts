import { FIGURE_PEOPLE } from '../../../../shared/roles.ts'
import { html } from '../../../platform/html.ts'
import { page } from '../../settings/index.ts'
import { surprisesOf } from '../insight/surprise-listing.ts'
import { dayWords } from '../reports/writing.ts'
import { insightLinks } from './insight-links.ts'

const PATH = '/reports/surprises'
const LIMIT = 50

/** What came much more often than usual, the newest first. */
export const surprisesPage = page(PATH, FIGURE_PEOPLE, async (ctx, { actor, query }) => {
  const cursor = query.get('cursor') ?? undefined
  const { items, next } = await surprisesOf(ctx, actor.workspaceId, { cursor, limit: LIMIT })
  return {
    title: 'Surprises',
    body: html`<h1>Surprises</h1>
      ${insightLinks(PATH)}
      <p>What came much more often in seven days than in the eight weeks before, beyond chance. Each day is looked at in the night after it; supervisors are told once.</p>
      ${
        items.length === 0
          ? html`<p>Nothing so far.</p>`
          : html`<ul>${items.map(
              ({ words, link, foundOn, lastOn }) =>
                html`<li><a href=${link}>${words}</a>${lastOn > foundOn && ` It went on until ${dayWords(lastOn)}.`}</li>`,
            )}</ul>`
      }
      ${next !== null && html`<p><a class="button" href=${`${PATH}?cursor=${encodeURIComponent(next)}`}>Older</a></p>`}`,
  }
})
