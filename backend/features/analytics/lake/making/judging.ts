import type pg from 'pg'
import type { TicketPriority } from '../../../../../shared/tickets.ts'
import type { Counting } from '../../../sla/index.ts'
import { inPieces } from '../keeping/pieces.ts'
import type { Family } from '../sources/families.ts'
import type { Scope } from '../sources/scope.ts'
import { clocksSql } from '../sources/tickets.ts'
import type { Reached } from './copying.ts'
import { type Lines, writeLines } from './one-by-one.ts'

type Row = {
  workspaceId: string
  ticketId: string
  marks: Parameters<Counting['clocks']>[0]
  policyId: string
  priority: TicketPriority
}

/** So many are judged at once: a few milliseconds in which nothing else runs here. */
const BATCH = 500

/** What `judgeClocks` writes, in this order. */
export const RAW_CLOCK = {
  workspace_id: 'VARCHAR',
  ticket_id: 'VARCHAR',
  target: 'VARCHAR',
  policy_id: 'VARCHAR',
  since_ms: 'BIGINT',
  ended_ms: 'BIGINT',
  state: 'VARCHAR',
  limit_ms: 'BIGINT',
  used_ms: 'BIGINT',
} as const

/**
 * Judges the clocks of tickets by the clock of the SLA and writes them to a file, one after another, whatever their number.
 */
export async function judgeClocks(
  reached: Reached & { countings: ReadonlyMap<string, Counting> },
  { ids, scope, file }: { ids: Family['ids']; scope: Scope; file: string },
): Promise<void> {
  await writeLines(file, async (lines) => {
    for await (const piece of inPieces(reached, ids, scope)) await judgePiece(reached, piece, lines)
  })
}

async function judgePiece(
  { client, countings }: { client: pg.ClientBase; countings: ReadonlyMap<string, Counting> },
  piece: Scope,
  lines: Lines,
): Promise<void> {
  await client.query(`declare clocks no scroll cursor for ${clocksSql(piece)}`)
  for (;;) {
    const { rows } = await client.query<Row>(`fetch ${BATCH} from clocks`)
    if (rows.length === 0) break
    await lines.write(rows.map((row) => linesOf(row, countings)).join(''))
  }
  await client.query('close clocks')
}

function linesOf(
  { workspaceId, ticketId, marks, policyId, priority }: Row,
  countings: ReadonlyMap<string, Counting>,
): string {
  const clocks = countings.get(workspaceId)?.clocks(marks, { policyId, priority }) ?? []
  return clocks
    .map(({ target, since, endedAt, state, limit, used }) =>
      [workspaceId, ticketId, target, policyId, whole(since), whole(endedAt), state, whole(limit), whole(used)].join(),
    )
    .map((line) => `${line}\n`)
    .join('')
}

const whole = (number: number | null): string => (number === null ? '' : String(Math.round(number)))
