import { LONGEST_SEARCH, searchTickets, sendSearch, showSearch } from '../../../shared/search.ts'
import type { Ctx } from '../../context.ts'
import { type Route, route } from '../../platform/route.ts'
import { searchCard } from './card.ts'
import { search } from './finding.ts'
import { presentHit } from './hits.ts'

export const searchRoutes: readonly Route<Ctx>[] = [
  route(searchTickets, async (ctx: Ctx, { query, actor }) => {
    const { question, rows, ...page } = await search(ctx, query, actor)
    return { ...page, items: rows.map((row) => presentHit(row, question)) }
  }),
  route(showSearch, (ctx: Ctx, { query, actor }) => searchCard(ctx, { ...query, q: query.q ?? '' }, actor)),
  route(sendSearch, (ctx: Ctx, { body, actor }) =>
    searchCard(ctx, { q: typed(body.fields['q']?.[0] ?? ''), order: 'newest' }, actor),
  ),
]

/** One more than may be asked is kept, so that the refusal comes with what was typed. */
const typed = (q: string): string => q.trim().slice(0, LONGEST_SEARCH + 1)
