import type { ReasonCode } from '../../../../shared/combined-actions.ts'
import type { PanelCard } from '../../../../shared/panel.ts'
import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import type { Form, Problem } from '../forms/form.ts'
import { fieldAt, readForm } from '../forms/reading-fields.ts'
import { reviewCard } from '../forms/review-card.ts'
import { type Planned, planOf } from '../planning/planning.ts'
import { causesOf } from '../rules/limits.ts'
import { reasonsIn } from '../rules/reasons.ts'
import { settingsIn } from '../rules/settings.ts'
import { draw, formOf, pageOfProblems, plainly } from './draft-pages.ts'
import { type Draft, keepDraft } from './draft-rows.ts'

/**
 * Plans what a form says about the order as it was read for it. What keeps it from being a plan leads back to the page where that is mended.
 * @param remark said above the review; null for nothing
 */
export async function review(ctx: Ctx, draft: Draft, by: StaffActor, remark: string | null): Promise<PanelCard> {
  const reasons = await inWorkspace(ctx, by.workspaceId, reasonsIn, { reads: true })
  const form = formOf(draft, reasons, { ...plainly('details'), remark })
  const found = await plannedOf(ctx, by.workspaceId, form, reasons)
  return inWorkspace(ctx, by.workspaceId, async (tx) => {
    if ('problems' in found) {
      await keepDraft(ctx, tx, draft, by.id)
      return draw(draft, reasons, pageOfProblems(form, found.problems))
    }
    const reviewed = { planned: found.planned, at: tx.now.toISOString() }
    await keepDraft(ctx, tx, { ...draft, content: { ...draft.content, reviewed } }, by.id)
    return drawReview(tx, form, found.planned, { draft, by })
  })
}

type Found = { planned: Planned } | { problems: readonly Problem[] }

async function plannedOf(ctx: Ctx, workspaceId: string, form: Form, reasons: readonly ReasonCode[]): Promise<Found> {
  const read = readForm(form)
  if (read.input === null) return { problems: read.problems }
  const found = await orTrouble(planOf(ctx, workspaceId, { live: form.live, input: read.input, reasons }))
  return 'done' in found ? { planned: found.done } : { problems: found.troubles }
}

/** What a form can say and go on from: it is refused, or Shopify is away. What was typed stays. */
export async function orTrouble<T>(work: Promise<T>): Promise<{ done: T } | { troubles: Problem[] }> {
  try {
    return { done: await work }
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    const fields = error.fields ?? [{ path: null, message: error.message }]
    return {
      troubles: fields.map(({ path, message }) => ({
        field: path === null ? null : fieldAt(path.split('.')),
        message,
      })),
    }
  }
}

async function drawReview(
  tx: Tx,
  form: Form,
  { plan, value, remarks }: Planned,
  { draft, by }: { draft: Draft; by: StaffActor },
): Promise<PanelCard> {
  const settings = await settingsIn(tx)
  const { causes, compensation } = await causesOf(tx, {
    live: form.live,
    value,
    by: { id: by.id, role: by.role },
    settings,
    exceptActionId: draft.revisesId,
  })
  return reviewCard(form, {
    plan,
    remarks,
    causes: causes.map(({ words }) => words),
    compensation,
    undoSeconds: settings.undoSeconds,
  })
}
