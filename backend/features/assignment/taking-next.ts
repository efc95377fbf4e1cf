import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { StaffActor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { assignIn } from '../tickets/index.ts'
import { fitsSql } from './fitting.ts'

/** Takes what is due first. @throws DeskError nothing_waits when nothing waits that the caller takes */
export const takeNextTicket = (ctx: Ctx, by: StaffActor): Promise<string> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const [next] = await tx.$queryRaw<{ id: string }[]>(nextOf(tx.workspaceId, by.id, tx.now))
    if (!next)
      throw new DeskError(
        'nothing_waits',
        'No ticket waits for somebody to take it that fits what you take. Look at your own.',
      )
    await assignIn(tx, next.id, { assigneeId: by.id }, by)
    return next.id
  })

/**
 * The ticket that is due first among those that nobody has. What somebody takes at this moment is passed over, so that ten who press
 * at once get ten; so is what somebody is on. The order begins with the two columns that are null in all of them, as the index does.
 */
export const nextOf = (workspaceId: string, staffId: string, now: Date): Prisma.Sql => Prisma.sql`
  select t.id::text from desk.ticket t
  left join desk.agent_profile p on p.workspace_id = t.workspace_id and p.staff_id = ${staffId}::uuid
  where t.workspace_id = ${workspaceId}::uuid and t.assignee_id is null and t.snoozed_until is null
    and t.status in ('new', 'open') and t.void_reason is null and ${fitsSql(workspaceId)}
    and not exists (select from desk.ticket_claim k where k.workspace_id = t.workspace_id and k.ticket_id = t.id and k.ended_at is null
      and k.until > ${now} and k.staff_id <> ${staffId}::uuid)
  order by t.assignee_id, t.snoozed_until, t.due_at, t.queue_at, t.id
  limit 1 for update of t skip locked`
