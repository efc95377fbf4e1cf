import { z } from 'zod'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { systemOf } from '../../../platform/actor.ts'
import { workspacesWhere } from '../../../platform/among.ts'
import { enqueueAll, job } from '../../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { inShadow, mayAffectOutside } from '../../settings/index.ts'
import { closeIn } from '../../tickets/index.ts'
import { remindCustomer } from './reminding.ts'
import { REMINDER } from './sending.ts'
import { closingIn } from './settings.ts'

const AT_ONCE = 200
/** A worker that was away for long goes on at the next hour. */
const BATCHES = 50
const DAY_MS = 24 * 60 * 60_000

/** Each hour: closes what was solved for long or reminded in vain, and has customers reminded. */
export const tidyTickets = job('drafts:tidy-tickets', z.object({}), async (ctx: Ctx, workspaceId) => {
  const settings = await inWorkspace(ctx, workspaceId, closingIn, { reads: true })
  const { closeSolved, closeReminded, remindPending } = settings
  if (closeSolved !== null) await inBatches(() => closeSome(ctx, workspaceId, { kind: 'solved', days: closeSolved }))
  if (closeReminded !== null)
    await inBatches(() => closeSome(ctx, workspaceId, { kind: 'reminded', days: closeReminded }))
  if (remindPending !== null) await inWorkspace(ctx, workspaceId, (tx) => remindSome(ctx, tx, remindPending))
})

/** Nothing is done by itself until somebody said so on the page of settings. */
export const tidied = workspacesWhere(
  (workspaceId) => Prisma.sql`exists (select from desk.closing_setting c where c.workspace_id = ${workspaceId})`,
)

async function inBatches(work: () => Promise<number>): Promise<void> {
  for (let batch = 0; batch < BATCHES; batch++) if ((await work()) < AT_ONCE) return
}

type Quiet = { kind: 'solved' | 'pending' | 'reminded'; days: number }

const closeSome = (ctx: Ctx, workspaceId: string, quiet: Quiet): Promise<number> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const ids = await quietTickets(tx, quiet)
    const status = quiet.kind === 'solved' ? 'solved' : 'pending'
    if (ids.length > 0) await closeIn(tx, ids, status, systemOf(workspaceId))
    return ids.length
  })

/** While nothing may leave the house nobody is reminded; what is late then is made up for afterwards.
 * In shadow mode they are put in line, and counted there as not reminded. */
async function remindSome(ctx: Ctx, tx: Tx, days: number): Promise<void> {
  if (!(await mayAffectOutside(ctx, tx)) && !(await inShadow(tx))) return
  const { name, maxAttempts } = remindCustomer
  const ids = await quietTickets(tx, { kind: 'pending', days })
  await enqueueAll(
    tx,
    ids.map((ticketId) => ({
      job: name,
      payload: { ticketId },
      queue: `ticket:${ticketId}`,
      key: `remind-customer:${ticketId}`,
      maxAttempts,
    })),
  )
}

async function quietTickets(tx: Tx, { kind, days }: Quiet): Promise<string[]> {
  const before = new Date(tx.now.getTime() - days * DAY_MS)
  const rows = await tx.$queryRaw<{ id: string }[]>(quietSql(tx.workspaceId, kind, before, AT_ONCE))
  return rows.map(({ id }) => id)
}

/**
 * Tickets that are quiet since before an instant, the longest first; what somebody put off is left alone, and nothing closes while the
 * reminder has not left. Exported for its plan.
 */
export const quietSql = (workspaceId: string, kind: Quiet['kind'], before: Date, limit: number): Prisma.Sql => {
  const which =
    kind === 'reminded'
      ? Prisma.sql`k.reminded_at is not null and k.reminded_at <= ${before} and (
          select e.id from desk.journal_entry e where e.workspace_id = k.workspace_id and e.ticket_id = k.ticket_id
            and e.kind = ${REMINDER} and e.state not in ('done', 'refused') limit 1) is null order by k.reminded_at, k.ticket_id`
      : Prisma.sql`k.status = ${kind} and k.reminded_at is null and k.since <= ${before} order by k.since, k.ticket_id`
  return Prisma.sql`
    select k.ticket_id::text as id from desk.idle_ticket k
    where k.workspace_id = ${workspaceId}::uuid
      and (select t.snoozed_until from desk.ticket t where t.workspace_id = k.workspace_id and t.id = k.ticket_id) is null
      and ${which} limit ${limit}`
}
