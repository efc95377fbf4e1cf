import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { type Field, fieldsOf, fillIn, historyOf, type Owner, presentField } from '../../fields/index.ts'
import { lockTicket } from '../locking.ts'

/** Fills in custom fields of a ticket. Two people who fill in different ones do not conflict. */
export async function fillTicketIn(
  ctx: Ctx,
  tx: Tx,
  ticketId: string,
  values: (fields: readonly Field[]) => Readonly<Record<string, string | null>>,
  by: Actor,
): Promise<void> {
  const { category, voidReason } = await lockTicket(tx, ticketId)
  if (voidReason) throw new DeskError('move_not_allowed', 'This ticket is void. Bring it back first.')
  const box = await ctx.keyring.box(tx)
  const owner: Owner = { about: 'ticket', id: ticketId, category }
  await fillIn(tx, { box, mask: ctx.mask }, owner, values(await fieldsOf(tx, box, owner)), by)
}

/** Custom fields of a ticket, and what was changed last. @throws DeskError not_found */
export async function ticketFieldsIn(ctx: Ctx, tx: Tx, ticketId: string) {
  const ticket = await tx.ticket.findUnique({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id: ticketId } },
    select: { category: true, number: true, subject: true },
  })
  if (!ticket) throw new DeskError('not_found', 'There is no such ticket in your workspace.')
  const box = await ctx.keyring.box(tx)
  const fields = await fieldsOf(tx, box, { about: 'ticket', id: ticketId, category: ticket.category })
  return { ticket, fields, changes: await historyOf(tx, box, ticketId) }
}

/** The same as the API tells it. */
export async function presentTicketFields(ctx: Ctx, tx: Tx, ticketId: string) {
  const { fields, changes } = await ticketFieldsIn(ctx, tx, ticketId)
  return { items: fields.map(presentField), changes, next: null }
}
