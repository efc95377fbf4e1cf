import type { ActionInput, ActionStart, DraftPage, ReasonCode } from '../../../../shared/combined-actions.ts'
import type { PanelCard } from '../../../../shared/panel.ts'
import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { newId } from '../../../platform/ids.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { type Fields, textOf } from '../forms/fields.ts'
import { emptyFields, fieldsOf } from '../forms/filling.ts'
import { isAlone, type Problem } from '../forms/form.ts'
import { readForm } from '../forms/reading-fields.ts'
import type { LiveOrder } from '../planning/live-order.ts'
import { optionsOf } from '../planning/options.ts'
import { presetOf } from '../planning/presets.ts'
import { goodsOfProduct, readForAction } from '../planning/reading.ts'
import { reasonsIn } from '../rules/reasons.ts'
import { showProgress } from '../showing/progress.ts'
import { draw, formOf, type Page, pageOfProblems, plainly } from './draft-pages.ts'
import { actionOfDraft, type Draft, keepDraft, readDraft } from './draft-rows.ts'
import { orTrouble, review } from './reviewing-drafts.ts'

type Begun = { ticketId: string; orderId: string; start: ActionStart; fields: Fields }

/** Begins a form on an order: a preset leads to its review, a single part to its details. Shopify is asked first. */
export async function startDraft(ctx: Ctx, begun: Begun, by: StaffActor): Promise<PanelCard> {
  const { start } = begun
  const live = await readForAction(ctx, by.workspaceId, begun.orderId)
  const { input, why } = presetOf(start, live)
  const draft = newDraft(begun, live, { ...fieldsOf(input), ...begun.fields })
  if (why !== null || start === 'blank') return keepAndDraw(ctx, draft, { ...plainly('what'), remark: why }, by)
  if (isAlone(start)) return keepAndDraw(ctx, draft, plainly('details'), by)
  return review(ctx, draft, by, null)
}

/** The form again, with what a parked action has not done. */
export async function startRevision(
  ctx: Ctx,
  of: { ticketId: string; orderId: string; actionId: string; input: ActionInput },
  by: StaffActor,
): Promise<PanelCard> {
  const live = await readForAction(ctx, by.workspaceId, of.orderId)
  const draft = newDraft({ ...of, start: 'blank' }, live, fieldsOf(of.input))
  const remark = 'This is what is not done yet. Confirming it ends the action that stands still.'
  return review(ctx, { ...draft, revisesId: of.actionId }, by, remark)
}

const newDraft = ({ ticketId, orderId, start }: Omit<Begun, 'fields'>, live: LiveOrder, fields: Fields): Draft => ({
  id: newId(),
  ticketId,
  orderId,
  revisesId: null,
  content: {
    start,
    fields: { ...emptyFields(live, optionsOf(live)), ...fields },
    live,
    substitutes: {},
    reviewed: null,
  },
})

type Turn = { ticketId: string; draftId: string; page: DraftPage; line: number; fields: Fields }

/** Keeps what was typed and turns the page; a page that is not complete comes back with what is wrong. */
export async function turnDraft(ctx: Ctx, turn: Turn, by: StaffActor): Promise<PanelCard> {
  const opened = await openDraft(ctx, turn, by)
  if ('confirmed' in opened) return opened.confirmed
  const { content } = opened.draft
  const draft = {
    ...opened.draft,
    content: { ...content, fields: { ...content.fields, ...turn.fields }, reviewed: null },
  }
  const problems = turn.page === 'details' ? unasked(draft, opened.reasons) : []
  if (turn.page === 'what' || problems.length > 0) return keepAndDraw(ctx, draft, { ...plainly('what'), problems }, by)
  const asked = await orTrouble(turn.page === 'review' ? reread(ctx, draft, by) : withSubstitutes(ctx, draft, by))
  if ('troubles' in asked) return keepAndDraw(ctx, draft, { ...plainly('details'), problems: asked.troubles }, by)
  return turn.page === 'review'
    ? review(ctx, asked.done, by, null)
    : keepAndDraw(ctx, asked.done, { ...plainly('details'), line: turn.line }, by)
}

/** The same form about the order as it is now. */
export const reread = async (ctx: Ctx, draft: Draft, by: StaffActor): Promise<Draft> => ({
  ...draft,
  content: { ...draft.content, live: await readForAction(ctx, by.workspaceId, draft.orderId) },
})

/** What the first page must say before there are details. */
function unasked(draft: Draft, reasons: readonly ReasonCode[]): Problem[] {
  const form = formOf(draft, reasons)
  const problems = readForm(form).problems.filter(
    ({ field }) => pageOfProblems(form, [{ field, message: '' }]).page === 'what',
  )
  return problems
}

/** A form that has become an action answers with that. */
export const openDraft = (
  ctx: Ctx,
  at: { ticketId: string; draftId: string },
  by: StaffActor,
): Promise<{ draft: Draft; reasons: ReasonCode[] } | { confirmed: PanelCard }> =>
  inWorkspace(
    ctx,
    by.workspaceId,
    async (tx) => {
      const draft = await readDraft(ctx, tx, at, by)
      const actionId = await actionOfDraft(tx, at.draftId)
      if (actionId === null) return { draft, reasons: await reasonsIn(tx) }
      const say = 'This form was confirmed already. This is how far it is.'
      return { confirmed: await showProgress(ctx, tx, actionId, by, say) }
    },
    { reads: true },
  )

/** The order that a form is about. @throws DeskError not_found */
export const orderOfDraft = (ctx: Ctx, at: { ticketId: string; draftId: string }, by: StaffActor): Promise<string> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => (await readDraft(ctx, tx, at, by)).orderId, { reads: true })

/** Asks what the shop has beside the line that something else is to be sent for; once for each line. */
async function withSubstitutes(ctx: Ctx, draft: Draft, by: StaffActor): Promise<Draft> {
  const { fields, live, substitutes } = draft.content
  const lineId = textOf(fields, 'reship.swap')
  const variantId = live.lines.find(({ id }) => id === lineId)?.variantId
  const goods = live.goods.find((one) => one.variantId === variantId)
  if (!goods || substitutes[lineId]) return draft
  const found = await goodsOfProduct(ctx, by.workspaceId, live.shop.id, goods.productId)
  const others = found.filter((one) => one.variantId !== variantId)
  return { ...draft, content: { ...draft.content, substitutes: { ...substitutes, [lineId]: others } } }
}

const keepAndDraw = (ctx: Ctx, draft: Draft, page: Page, by: StaffActor): Promise<PanelCard> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    await keepDraft(ctx, tx, draft, by.id)
    return draw(draft, await reasonsIn(tx), page)
  })
