import type { RunningAction } from '../../../shared/combined-actions.ts'
import type { QueueCounts } from '../../../shared/queues.ts'
import type { Category } from '../../../shared/triage.ts'
import type { Work } from '../../../shared/workforce.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { askWorkspace } from '../../platform/asking.ts'
import type { Box } from '../../platform/keyring.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { type StandingRow, standingSql } from '../assignment/index.ts'
import { presentRunning, type RunningRow, runningSql } from '../combined-actions/index.ts'
import { tasksDueSql } from '../tasks/index.ts'
import { type CategoryLabels, categoriesSql, labelsFrom } from '../tickets/index.ts'
import { presentWork, type WorkRow, workSql } from '../workforce/index.ts'
import { type DueReminder, presentDue, type ReminderRow, remindersDueSql } from './reminders/showing.ts'
import { savedViewOf } from './saved/finding.ts'
import { dueNextSql } from './settings.ts'
import { type OwnCounts, ownCountsSql, type SharedCounts, sharedCountsSql } from './views/counts.ts'
import type { Scene } from './views/held.ts'
import { pageFrom, pageOf, placeFrom } from './views/pages.ts'
import type { TicketRow } from './views/rows.ts'
import { type SeenView, seenViewsSql } from './views/seen.ts'
import type { Wanted } from './views/views.ts'

/** All that a queue shows. */
export type Queue = {
  wanted: Wanted
  rows: TicketRow[]
  next: string | null
  counts: QueueCounts
  /** Saved views that can be chosen. */
  saved: SeenView[]
  running: RunningAction[]
  reminders: DueReminder[]
  /** Open tasks of this person that are due by today; a hundred at most. */
  tasksDue: number
  /** Whether this person is there, and what they have; null for who gets no tickets. */
  standing: StandingRow | null
  /** Whether this person is logged in, or on a break; null for who gets no tickets. */
  work: Work | null
  /** What «Due next» reaches. */
  dueNextMinutes: number
  /** What categories are called. */
  labels: CategoryLabels
  workspace: string
  now: Date
}

type QueueRow = {
  workspace: string
  rows: TicketRow[]
  /** null when it was not asked for. */
  shared: SharedCounts | null
  own: OwnCounts
  saved: SeenView[]
  running: RunningRow[]
  reminders: ReminderRow[]
  tasksDue: number
  standing: StandingRow | null
  work: WorkRow | null
  dueNextMinutes: number
  categories: Category[]
  languages: string[]
}

type Paged = { place: readonly unknown[] | null; limit: number; counts: boolean }

/**
 * One view, the counts of all others and what stands above them, in one statement.
 * @param paged.counts whether what everybody sees alike is counted too: the same statement, so that there is one plan of it
 */
export const queueSql = (wanted: Wanted, scene: Scene, { place, limit, counts }: Paged): Prisma.Sql =>
  Prisma.sql`
    select w.name as workspace, case when ${counts} then ${sharedCountsSql(scene)} end as shared, ${ownCountsSql(scene)} as own,
      ${seenViewsSql(scene)} as saved,
      ${runningSql(Prisma.sql`w.workspace_id`, scene.me)} as running, ${remindersDueSql(scene)} as reminders,
      ${tasksDueSql(scene.me, scene.now)} as "tasksDue",
      ${standingSql(Prisma.sql`w.workspace_id`, scene.me, scene.now)} as standing, ${workSql(Prisma.sql`w.workspace_id`, scene.me)} as work,
      ${dueNextSql(scene.workspaceId)} as "dueNextMinutes",
      ${categoriesSql(Prisma.sql`w.workspace_id`)} as categories, w.languages,
      (select coalesce(json_agg(page), '[]') from (${pageOf(wanted, scene, place, limit)}) page) as rows
    from desk.workspace w where w.workspace_id = ${scene.workspaceId}::uuid`

/** What is kept of a workspace for a moment, by this name. */
const COUNTS = 'counts of queues'

type Asked = Pick<Wanted, 'view' | 'of'> & { cursor?: string | undefined; limit: number }

/** A queue as this actor may see it: one statement, as soon as this process holds the workspace's keys. */
export async function readQueue(ctx: Ctx, { view, of, cursor, limit }: Asked, actor: Actor): Promise<Queue> {
  const { workspaceId } = actor
  const scene = { workspaceId, me: actor.id, now: ctx.clock.now() }
  const wanted = { view, of, saved: view === 'saved' ? await chosenView(ctx, of, actor) : null }
  const moment = ctx.moments.of(workspaceId)
  const kept = moment.kept(COUNTS) as SharedCounts | undefined
  const place = placeFrom(ctx.signer, wanted, scene, cursor)
  const sql = queueSql(wanted, scene, { place, limit: limit + 1, counts: !kept })
  const [row] = await askWorkspace<QueueRow>(ctx, workspaceId, sql)
  const shared = kept ?? row?.shared
  if (!row || !shared) throw new Error(`There is no workspace ${workspaceId}`)
  if (!kept) moment.keep(COUNTS, shared)
  const box = row.running.length + row.reminders.length > 0 ? await boxOf(ctx, actor, scene.now) : null
  const { rows, next } = pageFrom(ctx.signer, wanted, scene, { rows: row.rows, limit })
  return {
    wanted,
    rows,
    next,
    counts: { ...shared, ...row.own },
    saved: row.saved,
    running: box ? presentRunning(box, row.running, scene.now) : [],
    reminders: box ? presentDue(box, row.reminders) : [],
    tasksDue: row.tasksDue,
    standing: row.standing,
    work: row.work && presentWork(row.work),
    dueNextMinutes: row.dueNextMinutes,
    labels: labelsFrom(row.categories, row.languages),
    workspace: row.workspace,
    now: scene.now,
  }
}

const chosenView = (ctx: Ctx, id: string | null, actor: Actor) =>
  inWorkspace(ctx, actor.workspaceId, (tx) => savedViewOf(tx, id ?? '', actor.id), { reads: true })

/** Only sealed words need the keys; most cards show none. */
const boxOf = async (ctx: Ctx, { workspaceId }: Actor, now: Date): Promise<Box> =>
  ctx.keyring.held(workspaceId, now) ?? inWorkspace(ctx, workspaceId, (tx) => ctx.keyring.box(tx), { reads: true })
