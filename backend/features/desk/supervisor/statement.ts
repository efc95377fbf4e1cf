import { COUNT_LIMIT } from '../../../../shared/queues.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { waitsForApproval } from '../../combined-actions/index.ts'
import { type LastComparison, lastComparisonsSql } from '../../finance/index.ts'
import { notHandedOverSql } from '../../handover/index.ts'
import { type LastCertificate, lastCertificatesSql } from '../../intake/index.ts'
import { AWAKE, countSql, OPEN } from '../../queues/index.ts'
import { forgottenCountSql, missingSql, onNowSql, swapsToDecideSql } from '../../workforce/index.ts'

/** Times are text of JSON. */
type Told<T> = Omit<T, 'since' | 'at'> & { since: string; at: string | null }

/** Somebody who is logged in, and on which break. */
type PersonRow = { name: string; label: string | null; breakSince: string | null; allowedMinutes: number | null }

export type TeamRow = {
  zone: string
  people: PersonRow[]
  missing: { name: string }[]
  open: number
  unassigned: number
  dueNext: number
  late: number
  oldest: { id: string; number: number; since: string } | null
  approvals: number
  swaps: number
  forgotten: number
  left: { count: number; since: string | null }
  mailboxes: Told<LastCertificate>[]
  shops: Told<LastComparison>[]
}

const MOST = Prisma.raw(String(COUNT_LIMIT + 1))

const rows = (list: Prisma.Sql): Prisma.Sql => Prisma.sql`(select coalesce(json_agg(r), '[]') from (${list}) r)`

/** All that a supervisor is told in short, in one statement. Each number is counted as the list counts that it leads to. */
export function teamSql(workspaceId: string, now: Date): Prisma.Sql {
  const scene = { workspaceId, me: null, now }
  const open = Prisma.sql`t.workspace_id = ${workspaceId}::uuid and ${OPEN} and ${AWAKE}`
  return Prisma.sql`
    select w.time_zone as zone, ${rows(onNowSql(workspaceId))} as people, ${rows(missingSql(workspaceId, now))} as missing,
      ${countSql({ view: 'open', of: null }, scene)} as open, ${countSql({ view: 'unassigned', of: null }, scene)} as unassigned,
      ${countSql({ view: 'breaching', of: null }, scene)} as "dueNext",
      (select count(*)::int from (select from desk.ticket t where ${open} and t.due_at <= ${now}::timestamptz limit ${MOST}) counted) as late,
      (select json_build_object('id', t.id, 'number', t.number, 'since', o.queue_at)
        from (select t.id, t.queue_at from desk.ticket t where ${open} and t.queue_at < '9999-12-31'::timestamptz order by t.queue_at, t.id limit 1) o
        join desk.ticket t on t.workspace_id = ${workspaceId}::uuid and t.id = o.id) as oldest,
      (select count(*)::int from desk.combined_action c where ${waitsForApproval(workspaceId)}) as approvals,
      ${swapsToDecideSql(workspaceId)} as swaps, ${forgottenCountSql(workspaceId)} as forgotten,
      (select json_build_object('count', count(*)::int, 'since', min(l.at)) from (${notHandedOverSql(workspaceId, { limit: COUNT_LIMIT + 1 })}) l) as "left",
      ${rows(lastCertificatesSql(workspaceId))} as mailboxes, ${rows(lastComparisonsSql(workspaceId))} as shops
    from desk.workspace w where w.workspace_id = ${workspaceId}::uuid`
}
