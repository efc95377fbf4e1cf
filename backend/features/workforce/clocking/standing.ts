import { type BreakKind, DEFAULT_BREAK_KINDS, type EndedHow, type Work } from '../../../../shared/workforce.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { kindsSql, offered } from '../breaks/kinds.ts'

/** How somebody stands as a statement gives it; times are text of JSON. */
export type WorkRow = {
  session: {
    id: string
    since: string
    plannedEnd: string | null
    stays: boolean
    onBreak: { kind: string; label: string; since: string; allowedMinutes: number } | null
  } | null
  last: { endedAt: string; how: EndedHow; by: string | null } | null
  kinds: BreakKind[] | null
}

/** Whether somebody is logged in, on which break, and what they may choose, as one JSON value by index; null for who does not work on tickets. */
export const workSql = (workspaceId: Prisma.Sql, me: string | null): Prisma.Sql => Prisma.sql`
  (select json_build_object(
    'session', (select json_build_object('id', o.id, 'since', o.started_at, 'plannedEnd', o.planned_end_at, 'stays', o.stays, 'onBreak', (
        select json_build_object('kind', b.kind, 'label', b.label, 'since', b.started_at, 'allowedMinutes', b.allowed_minutes)
        from desk.work_break b where b.workspace_id = o.workspace_id and b.staff_id = o.staff_id and b.ended_at is null))
      from desk.work_session o where o.workspace_id = p.workspace_id and o.staff_id = p.id and o.ended_at is null),
    'last', (select json_build_object('endedAt', l.ended_at, 'how', l.ended_how, 'by', e.name) from (
        select * from desk.work_session h where h.workspace_id = p.workspace_id and h.staff_id = p.id
          and (h.ended_how is distinct from 'supervisor' or h.ended_reason is not null) -- without a reason it was only added
        order by h.started_at desc limit 1) l
      left join desk.staff e on e.workspace_id = l.workspace_id and e.id = l.ended_by_id where l.ended_at is not null),
    'kinds', ${kindsSql(workspaceId)})
  from desk.staff p where p.workspace_id = ${workspaceId} and p.id = ${me}::uuid and p.role in ('agent', 'supervisor', 'admin'))`

export function presentWork({ session, last, kinds }: WorkRow): Work {
  return {
    session: session && {
      ...session,
      since: instant(session.since),
      plannedEnd: session.plannedEnd && instant(session.plannedEnd),
      onBreak: session.onBreak && { ...session.onBreak, since: instant(session.onBreak.since) },
    },
    last: last && { ...last, endedAt: instant(last.endedAt) },
    kinds: offered(kinds ?? DEFAULT_BREAK_KINDS),
  }
}

const instant = (text: string): string => new Date(text).toISOString()

const NOBODY: WorkRow = { session: null, last: null, kinds: null }

export async function workOf(tx: Tx, staffId: string): Promise<Work> {
  const [row] = await tx.$queryRaw<{ work: WorkRow | null }[]>`
    select ${workSql(Prisma.sql`${tx.workspaceId}::uuid`, staffId)} as work`
  return presentWork(row?.work ?? NOBODY)
}
