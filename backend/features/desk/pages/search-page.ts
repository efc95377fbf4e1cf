import { STAFF_ROLES } from '../../../../shared/roles.ts'
import { SearchOrder, type SearchResult, searchTickets } from '../../../../shared/search.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { type Page, page, type Visit } from '../../settings/index.ts'
import { ask, type Caller, type Routes } from '../api.ts'
import { type Clock, clockWords } from '../panel/clock.ts'
import { asked, HOME, SEARCH } from '../paths.ts'
import { placeOf } from '../place.ts'
import { wordsOf } from '../pressing/doing.ts'
import { hitLine } from '../queue/hit-line.ts'
import { searchBox } from '../queue/search-box.ts'

const AT_ONCE = 20

/** Finds any ticket. What cannot be searched for is told above the box, which keeps it. */
export const searchPage = (routes: Routes): Page =>
  page(SEARCH, STAFF_ROLES, (ctx, visit) => shown({ ctx, routes, actor: visit.actor }, visit))

type Asked = { q: string; order: SearchOrder; cursor: string | undefined }

async function shown(caller: Caller, { query }: Visit) {
  const wish: Asked = {
    q: (query.get('q') ?? '').trim(),
    order: SearchOrder.catch('newest').parse(query.get('order')),
    cursor: query.get('cursor') ?? undefined,
  }
  const { clock } = await placeOf(caller.ctx, caller.actor)
  const { found, problem } = wish.q === '' ? { found: null, problem: null } : await look(caller, wish)
  const body = html`
    <h1>Search</h1>
    ${problem && html`<p class="bad" role="alert">${problem}</p>`}
    ${searchBox(wish.q)}
    ${found && foundView(wish, found, clock)}
    <p><a href=${HOME}>Desk</a></p>`
  return { title: 'Search', body }
}

type Looked = { found: SearchResult | null; problem: string | null }

async function look(caller: Caller, wish: Asked): Promise<Looked> {
  try {
    return { found: await ask(caller, searchTickets, { query: { ...wish, limit: AT_ONCE } }), problem: null }
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    return { found: null, problem: wordsOf(error) }
  }
}

function foundView({ q, order, cursor }: Asked, { items, next, remark, searchedTo }: SearchResult, clock: Clock) {
  const other = order === 'best' ? 'newest' : 'best'
  return html`
    ${remark && html`<p class="soft">${remark}</p>`}
    <section aria-label="Found"><h2>${order === 'best' ? 'Best of the newest 1,000' : 'Newest first'}</h2>
      ${items.length === 0 && html`<p>${cursor ? 'Nothing more is found.' : 'Nothing is found. Spam and merged tickets are found with is:spam and is:merged.'}</p>`}
      <ul class="plain">${items.map((hit) => hitLine(hit, clock))}</ul>
      ${searchedTo && html`<p class="soft">Searched back to ${clockWords(new Date(searchedTo), clock)}.</p>`}
    </section>
    ${next && html`<p><a class="button second" href=${asked(SEARCH, { q, order, cursor: next })}>More</a></p>`}
    ${items.length > 0 && html`<p><a href=${asked(SEARCH, { q, order: other })}>${other === 'best' ? 'Best first' : 'Newest first'}</a></p>`}`
}
