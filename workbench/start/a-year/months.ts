import type pg from 'pg'

/** A month of a table that is kept by months, taken out of it for a while. */
export type Month = { table: string; from: Date; until: Date; bound: string }

/**
 * Takes the months of a table out of it, up to now, so that each can be filled and given its indexes like any table.
 * @param table in schema desk
 * @returns oldest first
 */
export async function takeApart(owner: pg.Client, table: string, now: Date): Promise<Month[]> {
  const { rows } = await owner.query<{ part: string; bound: string }>(
    `select c.oid::regclass::text as part, pg_get_expr(c.relpartbound, c.oid) as bound from pg_inherits i
     join pg_class c on c.oid = i.inhrelid where i.inhparent = $1::regclass`,
    [table],
  )
  const months = rows
    .flatMap(({ part, bound }) => monthOf(part, bound) ?? [])
    .filter(({ from }) => from <= now)
    .sort((a, b) => a.from.getTime() - b.from.getTime())
  for (const month of months) await owner.query(`alter table ${table} detach partition ${month.table}`)
  return months
}

/** Puts a month where it was; whatever indexes and keys both have become one. */
export const putBack = (owner: pg.Client, table: string, { table: part, bound }: Month) =>
  owner.query(`alter table ${table} attach partition ${part} ${bound}`)

/** The part for all other rows has no bounds. */
function monthOf(table: string, bound: string): Month | null {
  const [from, until] = [...bound.matchAll(/'([^']+)'/g)].map(([, at]) => new Date(at ?? ''))
  return from && until ? { table, from, until, bound } : null
}
