import type { HandedOver, HandoverWish } from '../../../../shared/handover.ts'
import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { formatNumber, lockTickets } from '../../tickets/index.ts'
import { holdAtWork } from '../../workforce/index.ts'
import { ticketHandedOver, workHandedOver } from '../events.ts'
import { settleHanded } from '../left/settling.ts'
import { sortOut } from './acceptance.ts'
import { moveAll } from './moving.ts'

/** What of a hand-over is sealed. */
export const WORD_PLACE = 'handover.word'

/** @throws DeskError not_at_work for a receiver who is not logged in, forbidden, invalid_request, not_found */
export const handOver = (ctx: Ctx, wish: HandoverWish, by: StaffActor): Promise<HandedOver> =>
  inWorkspace(ctx, by.workspaceId, (tx) => handOverIn(ctx, tx, wish, by))

/**
 * Hands open work over: tickets, claims, promises, reminders and actions, all of it or nothing of a ticket. Two who hand over the same
 * meet at its row: the second is told whose it is.
 */
export async function handOverIn(ctx: Ctx, tx: Tx, wish: HandoverWish, by: StaffActor): Promise<HandedOver> {
  const { toId, word, fromId = by.id } = wish
  const from = await giverIn(tx, fromId, wish, by)
  const to = await holdAtWork(tx, toId)
  if (!to) throw new DeskError('not_at_work', 'They are not logged in any more. Choose somebody who is at work.')
  const ticketIds = [...new Set(wish.ticketIds)]
  const tickets = await lockTickets(tx, ticketIds)
  if (tickets.length < ticketIds.length)
    throw new DeskError('not_found', 'There is no such ticket in your workspace. Open the list again.')
  const { fit, refused } = await sortOut(tx, fromId, tickets)
  const id = fit.length === 0 ? null : newId(tx.now)
  if (id) {
    await write(ctx, tx, { id, fromId, toId, word, ticketIds: fit.map((ticket) => ticket.id) }, by)
    await moveAll(ctx, tx, { id, from, to, word, tickets: fit }, by)
  }
  return { id, to, done: fit.map((ticket) => ({ ticketId: ticket.id, number: formatNumber(ticket.number) })), refused }
}

/** Whose work it is. @throws DeskError for what nobody may wish */
async function giverIn(tx: Tx, fromId: string, { toId, word }: HandoverWish, by: StaffActor) {
  if (fromId === toId) throw new DeskError('invalid_request', 'Choose somebody else: it is theirs already.')
  if (fromId !== by.id && by.role === 'agent')
    throw new DeskError('forbidden', 'Only a supervisor hands over what somebody else left.')
  if (fromId === by.id && word === '')
    throw new DeskError('invalid_request', 'Write a line, so that they know how it stands.')
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id: fromId } }
  const from = await tx.staff.findUnique({ where, select: { id: true, name: true } })
  if (!from) throw new DeskError('not_found', 'Nobody of the team has this id.')
  return from
}

type Row = { id: string; fromId: string; toId: string; word: string; ticketIds: readonly string[] }

async function write(ctx: Ctx, tx: Tx, { id, fromId, toId, word, ticketIds }: Row, by: StaffActor): Promise<void> {
  const { workspaceId, now } = tx
  const sealed = word === '' ? null : (await ctx.keyring.box(tx)).seal(WORD_PLACE, id, ctx.mask(word))
  await tx.handover.create({ data: { workspaceId, id, fromId, toId, byId: by.id, at: now, word: sealed } })
  await tx.handoverTicket.createMany({
    data: ticketIds.map((ticketId) => ({ workspaceId, handoverId: id, ticketId })),
  })
  await settleHanded(tx, fromId, ticketIds)
  const facts = { handoverId: id, fromId, toId, by }
  await record(tx, [
    workHandedOver({ ...facts, tickets: ticketIds.length }),
    ...ticketIds.map((ticketId) => ticketHandedOver({ ...facts, ticketId })),
  ])
}
