import type { RuleRun } from '../../../shared/rules.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { packCursor, readCursor, type Signer } from '../../platform/signer.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { formatNumber } from '../tickets/index.ts'

type Query = { ruleId?: string | undefined; cursor?: string | undefined; limit: number }
type Place = [at: string, id: string]
type Row = Pick<RuleRun, 'id' | 'outcome' | 'words'> & {
  at: Date
  ruleId: string
  name: string
  ticketId: string
  number: number
}

/** What rules did, newest first. */
export async function listRuns(signer: Signer, tx: Tx, { ruleId, cursor, limit }: Query) {
  const list = `rule-runs/${tx.workspaceId}/${ruleId ?? ''}`
  const place = readCursor(signer, list, cursor) as Place | null
  const rows = await tx.$queryRaw<Row[]>(runsBefore(tx.workspaceId, ruleId ?? null, place, limit + 1))
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return {
    items: shown.map(present),
    next: last ? packCursor(signer, list, [last.at.toISOString(), last.id] satisfies Place) : null,
  }
}

const BEGINNING: Place = ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff']

/** Exported so that a test can look at its plan. */
export function runsBefore(workspaceId: string, ruleId: string | null, place: Place | null, limit: number): Prisma.Sql {
  const [at, id] = place ?? BEGINNING
  return Prisma.sql`
    select n.id::text, n.outcome, n.words, n.at, r.id::text as "ruleId", r.name, t.id::text as "ticketId", t.number
    from (select * from desk.rule_run where workspace_id = ${workspaceId}::uuid
        ${ruleId === null ? Prisma.empty : Prisma.sql`and rule_id = ${ruleId}::uuid`} and (at, id) < (${at}::timestamptz, ${id}::uuid)
      order by at desc, id desc limit ${Prisma.raw(String(Math.trunc(limit)))}) n
    join desk.rule r on r.workspace_id = n.workspace_id and r.id = n.rule_id
    join desk.ticket t on t.workspace_id = n.workspace_id and t.id = n.ticket_id
    order by n.at desc, n.id desc`
}

const present = ({ id, at, outcome, words, ruleId, name, ticketId, number }: Row): RuleRun => ({
  id,
  rule: { id: ruleId, name },
  ticket: { id: ticketId, number: formatNumber(number) },
  at: at.toISOString(),
  outcome,
  words,
})
