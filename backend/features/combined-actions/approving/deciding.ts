import type { Money } from '../../../../shared/money.ts'
import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import type { Box } from '../../../platform/keyring.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { openActionContent } from '../content.ts'
import { approveAction, declineAction } from '../deciding/agreeing.ts'
import { replaceStep } from '../deciding/replacing.ts'
import { type ActionRow, lockAction } from '../locking.ts'
import type { PlannedStep } from '../plan.ts'
import { waitForConfirmations } from '../rules/limits.ts'
import { settingsIn } from '../rules/settings.ts'
import { EXPIRES_MS } from './asking.ts'
import { refuseInvolved, refuseUnentitled } from './authority.ts'
import { loweredSteps } from './lowering.ts'
import { decisionOn, namesOf } from './outline.ts'

export type Approval = { refund: Money | null; giftCard: Money | null; word: string }

/**
 * Agrees to an action that waits, as it is or with lower amounts. Of two approvers at once the first decides and the second is told.
 * @throws DeskError already_done, forbidden, or invalid_request for amounts that are not lower
 */
export const approve = (ctx: Ctx, actionId: string, wanted: Approval, by: StaffActor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    await waitForConfirmations(tx)
    const action = await waiting(tx, actionId, by)
    await refuseTooLate(tx, actionId)
    const box = await ctx.keyring.box(tx)
    const content = openActionContent(box, actionId, action.content)
    const lowered = loweredSteps(content, wanted)
    await refuseUnentitled(tx, { action, content }, by, valueWith(action, lowered))
    for (const step of lowered) await replaceStep(ctx, tx, actionId, step)
    await note(tx, box, action, { decision: lowered.length > 0 ? 'lowered' : 'approved', word: wanted.word, by })
    const { undoSeconds } = await settingsIn(tx)
    await approveAction(tx, { actionId, by, undoSeconds })
  })

/** Says no, with a word to the agent; what was held is released. @throws DeskError already_done or forbidden */
export const decline = (ctx: Ctx, actionId: string, word: string, by: StaffActor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const action = await waiting(tx, actionId, by)
    const box = await ctx.keyring.box(tx)
    await refuseInvolved(tx, { action, content: openActionContent(box, actionId, action.content) }, by)
    await note(tx, box, action, { decision: 'declined', word, by })
    await declineAction(ctx, tx, { actionId, by })
  })

/** Holds an action that nobody has decided about. @throws DeskError already_done that says who decided, or how it ended */
async function waiting(tx: Tx, actionId: string, by: StaffActor): Promise<ActionRow> {
  const action = await lockAction(tx, actionId)
  if (action.state === 'waiting_approval') return action
  const decision = await decisionOn(tx, actionId)
  if (!decision)
    throw new DeskError(
      'already_done',
      'This action does not wait for approval any more: its agent took it back, or nobody agreed in time.',
    )
  const what = PAST[decision.decision ?? ''] ?? 'decided about'
  if (decision.approverId === by.id) throw new DeskError('already_done', `You have ${what} it already.`)
  const name = (await namesOf(tx, [decision.approverId])).get(decision.approverId) ?? 'Somebody'
  throw new DeskError('already_done', `${name} was faster and ${what} it.`)
}

/** The job that hands an expired action back may be late. @throws DeskError already_done */
async function refuseTooLate(tx: Tx, actionId: string): Promise<void> {
  const { _min } = await tx.actionApproval.aggregate({
    where: { workspaceId: tx.workspaceId, actionId, decision: null },
    _min: { askedAt: true },
  })
  if (_min.askedAt === null || tx.now.getTime() - _min.askedAt.getTime() < EXPIRES_MS) return
  throw new DeskError(
    'already_done',
    'Nobody agreed within 24 hours: this goes back to its agent, who asks again or takes it back.',
  )
}

const PAST: Record<string, string> = { approved: 'approved', lowered: 'lowered and approved', declined: 'declined' }

/** What it is worth with the lowered steps, in the shop's currency. */
function valueWith({ steps, valueMinor }: ActionRow, lowered: readonly PlannedStep[]): number {
  const less = lowered.map(({ kind, amount }) => {
    const before = steps.find((step) => step.kind === kind)?.minor ?? 0n
    return Number(before) - (amount?.minor ?? 0)
  })
  return less.reduce((value, one) => value - one, Number(valueMinor))
}

type Decision = { decision: 'approved' | 'lowered' | 'declined'; word: string; by: StaffActor }

/** Who decides need not have been asked: the list shows what waits to everybody who may. */
async function note(tx: Tx, box: Box, { id: actionId }: ActionRow, { decision, word, by }: Decision): Promise<void> {
  const { workspaceId, now } = tx
  const key = { workspaceId, actionId, approverId: by.id }
  const { id } = await tx.actionApproval.upsert({
    where: { workspaceId_actionId_approverId: key },
    create: { ...key, id: newId(now), askedAt: now },
    update: {},
    select: { id: true },
  })
  await tx.actionApproval.update({
    where: { workspaceId_id: { workspaceId, id } },
    data: { decision, decidedAt: now, word: word === '' ? null : box.seal('action_approval.word', id, word) },
  })
}
