import type { Ctx } from '../../context.ts'
import type { StaffActor } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { claimReleased } from './events.ts'

/** Lets a ticket go. Pressed twice, or when somebody else is on it, nothing changes. */
export const release = (ctx: Ctx, ticketId: string, by: StaffActor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const [ended] = await tx.$queryRaw<{ id: string }[]>`
      update desk.ticket_claim set ended_at = ${tx.now}
      where workspace_id = ${tx.workspaceId}::uuid and ticket_id = ${ticketId}::uuid and staff_id = ${by.id}::uuid
        and ended_at is null and until > ${tx.now}
      returning id::text`
    if (ended) await record(tx, [claimReleased({ ticketId, claimId: ended.id, staffId: by.id, by })])
  })

/** Whoever leaves is on nothing any more. */
export const endClaimsOf = (tx: Tx, staffIds: readonly string[]) => tx.$executeRaw`
  update desk.ticket_claim set ended_at = least(until, ${tx.now})
  where workspace_id = ${tx.workspaceId}::uuid and staff_id = any(${staffIds}::uuid[]) and ended_at is null`

/** Closes the rows of claims that ran out, so that the time on a ticket can be told. */
export async function endRunOut(tx: Tx): Promise<void> {
  await tx.$executeRaw`
    update desk.ticket_claim set ended_at = until
    where workspace_id = ${tx.workspaceId}::uuid and ended_at is null and until <= ${tx.now}`
}
