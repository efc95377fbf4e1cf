import { BULK_UNDO_MINUTES, type BulkAct, type BulkWish } from '../../../../shared/bulk-acts.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { wishWords } from './words.ts'

export type Outcome = 'planned' | 'done' | 'unchanged' | 'failed' | 'undone' | 'left'

export type BulkRow = {
  id: string
  byKind: 'staff' | 'key'
  byId: string
  by: string | null
  wish: BulkWish
  /** The person in the wish, by name, and the number of the ticket that stays. */
  person: string | null
  survivor: number | null
  state: BulkAct['state']
  total: number
  createdAt: Date
  endedAt: Date | null
  counts: Partial<Record<Outcome, number>>
}

/** One act with what became of its tickets. @param tx of the workspace @throws DeskError not_found */
export async function bulkActOf(tx: Tx, id: string): Promise<BulkRow> {
  const [row] = await tx.$queryRaw<BulkRow[]>(bulkActSql(tx.workspaceId, id))
  if (!row) throw new DeskError('not_found', 'There is no such act on many tickets.')
  return row
}

const bulkActSql = (workspaceId: string, id: string): Prisma.Sql => Prisma.sql`
  select b.id::text, b.by_kind as "byKind", b.by_id::text as "byId", coalesce(s.name, k.name) as by, b.wish, p.name as person, v.number as survivor, b.state, b.total,
    b.created_at as "createdAt", b.ended_at as "endedAt",
    (select json_object_agg(outcome, n) from (select t.outcome, count(*)::int as n from desk.bulk_act_ticket t
      where t.workspace_id = b.workspace_id and t.bulk_act_id = b.id group by t.outcome) counted) as counts
  from desk.bulk_act b
  left join desk.staff s on s.workspace_id = b.workspace_id and s.id = b.by_id
  left join desk.api_key k on k.workspace_id = b.workspace_id and k.id = b.by_id
  left join desk.ticket v on v.workspace_id = b.workspace_id and v.id = (b.wish ->> 'survivorId')::uuid
  left join desk.staff p on p.workspace_id = b.workspace_id and p.id = (b.wish ->> 'assigneeId')::uuid
  where b.workspace_id = ${workspaceId}::uuid and b.id = ${id}::uuid`

/** Until when an act can be taken back; null when it runs, was taken back, or is too old. */
export function undoUntil({ state, endedAt }: Pick<BulkRow, 'state' | 'endedAt'>, now: Date): Date | null {
  if (state !== 'done' || endedAt === null) return null
  const until = new Date(endedAt.getTime() + BULK_UNDO_MINUTES * 60_000)
  return until > now ? until : null
}

export const presentBulk = (row: BulkRow, now: Date): BulkAct => ({
  id: row.id,
  wish: row.wish,
  words: wishWords(row.wish, row),
  by: row.by ?? 'Former colleague',
  state: row.state,
  total: row.total,
  counts: { planned: 0, done: 0, unchanged: 0, failed: 0, undone: 0, left: 0, ...row.counts },
  createdAt: row.createdAt.toISOString(),
  undoUntil: undoUntil(row, now)?.toISOString() ?? null,
})
