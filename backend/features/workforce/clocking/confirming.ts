import type { WorkSpan } from '../../../../shared/workforce.ts'
import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { correctTimes, sessionIn, timesOf } from './correcting.ts'
import { spanIn } from './days.ts'

const LOOKED_AT = 'Looked at: it was so.'

/**
 * Says that times which nobody logged out of are right as they are: a correction that changes nothing, and is kept as one.
 * @param version of the times that somebody saw
 * @throws DeskError not_found, or stale_version when somebody changed them meanwhile
 */
export async function confirmTimes(ctx: Ctx, sessionId: string, version: number, by: StaffActor): Promise<WorkSpan> {
  const span = await inWorkspace(
    ctx,
    by.workspaceId,
    async (tx) => {
      await sessionIn(tx, sessionId)
      return spanIn(tx, await ctx.keyring.box(tx), sessionId)
    },
    { reads: true },
  )
  return correctTimes(ctx, sessionId, { ...timesOf(span), word: LOOKED_AT, version }, by)
}
