import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { readConversation, viewTicket } from '../../tickets/index.ts'
import { placeOf } from '../place.ts'
import { standingNow } from './standing-now.ts'

/** Newest messages that a ticket's page carries; older ones are a page away. */
export const ON_PAGE = 20

/** A ticket that changes faster than it is read says on its page that it has changed. */
const ATTEMPTS = 3

/**
 * All that the page of a ticket shows: four statements at once, one trip each. What one of them saw is what all of them saw: else somebody
 * would press a button of one version under a conversation of another.
 * @throws DeskError not_found
 */
export async function readTicket(ctx: Ctx, ticketId: string, actor: StaffActor) {
  for (let attempt = 1; ; attempt++) {
    const read = await readOnce(ctx, ticketId, actor)
    if (attempt === ATTEMPTS || isOfOneMoment(read)) return read
  }
}

async function readOnce(ctx: Ctx, ticketId: string, actor: StaffActor) {
  const [ticket, conversation, standing, place] = await Promise.all([
    viewTicket(ctx, ticketId, actor),
    readConversation(ctx, ticketId, { limit: ON_PAGE }, actor),
    standingNow(ctx, actor.workspaceId, ticketId),
    placeOf(ctx, actor),
  ])
  if (!standing) throw new DeskError('not_found', 'There is no such ticket in your workspace.')
  return { ticket, conversation, standing, ...place }
}

export type TicketRead = Awaited<ReturnType<typeof readOnce>>

const isOfOneMoment = ({ ticket, conversation, standing }: TicketRead): boolean =>
  ticket.version === standing.version && ticket.messages[0]?.id === conversation.items[0]?.id
