import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import type pg from 'pg'
import type { Counting } from '../../../sla/index.ts'
import type { Engine } from '../engine.ts'
import type { Scope } from '../sources/scope.ts'
import { rawEvent, rawHandling, rawMessage, rawTicket } from '../sources/tickets.ts'
import { copySource, readCsv } from './copying.ts'
import { judgeClocks, RAW_CLOCK } from './judging.ts'
import { CLOCKS, COUNTED, MESSAGES, MOVES, TALK, TICKETS } from './ticket-facts.ts'

export type Reading = { client: pg.ClientBase; engine: Engine; countings: ReadonlyMap<string, Counting> }

/** Makes `made_ticket`, `made_message`, `made_move` and `made_clock` of what PostgreSQL says of tickets. */
export async function makeTickets({ client, engine, countings }: Reading, scope: Scope): Promise<void> {
  for (const source of [rawTicket, rawMessage, rawEvent, rawHandling]) await copySource(client, engine, source, scope)
  const file = join(engine.folder, 'clocks.csv')
  await judgeClocks(client, scope, { countings, file })
  await readCsv(engine, { file, table: 'raw_clock', columns: RAW_CLOCK })
  for (const statement of [COUNTED, TALK, MESSAGES, MOVES, CLOCKS]) await engine.run(statement)
  await countOpenTime(engine, countings)
  await engine.run(TICKETS)
  for (const table of [
    'raw_ticket',
    'raw_message',
    'raw_event',
    'raw_handling',
    'raw_clock',
    'counted',
    'talk',
    'open_time',
  ])
    await engine.run(`drop table ${table}`)
}

/** How much open time lies between question and answer, and between beginning and end, by the clock of the SLA. */
async function countOpenTime(engine: Engine, countings: ReadonlyMap<string, Counting>): Promise<void> {
  const file = join(engine.folder, 'open-time.csv')
  const out = createWriteStream(file, { mode: 0o600 })
  await engine.each(
    `select workspace_id, id, epoch_ms(first_in_at), epoch_ms(first_out_at), epoch_ms(opened_at), epoch_ms(resolved_at) from talk
     where first_out_at is not null or resolved_at is not null`,
    async (rows) => {
      const lines = rows.map(([workspaceId, id, firstIn, firstOut, opened, resolved]) => {
        const between = (from: unknown, to: unknown) =>
          from === null || to === null
            ? ''
            : Math.floor((countings.get(String(workspaceId))?.open.between(Number(from), Number(to)) ?? 0) / 1_000)
        return `${workspaceId},${id},${between(firstIn, firstOut)},${between(opened, resolved)}\n`
      })
      if (!out.write(lines.join(''))) await once(out, 'drain')
    },
  )
  out.end()
  await finished(out)
  const columns = { workspace_id: 'VARCHAR', id: 'VARCHAR', first_open: 'BIGINT', resolution_open: 'BIGINT' }
  await readCsv(engine, { file, table: 'open_time', columns })
}
