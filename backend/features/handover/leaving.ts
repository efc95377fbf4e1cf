import type { HandedOver, HandoverWish } from '../../../shared/handover.ts'
import type { Ctx } from '../../context.ts'
import type { StaffActor } from '../../platform/actor.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { logOutIn } from '../workforce/index.ts'
import { handOverIn } from './handing/handing-over.ts'
import { openOf } from './open/listing.ts'

/**
 * Logs somebody out who has nothing open, or goes all the same. It looks and goes in one transaction.
 * @returns whether they were out already; null while something of theirs is open, and they stay
 */
export const leave = (
  ctx: Ctx,
  by: StaffActor,
  { anyway }: { anyway: boolean },
): Promise<{ already: boolean } | null> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    if (!anyway && (await openOf(tx, by.id)).items.length > 0) return null
    return { already: await logOutIn(tx, by.id, by) }
  })

/** Hands over and goes, both or none. */
export const handOverAndLeave = (ctx: Ctx, wish: HandoverWish, by: StaffActor): Promise<HandedOver> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const handed = await handOverIn(ctx, tx, wish, by)
    await logOutIn(tx, by.id, by)
    return handed
  })
