import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import type { Counting } from '../../../sla/index.ts'
import type { Engine } from '../engine.ts'
import { readCsv } from './copying.ts'

/** Makes `open_time`: how much of it lies between question and answer, and between beginning and end, by the clock of the SLA. */
export async function countOpenTime(
  engine: Engine,
  { countings, folder }: { countings: ReadonlyMap<string, Counting>; folder: string },
): Promise<void> {
  const file = join(folder, 'open-time.csv')
  const out = createWriteStream(file, { mode: 0o600 })
  try {
    await engine.each(
      `select workspace_id, id, epoch_ms(first_in_at)::double, epoch_ms(first_out_at)::double, epoch_ms(opened_at)::double,
         epoch_ms(resolved_at)::double from talk where first_out_at is not null or resolved_at is not null`,
      async (rows) => {
        if (out.errored) throw out.errored
        if (!out.write(rows.map((row) => lineOf(row, countings)).join(''))) await once(out, 'drain')
      },
    )
    out.end()
    await finished(out)
  } catch (error) {
    out.destroy()
    throw error
  }
  const columns = { workspace_id: 'VARCHAR', id: 'VARCHAR', first_open: 'BIGINT', resolution_open: 'BIGINT' }
  await readCsv(engine, { file, table: 'open_time', columns })
}

function lineOf(
  [workspaceId, id, firstIn, firstOut, opened, resolved]: readonly unknown[],
  countings: ReadonlyMap<string, Counting>,
): string {
  const counting = countings.get(String(workspaceId))
  const between = (from: unknown, to: unknown) =>
    from === null || to === null ? '' : Math.floor((counting?.open.between(Number(from), Number(to)) ?? 0) / 1_000)
  return `${workspaceId},${id},${between(firstIn, firstOut)},${between(opened, resolved)}\n`
}
