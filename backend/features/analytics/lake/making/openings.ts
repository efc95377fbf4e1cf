import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Counting } from '../../../sla/index.ts'
import type { Engine } from '../engine.ts'
import { TABLES } from '../tables.ts'
import { readCsv } from './copying.ts'
import type { MadePart } from './files.ts'
import { writeParts } from './parts.ts'

/** Mail that is older than ten years is not read in; figures look ahead for less than two. */
const YEARS_BACK = 11
export const YEARS_AHEAD = 2

/** When workspaces are open, year by year, with how long each had been open before. */
export async function makeOpenings(
  engine: Engine,
  countings: ReadonlyMap<string, Counting>,
  { workspaceIds, year }: { workspaceIds: readonly string[]; year: number },
): Promise<MadePart[]> {
  const lines = workspaceIds.flatMap((workspaceId) => openingsOf(workspaceId, countings.get(workspaceId), year))
  const file = join(engine.folder, 'openings.csv')
  await writeFile(file, lines.join(''), { mode: 0o600 })
  await readCsv(engine, {
    file,
    table: 'made_opening',
    columns: { workspace_id: 'VARCHAR', ...TABLES.opening.columns },
  })
  return writeParts(engine, 'opening', { changed: null, byMonths: false })
}

function openingsOf(workspaceId: string, counting: Counting | undefined, year: number): string[] {
  const lines: string[] = []
  let before = 0
  for (let one = year - YEARS_BACK; one <= year + YEARS_AHEAD; one++)
    for (const { from, to } of counting?.openings(one) ?? []) {
      lines.push(`${workspaceId},${instant(from)},${instant(to)},${Math.floor(before / 1_000)}\n`)
      before += to - from
    }
  return lines
}

const instant = (at: number): string => new Date(at).toISOString().slice(0, -1)
