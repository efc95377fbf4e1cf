import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { thanksOnly } from '../../sla/index.ts'
import { changeTicket, lockTicket, takeFromLeavers, ticketMoved } from '../../tickets/index.ts'
import { thanksRefused } from '../events.ts'

/** The thanks were read. Pressing twice changes nothing. */
export const seeThanks = (ctx: Ctx, ticketId: string, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    await lockTicket(tx, ticketId)
    if ((await thankedAt(tx, ticketId)) !== null) await changeTicket(tx, ticketId, { thanksAt: null })
  })

/** What was taken for thanks needs an answer: the customer waits since they wrote it. */
export const refuseThanks = (ctx: Ctx, ticketId: string, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const ticket = await lockTicket(tx, ticketId)
    const since = await thankedAt(tx, ticketId)
    if (since === null) return
    await changeTicket(tx, ticketId, { status: 'open', queueAt: since, thanksAt: null })
    await thanksOnly(ctx, tx, ticketId, false)
    const moved = ticket.status === 'open' ? [] : [ticketMoved({ ticketId, from: ticket.status, to: 'open', by })]
    await record(tx, [thanksRefused({ ticketId, by }), ...moved])
    await takeFromLeavers(tx, [ticketId])
  })

async function thankedAt(tx: Tx, id: string): Promise<Date | null> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id } }
  return (await tx.ticket.findUniqueOrThrow({ where, select: { thanksAt: true } })).thanksAt
}
