import type { StepKind } from '../../../../shared/combined-actions.ts'
import type { Ctx } from '../../../context.ts'
import { record } from '../../../platform/events.ts'
import type { Entry, Outcome } from '../../../platform/journal.ts'
import type { Box } from '../../../platform/keyring.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { shopifyIdOf, wishFor } from '../../orders/index.ts'
import { actionStepDone, actionStepRefused, type Problem } from '../events.ts'
import { changeStep, lockAction, type StepRow } from '../locking.ts'
import { park, trouble } from '../parking.ts'
import { type StepResult, sealStepResult } from './results.ts'
import type { Said, StepEntry } from './step.ts'

type Done = { kind: StepKind; result: StepResult; said: Said }

export type DoneStep = Pick<StepRow, 'id' | 'actionId' | 'route'>

/** Writes a step that is done on the rows of its action, and has the order read again. @returns what else may follow from it */
export async function finished(
  ctx: Ctx,
  tx: Tx,
  { request, by }: Entry<StepEntry>,
  done: Done,
): Promise<{ step: DoneStep; box: Box }> {
  const { actionId, stepId, shopId, orderId } = request
  const box = await ctx.keyring.box(tx)
  const { ticketId, route } = await markDone(tx, box, request, done)
  await wishFor(tx, shopId, [{ shopifyId: shopifyIdOf(orderId), changedAt: null }])
  await record(tx, [actionStepDone({ ticketId, actionId, stepId, kind: done.kind, by })])
  return { step: { id: stepId, actionId, route }, box }
}

/** Holds the action, on whose card is nothing to be said any more, and ends the step: in one statement, and the action first. */
async function markDone(
  tx: Tx,
  box: Box,
  { actionId, stepId }: StepEntry,
  { result, said }: Done,
): Promise<{ ticketId: string; route: string | null }> {
  const { shop, presentment } = said.moved ?? {}
  const [row] = await tx.$queryRaw<{ ticketId: string; route: string | null }[]>`
    with held as (
      update desk.combined_action set version = version + 1,
        problem = case when problem = any(${[...PASSING]}) then null else problem end,
        problem_words = case when problem = any(${[...PASSING]}) then null else problem_words end
      where workspace_id = ${tx.workspaceId}::uuid and id = ${actionId}::uuid returning id, ticket_id)
    update desk.action_step s set state = 'done', done_at = ${tx.now}, result = ${sealStepResult(box, stepId, result)},
      problem_words = ${said.problem ? box.seal(STEP_WORDS, stepId, said.problem) : null}, source = coalesce(${said.source ?? null}, source),
      minor = coalesce(${shop?.minor ?? null}, minor), currency = coalesce(${shop?.currency ?? null}, currency),
      customer_minor = coalesce(${presentment?.minor ?? null}, customer_minor),
      customer_currency = coalesce(${presentment?.currency ?? null}, customer_currency)
    from held where s.workspace_id = ${tx.workspaceId}::uuid and s.id = ${stepId}::uuid and s.action_id = held.id
    returning held.ticket_id::text as "ticketId", s.route`
  if (!row) throw new Error(`There is no step ${stepId} of an action ${actionId}`)
  return row
}

/** Over as soon as a step is done. */
const PASSING: readonly Problem[] = ['unknown_end', 'no_answer']

const STEP_WORDS = 'action_step.problem_words'

/** Shopify will not do a step: the action stands still until a person has read why. */
export async function refused(
  ctx: Ctx,
  tx: Tx,
  { request, by }: Entry<StepEntry>,
  { kind, words }: { kind: StepKind; words: string },
): Promise<void> {
  const { actionId, stepId } = request
  const box = await ctx.keyring.box(tx)
  const action = await lockAction(tx, actionId)
  await changeStep(tx, stepId, { state: 'refused', problemWords: box.seal(STEP_WORDS, stepId, words) })
  await record(tx, [actionStepRefused({ ticketId: action.ticketId, actionId, stepId, kind, by })])
  await park(tx, box, action, { problem: 'refused', words })
}

const UNKNOWN =
  'Shopify did not say whether this happened. It is looked up before anything is sent again; nothing is done twice.'

const NO_ANSWER =
  'Shopify does not answer right now, or asks us to wait. Nothing of the next step was sent; it is tried again by itself.'

/** An attempt ended without an end of the step. */
export async function left(ctx: Ctx, tx: Tx, { request }: Entry<StepEntry>, { state, words }: Outcome): Promise<void> {
  if (state !== 'planned' && state !== 'waiting' && state !== 'unknown' && state !== 'needs_person') return
  const { actionId, stepId } = request
  const box = await ctx.keyring.box(tx)
  const action = await lockAction(tx, actionId)
  const said = state === 'unknown' ? UNKNOWN : state === 'needs_person' ? words : null
  await changeStep(tx, stepId, { state, problemWords: said === null ? null : box.seal(STEP_WORDS, stepId, said) })
  if (state === 'needs_person') await park(tx, box, action, { problem: 'unclear', words: words ?? '' })
  else if (state === 'unknown') await trouble(tx, box, action, { problem: 'unknown_end', words: UNKNOWN })
  else if (state === 'planned') await trouble(tx, box, action, { problem: 'no_answer', words: NO_ANSWER })
}
