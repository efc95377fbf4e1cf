import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { handClaimsOn } from '../../claims/index.ts'
import { handActionsOn } from '../../combined-actions/index.ts'
import { handIntentsOn } from '../../drafts/index.ts'
import { handRemindersOn } from '../../queues/index.ts'
import { handPromisesOn } from '../../saying/index.ts'
import { handTicketsOn, type LockedTicket, noteEachIn } from '../../tickets/index.ts'

type Person = { id: string; name: string }
type Move = { id: string; from: Person; to: Person; word: string; tickets: readonly LockedTicket[] }

/** All that one person has on these tickets becomes another's. Claims go first: whoever gives a ticket away and is on it would stay on it. */
export async function moveAll(ctx: Ctx, tx: Tx, { id, from, to, word, tickets }: Move, by: StaffActor): Promise<void> {
  const hands = { ticketIds: tickets.map((ticket) => ticket.id), fromId: from.id, toId: to.id }
  await handClaimsOn(tx, hands, by)
  await handTicketsOn(tx, tickets, { ...hands, handoverId: id }, by)
  await handRemindersOn(tx, hands)
  await handPromisesOn(ctx, tx, { ...hands, from }, by)
  await handIntentsOn(tx, hands)
  await handActionsOn(tx, hands, by)
  // A note of each, as if it were written there: it is found, masked and forgotten as all others are.
  if (word !== '') await noteEachIn(ctx, tx, { tickets, text: `Handed over to ${to.name}: ${word}` }, by)
}
