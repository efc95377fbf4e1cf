import type { PanelCard } from '../../../../shared/panel.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { newId } from '../../../platform/ids.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { mayAffectOutside } from '../../settings/index.ts'
import { nobodyMayAgree } from '../approving/choosing.ts'
import { plannedOf } from '../content.ts'
import { type Progress, progressCard } from '../forms/progress-card.ts'
import type { ActionContent } from '../plan.ts'
import { noticesOf } from '../planning/notices.ts'
import { causeWords } from '../rules/cause-words.ts'
import { openStepResult } from '../steps/results.ts'
import { type Shown, showAction } from './presenting.ts'
import { orderOfAction, type RefundMoney, refundMoney } from './refund-money.ts'

/** The card of one action. @param say at the bottom of the window, once; null for nothing */
export async function showProgress(
  ctx: Ctx,
  tx: Tx,
  actionId: string,
  actor: Actor,
  say: string | null,
): Promise<PanelCard> {
  const shown = await showAction(ctx, tx, actionId, actor)
  const { action, view, content } = shown
  const inVain = await nobodyMayAgree(tx, action, content.receivers)
  return progressCard({
    view,
    causes: [...view.causes.map((cause) => causeWords(cause)), ...(inVain ? [NOBODY] : [])],
    notices: noticesFor(shown),
    money: await moneyOf(ctx, tx, shown),
    refusal: view.state === 'declined' ? await refusalOf(ctx, tx, actionId) : null,
    giftCardUrl: giftCardUrl(ctx, content),
    paused: !(await mayAffectOutside(ctx, tx)),
    me: actor.id,
    now: tx.now,
    key: newId(),
    say,
  })
}

const NOBODY =
  'Nobody else of the desk may agree to it: take it back, or have a supervisor or an admin invited who has no part in it.'

/** Of what is not over what is planned, of what is over what was done. */
function noticesFor({ action, content }: Shown): string[] {
  const isTold = (state: string) => (action.endedAt === null ? state !== 'dropped' : state === 'done')
  const kinds = action.steps.filter(({ state }) => isTold(state)).map(({ kind }) => kind)
  return noticesOf(content.plan.steps.filter(({ kind }) => kinds.includes(kind)))
}

async function moneyOf(ctx: Ctx, tx: Tx, { action }: Shown): Promise<RefundMoney | null> {
  const step = action.steps.find(({ kind, state }) => kind === 'refund' && state === 'done')
  if (!step?.result) return null
  const box = await ctx.keyring.box(tx)
  const result = openStepResult(box, step.id, step.result)
  return result.kind === 'refund' ? refundMoney(result, await orderOfAction(tx, box, action)) : null
}

function giftCardUrl({ config }: Ctx, content: ActionContent): string | null {
  const request = plannedOf(content, 'gift_card')?.request
  return request?.kind === 'gift_card' ? `${config.http.publicUrl}/gift-cards/${request.issueId}` : null
}

/** Who said no to an action, and what they wrote to the agent. */
async function refusalOf(ctx: Ctx, tx: Tx, actionId: string): Promise<Progress['refusal']> {
  const decided = await tx.actionApproval.findFirst({
    where: { workspaceId: tx.workspaceId, actionId, decision: 'declined' },
    select: { id: true, approverId: true, word: true },
  })
  if (!decided) return null
  const approver = await tx.staff.findUnique({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id: decided.approverId } },
    select: { name: true },
  })
  const box = await ctx.keyring.box(tx)
  const word = decided.word ? box.openText('action_approval.word', decided.id, decided.word) : ''
  return { by: approver?.name ?? 'A former colleague', word }
}
