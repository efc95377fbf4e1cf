import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { workspacesWhere } from '../../../platform/among.ts'
import { record } from '../../../platform/events.ts'
import { enqueue } from '../../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { type Judgement, judgeTickets } from '../keeping/judging-tickets.ts'
import { readTickets, writeClocks } from '../keeping/rows.ts'
import { untold } from '../keeping/telling.ts'
import { ADOPT, REAPPLY } from '../queueing.ts'
import { type Found, factsOf, toldRow } from './announcing.ts'
import { escalateLate } from './escalating-late.ts'

const AT_ONCE = 100
/** A worker that was away for long goes on at the next minute. */
const BATCHES = 50

/** Each minute: tells what is late or nearly so, and wakes whoever has open tickets to judge anew. */
export async function tick(ctx: Ctx, workspaceId: string): Promise<void> {
  for (let batch = 0; batch < BATCHES; batch++) if (!(await tellSome(ctx, workspaceId))) break
  await inWorkspace(ctx, workspaceId, wakeOthers)
}

/** Tells of some tickets in one transaction, with all that follows from it, so that after a crash each is told once. */
const tellSome = (ctx: Ctx, workspaceId: string): Promise<boolean> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const ids = await lockDue(tx, AT_ONCE)
    if (ids.length === 0) return false
    const judgements = await judgeTickets(ctx, tx, await readTickets(tx, ids))
    const found = judgements.map((judgement) => ({ ...judgement, due: dueNow(judgement, tx.now) }))
    await record(tx, factsOf(tx, found))
    await writeClocks(tx, found.map(toldRow))
    await escalateLate(tx, found)
    return ids.length === AT_ONCE
  })

/** What is due by now; of a clock that is late already nobody needs the warning. */
function dueNow({ judged, row }: Judgement, now: Date): Found['due'] {
  const due = untold(judged, row.told).filter(({ at }) => at <= now.getTime())
  const late = due.filter(({ what }) => what === 'breach').map(({ clock }) => clock)
  return due.filter(({ what, clock }) => what === 'breach' || !late.includes(clock))
}

/** Takes tickets whose next warning or breach has come, the longest ago first; one that somebody holds is left for the next minute. */
async function lockDue(tx: Tx, limit: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>(dueSql(tx.workspaceId, tx.now, limit))
  return rows.map(({ id }) => id)
}

/** Exported so that a test can ask PostgreSQL for its plan. */
export const dueSql = (workspaceId: string, now: Date, limit: number): Prisma.Sql => Prisma.sql`
  select t.id::text from (
    select k.ticket_id from desk.sla_clock k
    where k.workspace_id = ${workspaceId}::uuid and k.check_at < '9999-12-31 00:00:00+00' and k.check_at <= ${now}
    order by k.check_at, k.ticket_id limit ${limit}) due
  join desk.ticket t on t.workspace_id = ${workspaceId}::uuid and t.id = due.ticket_id
  order by t.id for no key update of t skip locked`

/** An edit that met a locked ticket, and a workspace that had tickets before it had clocks. */
async function wakeOthers(tx: Tx): Promise<void> {
  const { workspaceId } = tx
  const workspace = Prisma.sql`${workspaceId}::uuid`
  const [found] = await tx.$queryRaw<{ stale: boolean; without: boolean }[]>`
    select ${staleSql(workspace)} as stale, ${withoutSql(workspace)} as without`
  if (found?.stale) await enqueue(tx, REAPPLY, {}, { key: `${REAPPLY.name}:${tx.workspaceId}` })
  if (found?.without) await enqueue(tx, ADOPT, {}, { key: `${ADOPT.name}:${tx.workspaceId}` })
}

const staleSql = (workspaceId: Prisma.Sql): Prisma.Sql => Prisma.sql`
  exists (select from desk.sla_clock k where k.workspace_id = ${workspaceId} and k.state <> 'ended'
    and k.rules_version < (select version from desk.sla_setting s where s.workspace_id = ${workspaceId}))`

const withoutSql = (workspaceId: Prisma.Sql): Prisma.Sql => Prisma.sql`
  (not exists (select from desk.sla_clock k where k.workspace_id = ${workspaceId})
    and exists (select from desk.ticket t where t.workspace_id = ${workspaceId}
      and t.status in ('new', 'open', 'pending', 'on_hold') and t.void_reason is null))`

/** Workspaces in which a tick finds something. */
export const awaited = workspacesWhere(
  (workspaceId, at) => Prisma.sql`
    exists (select from desk.sla_clock k
      where k.workspace_id = ${workspaceId} and k.check_at < '9999-12-31 00:00:00+00' and k.check_at <= ${at})
    or ${staleSql(workspaceId)} or ${withoutSql(workspaceId)}`,
)
