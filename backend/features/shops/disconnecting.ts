import type { Ctx } from '../../context.ts'
import { systemOf } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { shopDisconnected } from './events.ts'
import { lockShop } from './troubles.ts'

/** Takes a shop away from the desk: access is deleted at once, and what is known of its orders is forgotten by a job. @throws DeskError not_found */
export const disconnectShop = (ctx: Ctx, workspaceId: string, shopId: string): Promise<void> =>
  inWorkspace(ctx, workspaceId, (tx) => closeShop(tx, shopId))

/** The same in the caller's transaction. The row stays, so that connecting the shop again keeps its id. @throws DeskError not_found */
export async function closeShop(tx: Tx, shopId: string): Promise<void> {
  const { workspaceId } = tx
  const shop = await lockShop(tx, shopId)
  if (!shop) throw new DeskError('not_found', 'There is no such shop in this workspace.')
  await tx.shop.update({
    where: { workspaceId_id: { workspaceId, id: shopId } },
    data: {
      state: 'disconnected',
      problem: null,
      clientSecret: null,
      token: null,
      tokenEndsAt: null,
      refreshToken: null,
      refreshEndsAt: null,
      renewingUntil: null,
    },
  })
  await tx.$executeRaw`select app.remove_shop(${shop.domain})`
  await record(tx, [shopDisconnected({ shopId, by: systemOf(workspaceId) })])
}
