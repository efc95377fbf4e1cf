import { expect, test } from '@jest/globals'
import type pg from 'pg'
import { putAside } from '../../workbench/start/a-year/put-aside.ts'
import { createDatabase, ownerOf } from '../support/database.ts'

const indexes = async (owner: pg.Client) => {
  const { rows } = await owner.query<{ table: string; definition: string }>(
    `select i.indrelid::regclass::text as table, pg_get_indexdef(i.indexrelid) as definition from pg_index i
     join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('desk', 'desk_parts') order by 1, 2`,
  )
  return rows
}

test('indexes that are put aside while a year is written are there again afterwards, each as it was', async () => {
  const database = await createDatabase()
  const owner = await ownerOf(database)
  try {
    const before = await indexes(owner)
    const tables = ['ticket', 'message', 'search_document', 'event']
    const build = await putAside(owner, tables)
    const left = await indexes(owner)
    expect(left.filter(({ table }) => table === 'desk.search_document')).toHaveLength(1) // what its key stands on
    expect(left.length).toBeLessThan(before.length - 20)
    for (const table of tables) await build(owner, table)
    expect(await indexes(owner)).toEqual(before)
  } finally {
    await owner.end()
    await database.drop()
  }
})
