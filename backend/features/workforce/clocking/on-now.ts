import type { AtWork } from '../../../../shared/workforce.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import type { Tx } from '../../../platform/tenancy.ts'

/** Somebody who is logged in. */
export type OnNow = {
  staffId: string
  name: string
  sessionId: string
  since: Date
  onBreak: { kind: string; label: string; since: Date; allowedMinutes: number } | null
}

const MOST = 500

type Row = Omit<OnNow, 'onBreak'> & {
  kind: string | null
  label: string | null
  breakSince: Date | null
  allowedMinutes: number | null
}

/** Who is logged in, by name, and on which break they are; open rows only, by their indexes. */
export const onNowSql = (workspaceId: string): Prisma.Sql => Prisma.sql`
  select w.staff_id::text as "staffId", s.name, w.id::text as "sessionId", w.started_at as since,
    b.kind, b.label, b.started_at as "breakSince", b.allowed_minutes::int as "allowedMinutes"
  from desk.work_session w
  join desk.staff s on s.workspace_id = w.workspace_id and s.id = w.staff_id
  left join desk.work_break b on b.workspace_id = w.workspace_id and b.staff_id = w.staff_id and b.ended_at is null
  where w.workspace_id = ${workspaceId}::uuid and w.ended_at is null
  order by s.name, w.staff_id limit ${MOST}`

/** Who is logged in right now, by name, and on which break; one statement. */
export async function whoIsOn(tx: Tx): Promise<OnNow[]> {
  const rows = await tx.$queryRaw<Row[]>(onNowSql(tx.workspaceId))
  return rows.map(({ kind, label, breakSince, allowedMinutes, ...person }) => ({
    ...person,
    onBreak:
      kind === null
        ? null
        : { kind, label: label ?? '', since: breakSince as Date, allowedMinutes: allowedMinutes ?? 0 },
  }))
}

export const presentOnNow = ({ staffId, name, sessionId, since, onBreak }: OnNow): AtWork => ({
  staff: { id: staffId, name },
  sessionId,
  since: since.toISOString(),
  onBreak: onBreak && { ...onBreak, since: onBreak.since.toISOString() },
})
