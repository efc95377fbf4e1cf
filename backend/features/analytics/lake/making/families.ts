import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { newId } from '../../../../platform/ids.ts'
import type { Counting } from '../../../sla/index.ts'
import type { Engine } from '../engine.ts'
import type { Pace } from '../keeping/pacing.ts'
import type { Family } from '../sources/families.ts'
import { FIRST_ID, type Scope, type Thing } from '../sources/scope.ts'
import { fetchSource, readCsv, readSource } from './copying.ts'
import type { MadePart } from './files.ts'
import { writeParts } from './parts.ts'
import { fetchTickets, makeTickets } from './tickets.ts'

/** What PostgreSQL said of things of a family, in files of a folder of its own. */
export type Fetched = { family: Family; scope: Scope; folder: string }

/** @param client inside of the transaction whose snapshot is read */
export type Reading = { client: pg.ClientBase; engine: Engine; countings: ReadonlyMap<string, Counting>; pace: Pace }

/** Fetches things of a family; the engine may work at others meanwhile. */
export async function fetchFamily(reading: Reading, family: Family, scope: Scope): Promise<Fetched> {
  const folder = join(reading.engine.folder, `fetched-${newId()}`)
  await mkdir(folder, { mode: 0o700 })
  const wish = { ids: family.ids, scope, folder }
  if (family.sources === null) await fetchTickets(reading, wish)
  else for (const source of family.sources) await fetchSource(reading, source, wish)
  return { family, scope, folder }
}

/** Makes parts of what was fetched: changes for things that were named, base for stretches. */
export async function makeFamily(
  { engine, countings }: Pick<Reading, 'engine' | 'countings'>,
  { family, scope, folder }: Fetched,
): Promise<MadePart[]> {
  if (family.sources === null) await makeTickets(engine, { countings, folder })
  else for (const source of family.sources) await readSource(engine, source, folder)
  const changed = 'some' in scope && !family.whole ? await nameChanged(engine, scope.some) : null
  const byMonths = 'from' in scope && (scope.from !== FIRST_ID || scope.before !== null)
  const parts: MadePart[] = []
  const isKeyed = family.sources === null
  for (const table of family.tables) {
    const owners = table === 'rating' ? changed && leftAmong(changed) : changed
    parts.push(...(await writeParts(engine, table, { changed: owners, byMonths, isKeyed })))
  }
  await rm(folder, { recursive: true })
  return parts
}

/**
 * Of tickets that were read those that count no longer. Nobody takes a rating back, so a delta of ratings names these and rated ones alone:
 * where nobody rates, no pull writes one.
 */
const leftAmong = (changed: string) => `(select c.* from ${changed} c
  where not exists (select 1 from made_ticket t where t.workspace_id = c.workspace_id and t.id = c.id))`

async function nameChanged(engine: Engine, some: readonly Thing[]): Promise<string> {
  const file = join(engine.folder, 'changed.csv')
  await writeFile(file, some.map(({ workspaceId, id }) => `${workspaceId},${id}\n`).join(''), { mode: 0o600 })
  await readCsv(engine, { file, table: 'changed', columns: { workspace_id: 'VARCHAR', id: 'VARCHAR' } })
  return 'changed'
}
