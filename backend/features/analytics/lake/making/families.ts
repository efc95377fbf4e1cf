import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Family } from '../sources/families.ts'
import type { Scope, Thing } from '../sources/scope.ts'
import { copySource, readCsv } from './copying.ts'
import type { MadePart } from './files.ts'
import { writeParts } from './parts.ts'
import { makeTickets, type Reading } from './tickets.ts'

/** Reads things of a family and makes files of them: changes for those that were named, base for stretches. */
export async function makeFamily(reading: Reading, family: Family, scope: Scope): Promise<MadePart[]> {
  const { client, engine } = reading
  if (family.sources === null) await makeTickets(reading, scope)
  else for (const source of family.sources) await copySource(client, engine, source, scope)
  const changed = 'some' in scope && !family.whole ? await nameChanged(reading, scope.some) : null
  const parts: MadePart[] = []
  for (const table of family.tables) parts.push(...(await writeParts(engine, table, changed)))
  return parts
}

async function nameChanged({ engine }: Reading, some: readonly Thing[]): Promise<string> {
  const file = join(engine.folder, 'changed.csv')
  await writeFile(file, some.map(({ workspaceId, id }) => `${workspaceId},${id}\n`).join(''), { mode: 0o600 })
  await readCsv(engine, { file, table: 'changed', columns: { workspace_id: 'VARCHAR', id: 'VARCHAR' } })
  return 'changed'
}
