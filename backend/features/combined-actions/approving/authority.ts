import type { StaffActor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import type { ActionRow } from '../locking.ts'
import type { ActionContent } from '../plan.ts'
import { type Cause, overLimitsOf } from '../rules/limits.ts'
import { settingsIn } from '../rules/settings.ts'

/** An action that somebody decides about, and whom it is for. */
export type Judged = { action: ActionRow; content: Pick<ActionContent, 'receivers'> }

/** Whether the limits of a supervisor are enough to agree to an action. */
export const supervisorsMay = async (tx: Tx, action: ActionRow): Promise<boolean> =>
  (await aboveSupervisors(tx, action, Number(action.valueMinor))).length === 0

/**
 * Refuses who may not decide about an action: whoever began it or would get something of it, and a supervisor above whose own limits it is.
 * @param minor what it is worth as it would be approved, in the shop's currency
 * @throws DeskError forbidden
 */
export async function refuseUnentitled(tx: Tx, judged: Judged, by: StaffActor, minor: number): Promise<void> {
  await refuseInvolved(tx, judged, by)
  if (by.role === 'admin') return
  const above = await aboveSupervisors(tx, judged.action, minor)
  if (above.length > 0)
    throw new DeskError(
      'forbidden',
      `This is more than a supervisor may approve: ${above.map(({ words }) => words).join('; ')}. Lower it, or leave it to an admin.`,
    )
}

/** @throws DeskError forbidden */
export async function refuseInvolved(tx: Tx, { action, content }: Judged, by: StaffActor): Promise<void> {
  if (by.role !== 'supervisor' && by.role !== 'admin')
    throw new DeskError('forbidden', 'Only supervisors and admins decide about actions.')
  if (action.byId === by.id)
    throw new DeskError('forbidden', 'You began this action yourself. Somebody else must decide about it.')
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id: by.id } }
  const { emailKey } = await tx.staff.findUniqueOrThrow({ where, select: { emailKey: true } })
  if (content.receivers.includes(emailKey))
    throw new DeskError('forbidden', 'This is an order of your own. Somebody else must decide about it.')
}

/** The limit of the whole shop asks for a second person, whoever that is; the others are a supervisor's own. */
async function aboveSupervisors(tx: Tx, action: ActionRow, minor: number): Promise<Cause[]> {
  const settings = await settingsIn(tx)
  const causes = await overLimitsOf(
    tx,
    await weighingOf(tx, action),
    { minor, currency: action.currency },
    { role: 'supervisor', settings },
  )
  return causes.filter(({ cause }) => cause !== 'shop_day_limit')
}

export async function weighingOf(tx: Tx, action: ActionRow) {
  const { shopId, orderId, customerShopifyId, emailKey, byId, currency, shopDay, id } = action
  const shop = await tx.shop.findUniqueOrThrow({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id: shopId } },
    select: { timeZone: true },
  })
  const day = shopDay.toISOString().slice(0, 10)
  return {
    shopId,
    orderId,
    customerShopifyId,
    emailKey,
    byId,
    currency,
    day,
    timeZone: shop.timeZone,
    exceptActionId: id,
  }
}
