import type { Ctx } from '../../context.ts'
import { on, type Reaction } from '../../platform/events.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { customerJoined, customerRenamed } from '../customers/index.ts'
import { writeTicketWords } from './ticket-words.ts'

/** A customer who is called otherwise now, or turned out to be another, is found by that. */
export const searchReactions: readonly Reaction<Ctx>[] = [
  on(customerRenamed, 'search:rename', (ctx: Ctx, workspaceId, { customerId }) =>
    nameAnew(ctx, workspaceId, customerId),
  ),
  on(customerJoined, 'search:join', (ctx: Ctx, workspaceId, { intoId }) => nameAnew(ctx, workspaceId, intoId)),
]

const AT_ONCE = 200

/** Hundreds of tickets in a transaction, the newest first; doing it again changes nothing. */
async function nameAnew(ctx: Ctx, workspaceId: string, customerId: string): Promise<void> {
  let place: Place | undefined
  do
    place = await inWorkspace(ctx, workspaceId, async (tx) => {
      const tickets = await ticketsOf(tx, customerId, place)
      await writeTicketWords(
        tx,
        tickets.map(({ id }) => id),
      )
      return tickets.length < AT_ONCE ? undefined : tickets.at(-1)
    })
  while (place)
}

type Place = { id: string; lastMessageAt: Date }

const ticketsOf = (tx: Tx, customerId: string, place: Place | undefined): Promise<Place[]> =>
  tx.ticket.findMany({
    where: {
      workspaceId: tx.workspaceId,
      customerId,
      ...(place && {
        OR: [
          { lastMessageAt: { lt: place.lastMessageAt } },
          { lastMessageAt: place.lastMessageAt, id: { lt: place.id } },
        ],
      }),
    },
    orderBy: [{ lastMessageAt: 'desc' }, { id: 'desc' }],
    take: AT_ONCE,
    select: { id: true, lastMessageAt: true },
  })
