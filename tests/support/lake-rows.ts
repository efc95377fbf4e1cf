import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { type LakeTable, TABLE_NAMES, TABLES, type TableName } from '../../backend/features/analytics/lake/tables.ts'
import type { LakeOfDesk } from './lake-desk.ts'

export type LakeRows = Record<TableName, Record<string, unknown>[]>

/** Every row that a workspace has in the lake, in the dullest way: newest part first, by owner. */
export async function lakeRows({ place }: Pick<LakeOfDesk, 'place'>, workspaceId: string): Promise<LakeRows> {
  const root = await place.root()
  const commit = root?.workspaces[workspaceId]
  if (commit === undefined) throw new Error('The workspace has no lake')
  const manifest = await place.manifest(workspaceId, commit)
  await place.ready(manifest)
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const read = async (file: string) =>
    (
      await connection.runAndReadAll(`from read_parquet('${join(place.folderOf(workspaceId), file)}')`)
    ).getRowObjectsJson() as Record<string, unknown>[]
  const rows = {} as LakeRows
  for (const name of TABLE_NAMES) {
    const { base = [], deltas = [] } = manifest.tables[name] ?? {}
    const { owner }: LakeTable = TABLES[name]
    const known = new Set<unknown>()
    rows[name] = []
    for (const part of [...deltas].reverse().concat(base)) {
      const own = await read(part.file)
      const fresh = own.filter((row) => (base.includes(part) ? !known.has(row[owner]) : !known.has(row[owner])))
      if (!base.includes(part)) for (const row of own) known.add(row[owner])
      rows[name].push(...fresh.filter(({ gone }) => !gone).map(({ gone: _, ...row }) => row))
    }
    rows[name].sort((a, b) => (String(a['id'] ?? a[owner]) < String(b['id'] ?? b[owner]) ? -1 : 1))
  }
  connection.closeSync()
  instance.closeSync()
  return rows
}
