import { SlaRules } from '../../../../shared/sla.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import { firstIdAt, newId } from '../../../platform/ids.ts'
import { enqueue } from '../../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { openedMark, type StoredMark } from '../clock/marks.ts'
import { slaRulesTried } from '../events.ts'
import { withTiers } from '../keeping/judging-tickets.ts'
import { FACTS, type KeptRow } from '../keeping/rows.ts'
import { TRY } from '../queueing.ts'
import { prepare, rulesIn } from '../rules/loading.ts'
import { checkRules } from '../rules/writing.ts'
import { compare } from './comparing.ts'
import { adding, Found, NOTHING } from './found.ts'

/** As far back as rules are tried. */
export const TRIED_DAYS = 90
const DAY_MS = 86_400_000
/** In one transaction; a job goes on with another one, so that other work gets its turn. */
const AT_ONCE = 400
const BATCHES = 50
/** Older ones are of no use to anybody. */
const KEPT = 20

/**
 * Tries rules on the tickets of the last 90 days; a job does it, nothing else changes.
 * @param asked.name what they are about, for the page
 * @returns the trial's id
 * @throws DeskError invalid_request for rules that could not be saved either
 */
export const tryRules = (
  ctx: Ctx,
  { rules: given, name }: { rules: SlaRules; name: string },
  by: StaffActor,
): Promise<string> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const { workspaceId, now } = tx
    const rules = await checkRules(tx, given)
    const [id, since] = [newId(now), new Date(now.getTime() - TRIED_DAYS * DAY_MS)]
    await tx.slaTrial.create({
      data: {
        workspaceId,
        id,
        byId: by.id,
        name,
        rules,
        since,
        askedAt: now,
        reached: firstIdAt(since),
        found: NOTHING,
      },
    })
    await tx.$executeRaw`
      delete from desk.sla_trial where workspace_id = ${workspaceId}::uuid and id in (
        select id from desk.sla_trial where workspace_id = ${workspaceId}::uuid order by asked_at desc, id desc offset ${KEPT})`
    await record(tx, [slaRulesTried({ trialId: id, by })])
    await enqueue(tx, TRY, { trialId: id })
    return id
  })

/** Goes on with a trial for a while, and enqueues itself while tickets are left. */
export async function goOnTrying(ctx: Ctx, workspaceId: string, trialId: string): Promise<void> {
  for (let batch = 0; batch < BATCHES; batch++)
    if (!(await inWorkspace(ctx, workspaceId, (tx) => trySome(ctx, tx, trialId), { repeats: true }))) return
  await inWorkspace(ctx, workspaceId, (tx) => enqueue(tx, TRY, { trialId }))
}

/** @returns whether there may be more */
async function trySome(ctx: Ctx, tx: Tx, id: string): Promise<boolean> {
  const { workspaceId, now } = tx
  await tx.$executeRaw`select from desk.sla_trial where workspace_id = ${workspaceId}::uuid and id = ${id}::uuid for no key update`
  const trial = await tx.slaTrial.findUnique({ where: { workspaceId_id: { workspaceId, id } } })
  if (!trial || trial.endedAt) return false // enough others were asked for since, or another try of the job ended it
  const rows = await tx.$queryRaw<Row[]>(trialSql(workspaceId, trial.reached, AT_ONCE))
  const today = await rulesIn(tx)
  const tried = prepare(today.version, SlaRules.parse(trial.rules))
  const recent = rows
    .filter(({ isVoid, createdAt }) => !isVoid && createdAt >= trial.since && createdAt <= trial.askedAt)
    .map((row) => ({ ...row, marks: (row.marks ?? []).map(openedMark) }))
  const asking = { ...today, asksTiers: today.asksTiers || tried.asksTiers }
  const was = await withTiers(ctx, tx, asking, recent)
  const will = await withTiers(ctx, tx, { ...tried, asksTiers: asking.asksTiers }, recent)
  const until = trial.askedAt.getTime()
  const looked = was.map((ticket, n) => ({
    ...ticket,
    clocks: compare(today, tried, { was: ticket, will: will[n] ?? ticket, marks: ticket.marks }, until),
  }))
  const isOver = rows.length < AT_ONCE
  await tx.slaTrial.update({
    where: { workspaceId_id: { workspaceId, id } },
    data: {
      found: adding(Found.parse(trial.found), looked),
      reached: rows.at(-1)?.id ?? trial.reached,
      endedAt: isOver ? now : null,
    },
  })
  return !isOver
}

type Row = Omit<KeptRow, 'marks'> & {
  marks: StoredMark[] | null
  number: number
  assigneeId: string | null
  createdAt: Date
  isVoid: boolean
}

/** Tickets with clocks behind a place, in the order of their ids. Exported so that a test can ask PostgreSQL for its plan. */
export const trialSql = (workspaceId: string, reached: string, limit: number): Prisma.Sql => Prisma.sql`
  select ${FACTS}, t.number, t.assignee_id::text as "assigneeId", t.created_at as "createdAt",
    t.void_reason is not null as "isVoid"
  from (select workspace_id, ticket_id, marks, told from desk.sla_clock
        where workspace_id = ${workspaceId}::uuid and ticket_id > ${reached}::uuid order by ticket_id limit ${limit}) k
  cross join lateral (select * from desk.ticket where workspace_id = ${workspaceId}::uuid and id = k.ticket_id limit 1) t
  join desk.workspace w on w.workspace_id = ${workspaceId}::uuid
  left join desk.sla_setting s on s.workspace_id = ${workspaceId}::uuid
  order by t.id`
