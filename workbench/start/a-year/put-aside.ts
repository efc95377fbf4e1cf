import type pg from 'pg'

/** Three hundred rows for each of it are looked at in every table and every part: a fifth of what the database would, for a tenth of the wait. */
export const SAMPLED = 20

type Index = { name: string; definition: string }

/**
 * Takes away the indexes of tables that are about to be filled, all but those that constraints stand on: to build one of all rows costs a
 * fraction of growing it row by row.
 * @param tables of schema desk
 * @returns builds those of one table again, as they were
 */
export async function putAside(
  owner: pg.Client,
  tables: readonly string[],
): Promise<(client: pg.Client, table: string) => Promise<void>> {
  const kept = new Map<string, Index[]>()
  for (const table of tables) {
    const { rows } = await owner.query<Index>(
      `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
       where i.indrelid = $1::regclass and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`,
      [`desk.${table}`],
    )
    kept.set(table, rows)
  }
  const names = [...kept.values()].flat().map(({ name }) => name)
  await owner.query(`drop index ${names.join(', ')}`)
  return async (client, table) => {
    await client.query(`set maintenance_work_mem = '256MB'; set default_statistics_target = ${SAMPLED}`)
    for (const { definition } of kept.get(table) ?? []) await client.query(definition.replace(' ON ONLY ', ' ON ')) // of each part, too
    await client.query(`analyze desk.${table}`)
  }
}
