import { MERGED_AT_ONCE } from '../../../../shared/merging.ts'
import type { PanelCard, PanelFields } from '../../../../shared/panel.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { viewTicket } from '../viewing.ts'
import { mergeForm } from './cards/merge-form.ts'
import { mergedCard, mergeReview } from './cards/merge-review.ts'
import { regroupCard } from './cards/regroup-card.ts'
import { regroupingCard, undoneCard } from './cards/regrouping-card.ts'
import { merge } from './merging.ts'
import { candidatesFor, previewOf } from './previewing.ts'
import { mergesInto, mergingRowOf, numbersOf, ticketsNumbered } from './reading.ts'
import { undoRegrouped } from './undoing.ts'

type Typed = PanelFields['fields']

export async function openRegroup(ctx: Ctx, ticketId: string, actor: Actor): Promise<PanelCard> {
  const { row, others } = await inWorkspace(
    ctx,
    actor.workspaceId,
    async (tx) => ({ row: await mergingRowOf(tx, ticketId), others: await candidatesFor(tx, ticketId) }),
    { reads: true },
  )
  return regroupCard(await viewTicket(ctx, ticketId, actor), row, others)
}

export async function openMerge(
  ctx: Ctx,
  ticketId: string,
  actor: Actor,
  chosen = { tickets: [] as readonly string[], numbers: '', problem: null as string | null },
): Promise<PanelCard> {
  const offered = await inWorkspace(ctx, actor.workspaceId, (tx) => candidatesFor(tx, ticketId), { reads: true })
  return mergeForm(await viewTicket(ctx, ticketId, actor), offered, chosen)
}

/** @param chosen ids of an earlier review, comma by comma; the first time they come from the form */
export async function review(ctx: Ctx, ticketId: string, given: Given, actor: Actor): Promise<PanelCard> {
  const { fields } = given
  try {
    const ids = await chosenIds(ctx, ticketId, given, actor)
    const survivorId = fields['survivor']?.[0] ?? ticketId
    const merged = ids.filter((id) => id !== survivorId)
    const preview = await inWorkspace(ctx, actor.workspaceId, (tx) => previewOf(tx, survivorId, merged), {
      reads: true,
    })
    return mergeReview({ ticketId, preview, across: fields['across']?.[0] ?? 'no', problem: null })
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    const numbers = fields['numbers']?.[0] ?? ''
    return openMerge(ctx, ticketId, actor, { tickets: fields['tickets'] ?? [], numbers, problem: error.message })
  }
}

type Given = { chosen?: string | undefined; fields: Typed }

/** What was ticked and typed, with the ticket itself first. @throws DeskError invalid_request or not_found */
async function chosenIds(ctx: Ctx, ticketId: string, { chosen, fields }: Given, actor: Actor): Promise<string[]> {
  if (chosen) return uuidsIn(chosen)
  const numbers = (fields['numbers']?.[0] ?? '').split(/[\s,;]+/).filter((text) => text !== '')
  const typed = await inWorkspace(ctx, actor.workspaceId, (tx) => ticketsNumbered(tx, numbers), { reads: true })
  const ids = [...new Set([...uuidsIn((fields['tickets'] ?? []).join(',')), ...typed])]
  if (ids.includes(ticketId))
    throw new DeskError('invalid_request', 'A ticket cannot be merged into itself. Choose another one.')
  if (ids.length === 0) throw new DeskError('invalid_request', 'Tick a ticket, or type the number of one.')
  if (ids.length > MERGED_AT_ONCE)
    throw new DeskError('invalid_request', `At most ${MERGED_AT_ONCE} tickets are merged at once. Untick some.`)
  return [ticketId, ...ids]
}

function uuidsIn(text: string): string[] {
  const ids = text.split(',').filter((id) => id !== '')
  if (!ids.every((id) => UUID.test(id))) throw new DeskError('invalid_request', 'This is no ticket. Choose again.')
  return ids
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Merges what was reviewed. What stands in the way comes back as the review, before anything is written. */
export async function confirm(
  ctx: Ctx,
  ticketId: string,
  given: { chosen: string; fields: Typed },
  actor: Actor,
): Promise<PanelCard> {
  const ids = uuidsIn(given.chosen)
  const survivorId = given.fields['survivor']?.[0] ?? ids[0] ?? ticketId
  const merged = ids.filter((id) => id !== survivorId)
  const across = given.fields['across']?.[0] ?? 'no'
  const preview = await inWorkspace(ctx, actor.workspaceId, (tx) => previewOf(tx, survivorId, merged), { reads: true })
  const strangers = preview.otherCustomers.length > 0 && across !== 'yes'
  const problem = strangers ? 'These are of different customers. Say below that you want this, or choose others.' : null
  if (preview.refusal !== null || strangers) return mergeReview({ ticketId, preview, across, problem })
  await merge(ctx, survivorId, { ticketIds: merged, acrossCustomers: across === 'yes' }, actor)
  const undos = await inWorkspace(ctx, actor.workspaceId, (tx) => mergesInto(tx, survivorId, merged), { reads: true })
  return mergedCard(preview.survivor, undos)
}

type Which = { ticketId: string; regroupingId: string }

export async function openOne(ctx: Ctx, { ticketId, regroupingId }: Which, actor: Actor): Promise<PanelCard> {
  const { regrouped } = await inWorkspace(ctx, actor.workspaceId, (tx) => mergingRowOf(tx, ticketId), { reads: true })
  const row = regrouped.find(({ id }) => id === regroupingId)
  if (!row) throw new DeskError('not_found', 'This was taken back already. Open the ticket again.')
  return regroupingCard(await viewTicket(ctx, ticketId, actor), row)
}

export async function undoInPanel(ctx: Ctx, which: Which, actor: Actor): Promise<PanelCard> {
  const undone = await undoRegrouped(ctx, which, actor)
  const numbers = await inWorkspace(ctx, actor.workspaceId, (tx) => numbersOf(tx, [undone.fromId, undone.toId]), {
    reads: true,
  })
  return undoneCard(undone, { from: numbers.get(undone.fromId) ?? '', to: numbers.get(undone.toId) ?? '' })
}
