import type { PanelCard, PanelFields } from '../../../../shared/panel.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { viewTicket } from '../viewing.ts'
import { relatedCard, relatedForm } from './cards/related-form.ts'
import { splitCard, splitForm } from './cards/split-form.ts'
import { ticketsNumbered } from './reading.ts'
import { relate } from './relating.ts'
import { split, whyNotSplit } from './splitting.ts'

type Typed = PanelFields['fields']

export const openSplit = async (ctx: Ctx, ticketId: string, actor: Actor): Promise<PanelCard> =>
  splitForm(await viewTicket(ctx, ticketId, actor), { message: '', subject: '', problem: null })

/** Splits the chosen mail out; what stands in the way comes back with the form and what was typed. */
export async function confirmSplitOf(ctx: Ctx, ticketId: string, fields: Typed, actor: Actor): Promise<PanelCard> {
  const [source, message] = [await viewTicket(ctx, ticketId, actor), fields['message']?.[0] ?? '']
  const subject = (fields['subject']?.[0] ?? '').trim()
  const problem = await inWorkspace(ctx, actor.workspaceId, (tx) => whyNotSplit(tx, ticketId, message), { reads: true })
  if (problem !== null) return splitForm(source, { message, subject, problem })
  const { ticketId: partId, splitId } = await split(ctx, ticketId, { messageId: message, subject }, actor)
  return splitCard(await viewTicket(ctx, partId, actor), source, splitId)
}

export const openRelated = async (ctx: Ctx, ticketId: string, actor: Actor): Promise<PanelCard> =>
  relatedForm(await viewTicket(ctx, ticketId, actor), { number: '', problem: null })

export async function confirmRelatedOf(ctx: Ctx, ticketId: string, fields: Typed, actor: Actor): Promise<PanelCard> {
  const ticket = await viewTicket(ctx, ticketId, actor)
  const number = (fields['number']?.[0] ?? '').trim()
  try {
    const otherId = await otherNumbered(ctx, ticketId, number, actor)
    await relate(ctx, { ticketId, otherId }, actor)
    const other = await viewTicket(ctx, otherId, actor)
    return relatedCard(ticket, other)
  } catch (error) {
    if (!(error instanceof DeskError) || ctx.claim?.taken) throw error
    return relatedForm(ticket, { number, problem: error.message })
  }
}

/** @throws DeskError with the words for the form */
async function otherNumbered(ctx: Ctx, ticketId: string, number: string, actor: Actor): Promise<string> {
  const [otherId] = await inWorkspace(ctx, actor.workspaceId, (tx) => ticketsNumbered(tx, number ? [number] : []), {
    reads: true,
  })
  if (!otherId) throw new DeskError('invalid_request', 'Type the number of the other ticket.')
  if (otherId === ticketId)
    throw new DeskError('invalid_request', 'A ticket cannot be linked to itself. Choose another one.')
  return otherId
}
