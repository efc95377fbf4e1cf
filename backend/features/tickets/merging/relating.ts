import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { lockTickets } from '../locking.ts'
import { ticketRelated, ticketUnrelated } from './events.ts'

export type Pair = { ticketId: string; otherId: string }

/** A card has room for so many. */
const MOST = 20

/** Notes that two tickets have to do with each other, once however often it is pressed and from whichever side. */
export const relate = (ctx: Ctx, { ticketId, otherId }: Pair, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    if (ticketId === otherId)
      throw new DeskError('invalid_request', 'A ticket cannot be linked to itself. Choose another one.')
    const locked = await lockTickets(tx, [ticketId, otherId])
    if (locked.length < 2) throw new DeskError('not_found', 'There is no such ticket in your workspace.')
    await refuseTooMany(tx, ticketId)
    await refuseTooMany(tx, otherId)
    const [lowId = '', highId = ''] = [ticketId, otherId].sort()
    const made = await tx.$executeRaw`
      insert into desk.ticket_link (workspace_id, low_id, high_id, by_id, at)
      values (${tx.workspaceId}::uuid, ${lowId}::uuid, ${highId}::uuid, ${by.id}::uuid, ${tx.now}) on conflict do nothing`
    if (made > 0) await record(tx, bothWays(ticketRelated, { ticketId, otherId }, by))
  })

export const unrelate = (ctx: Ctx, { ticketId, otherId }: Pair, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const [lowId = '', highId = ''] = [ticketId, otherId].sort()
    const { count } = await tx.ticketLink.deleteMany({ where: { workspaceId: tx.workspaceId, lowId, highId } })
    if (count > 0) await record(tx, bothWays(ticketUnrelated, { ticketId, otherId }, by))
  })

const bothWays = (event: typeof ticketRelated | typeof ticketUnrelated, { ticketId, otherId }: Pair, by: Actor) => [
  event({ ticketId, otherId, by }),
  event({ ticketId: otherId, otherId: ticketId, by }),
]

async function refuseTooMany(tx: Tx, id: string): Promise<void> {
  const links = await tx.ticketLink.count({
    where: { workspaceId: tx.workspaceId, OR: [{ lowId: id }, { highId: id }] },
  })
  if (links >= MOST)
    throw new DeskError('invalid_request', `A ticket has at most ${MOST} linked tickets. Take a link back first.`)
}
