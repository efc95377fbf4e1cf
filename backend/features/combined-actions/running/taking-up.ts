import type { Ctx } from '../../../context.ts'
import { enqueueAll } from '../../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { mayAffectOutside } from '../../settings/index.ts'
import { RUN, runQueue } from '../queueing.ts'

const MOST = 200

/** Longer than the longest pause between two looks: what rests for so long has lost its job. Milliseconds. */
const FORGOTTEN_MS = 2 * 60_000

/** Actions that nobody works on any more are taken up again: a lost job, a long outage, a pause that is over. */
export const takeUp = (ctx: Ctx, workspaceId: string): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    if (!(await mayAffectOutside(ctx, tx))) return
    const ids = await forgotten(tx)
    await enqueueAll(
      tx,
      ids.map((actionId) => ({
        job: RUN.name,
        payload: { actionId },
        queue: runQueue(actionId),
        key: `${RUN.name}:${actionId}`,
        maxAttempts: RUN.maxAttempts,
      })),
    )
  })

/** Open actions by their next step, and goods of actions that were ended early and are still held. The conditions repeat the indexes. */
export async function forgotten(tx: Tx): Promise<string[]> {
  const before = new Date(tx.now.getTime() - FORGOTTEN_MS)
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select a.id::text from desk.combined_action a
    left join lateral (
      select s.kind, coalesce(e.updated_at, a.created_at) as touched, e.lease_until from desk.action_step s
      left join desk.journal_entry e on e.workspace_id = s.workspace_id and e.id = s.entry_id
      where s.workspace_id = a.workspace_id and s.action_id = a.id and s.state not in ('done', 'dropped')
      order by s.position limit 1) n on true
    where a.workspace_id = ${tx.workspaceId}::uuid and a.state in ('waiting_approval', 'undoable', 'running', 'parked')
      and (a.state = 'running' or (a.state = 'undoable' and a.leaves_at <= ${tx.now}) or (a.state in ('undoable', 'waiting_approval') and n.kind = 'hold'))
      and coalesce(n.touched, a.created_at) <= ${before} and coalesce(n.lease_until, '-infinity') < ${tx.now}
    union
    select s.action_id::text from desk.journal_entry e
    join desk.action_step s on s.workspace_id = e.workspace_id and s.entry_id = e.id
    join desk.combined_action a on a.workspace_id = s.workspace_id and a.id = s.action_id
    where e.workspace_id = ${tx.workspaceId}::uuid and e.state in ('planned', 'running', 'waiting', 'unknown') and e.updated_at <= ${before}
      and e.kind in ('shopify.hold', 'shopify.release') and coalesce(e.lease_until, '-infinity') < ${tx.now}
      and s.state not in ('done', 'dropped') and a.state in ('undone', 'declined', 'stopped')
    limit ${MOST}`
  return rows.map(({ id }) => id)
}
