import { z } from 'zod'
import type { Ctx } from '../../../context.ts'
import { job } from '../../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'

const HOUR_MS = 3_600_000

/**
 * Counts one more automatic mail to an address, in one statement, so that two at once never pass as one. The hour goes back from now,
 * because by the clock twice as many could leave around the full hour.
 * @returns false when the address had as many as the workspace allows
 */
export async function takeBrake(tx: Tx, key: string): Promise<boolean> {
  const { workspaceId, now } = tx
  const since = new Date(now.getTime() - HOUR_MS)
  const taken = await tx.$executeRaw`
    insert into desk.automatic_mail as a (workspace_id, email_key, sent_at, last_at)
    values (${workspaceId}::uuid, ${key}, array[${now}::timestamptz], ${now})
    on conflict (workspace_id, email_key) do update
      set sent_at = array(select s from unnest(a.sent_at) s where s > ${since}) || excluded.sent_at, last_at = excluded.last_at
      where (select count(*) from unnest(a.sent_at) s where s > ${since})
        < (select w.automatic_per_hour from desk.workspace w where w.workspace_id = ${workspaceId}::uuid)`
  return taken > 0
}

/** Forgets the addresses of hours that are over. */
export const forgetBrakes = job('drafts:forget-brakes', z.object({}), (ctx: Ctx, workspaceId) =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const lastAt = { lt: new Date(tx.now.getTime() - HOUR_MS) }
    await tx.automaticMail.deleteMany({ where: { workspaceId, lastAt } })
  }),
)
