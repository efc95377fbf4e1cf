import type { Ctx } from '../../context.ts'
import type { StaffActor } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { addHandleTime } from '../tickets/index.ts'
import { type Ended, endedColumns } from './ending.ts'
import { claimReleased } from './events.ts'

/** Lets a ticket go. Pressed twice, or when somebody else is on it, nothing changes. */
export const release = (ctx: Ctx, ticketId: string, by: StaffActor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const [ended] = await tx.$queryRaw<Ended[]>`
      update desk.ticket_claim c set ended_at = ${tx.now}
      where c.workspace_id = ${tx.workspaceId}::uuid and c.ticket_id = ${ticketId}::uuid and c.staff_id = ${by.id}::uuid
        and c.ended_at is null and c.until > ${tx.now}
      returning ${endedColumns('now', tx.now)}`
    if (!ended) return
    await addHandleTime(tx, [ended])
    await record(tx, [claimReleased({ ticketId, claimId: ended.id, staffId: by.id, by })])
  })
