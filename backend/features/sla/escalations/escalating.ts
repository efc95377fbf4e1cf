import type { z } from 'zod'
import type { escalateTicket } from '../../../../shared/sla.ts'
import type { Ctx } from '../../../context.ts'
import type { RuleActor, StaffActor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { maskCodes } from '../../gift-cards/index.ts'
import { assignIn, lockTicket, prioritiseIn } from '../../tickets/index.ts'
import { ticketEscalated } from '../events.ts'
import { RAISED } from './raising.ts'

export type Escalation = z.infer<(typeof escalateTicket)['body']>

export const escalate = (ctx: Ctx, ticketId: string, wish: Escalation, by: StaffActor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, (tx) => escalateIn(ctx, tx, { ticketId, ...wish }, by))

/**
 * Hands a ticket to somebody who can do more, one priority up. They are told by mail, and it counts by its reason.
 * @throws DeskError before anything is written
 */
export async function escalateIn(
  ctx: Ctx,
  tx: Tx,
  { ticketId, toId, reason, text, raisePriority }: Escalation & { ticketId: string },
  by: StaffActor | RuleActor,
): Promise<void> {
  const { workspaceId, now: at } = tx
  const ticket = await lockTicket(tx, ticketId)
  if (ticket.voidReason) throw new DeskError('move_not_allowed', 'This ticket is void. Bring it back first.')
  if (toId === by.id) throw new DeskError('invalid_request', 'You cannot escalate to yourself. Choose somebody else.')
  if (reason === 'other' && text === '')
    throw new DeskError('invalid_request', 'Say why in a few words, or choose a reason.')
  await assignIn(tx, ticketId, { assigneeId: toId }, by)
  if (raisePriority) await prioritiseIn(tx, ticketId, { priority: RAISED[ticket.priority] }, by)
  const id = newId(at)
  const word = text === '' ? null : (await ctx.keyring.box(tx)).seal('sla_escalation.word', id, maskCodes(text))
  await tx.slaEscalation.create({ data: { workspaceId, id, ticketId, byId: by.id, toId, reason, word, at } })
  await record(tx, [ticketEscalated({ ticketId, escalationId: id, toId, reason, by })])
}
