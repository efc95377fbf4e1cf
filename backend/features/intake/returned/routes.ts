import { clearUndeliverable } from '../../../../shared/undelivered.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import { type Route, route } from '../../../platform/route.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { markReachable } from '../../customers/index.ts'
import { lockTicket, viewTicket } from '../../tickets/index.ts'
import { addressCleared } from './events.ts'

export const undeliveredRoutes: readonly Route<Ctx>[] = [
  route(clearUndeliverable, async (ctx: Ctx, { params, actor }) => {
    await clearFor(ctx, params.ticketId, actor)
    return viewTicket(ctx, params.ticketId, actor)
  }),
]

/** By hand, as when a customer calls and says so. Pressing twice changes nothing. */
const clearFor = (ctx: Ctx, ticketId: string, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const { customerId } = await lockTicket(tx, ticketId)
    const addresses = await tx.customerAddress.findMany({
      where: { workspaceId: tx.workspaceId, customerId },
      select: { emailKey: true },
    })
    const cleared = await markReachable(
      tx,
      addresses.map(({ emailKey }) => emailKey),
    )
    if (cleared > 0) await record(tx, [addressCleared({ ticketId, customerId, by })])
  })
