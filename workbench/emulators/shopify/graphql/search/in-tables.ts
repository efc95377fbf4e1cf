import type { GraphQLResolveInfo } from 'graphql'
import type { Kept } from '../../store/records/ids.ts'
import type { Table } from '../../store/table.ts'
import type { Ctx } from '../resource.ts'
import type { SearchFields } from './fields.ts'
import { type Search, searchFor } from './searching.ts'

/** Reads a `query:` argument; fields that are not there are told in the answer's extensions. */
export function searchIn<T>(
  ctx: Ctx,
  info: GraphQLResolveInfo,
  query: string | null | undefined,
  fields: SearchFields<T>,
): Search<T> {
  const search = searchFor(query, fields)
  if (search.warnings.length > 0)
    ctx.warn({ path: [String(info.path.key)], query: query ?? '', parsed: search.parsed, warnings: search.warnings })
  return search
}

/**
 * The records that a search finds, lazily. The index lags behind the writes: a record is found by what it was when the
 * index last looked, and comes as it is now.
 */
export function* foundIn<T extends Kept>(
  { shop }: Ctx,
  table: Table<T>,
  search: Search<T>,
  records: Iterable<T> = table.all(),
): Iterable<T> {
  const horizon = shop.now().getTime() - shop.state.indexLag * 1000
  const lags = search.asked && shop.state.indexLag > 0
  for (const record of records) {
    const known = lags ? table.knownAt(record, horizon) : record
    if (known && search.matches(known)) yield record
  }
}
