import { join } from 'node:path'
import type { Counting } from '../../../sla/index.ts'
import type { Engine } from '../engine.ts'
import type { Family } from '../sources/families.ts'
import type { Scope } from '../sources/scope.ts'
import { rawEvent, rawHandling, rawMessage, rawTicket } from '../sources/tickets.ts'
import { fetchSource, type Reached, readCsv, readSource } from './copying.ts'
import { judgeClocks, RAW_CLOCK } from './judging.ts'
import { countOpenTime } from './open-time.ts'
import { CLOCKS, COUNTED, MESSAGES, MOVES, RATINGS, TALK, TICKETS } from './ticket-facts.ts'

type Countings = ReadonlyMap<string, Counting>

const RAW = [rawTicket, rawMessage, rawEvent, rawHandling]
const CLOCK_FILE = 'clocks.csv'

export async function fetchTickets(
  reached: Reached & { countings: Countings },
  { ids, scope, folder }: { ids: Family['ids']; scope: Scope; folder: string },
): Promise<void> {
  for (const source of RAW) await fetchSource(reached, source, { ids, scope, folder })
  await judgeClocks(reached, { ids, scope, file: join(folder, CLOCK_FILE) })
}

/** Makes `made_ticket`, `made_message`, `made_move`, `made_clock` and `made_rating` of what PostgreSQL says of tickets. */
export async function makeTickets(
  engine: Engine,
  { countings, folder }: { countings: Countings; folder: string },
): Promise<void> {
  for (const source of RAW) await readSource(engine, source, folder)
  await readCsv(engine, { file: join(folder, CLOCK_FILE), table: 'raw_clock', columns: RAW_CLOCK })
  for (const statement of [COUNTED, TALK, MESSAGES, MOVES, CLOCKS, RATINGS]) await engine.run(statement)
  for (const table of ['raw_message', 'raw_clock']) await engine.run(`drop table ${table}`) // memory is short
  await countOpenTime(engine, { countings, folder })
  await engine.run(TICKETS)
  for (const table of ['raw_ticket', 'raw_event', 'raw_handling', 'counted', 'talk', 'open_time'])
    await engine.run(`drop table ${table}`)
}
