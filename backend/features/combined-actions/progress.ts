import type { PanelCard } from '../../../shared/panel.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { mayAffectOutside } from '../settings/index.ts'
import { causeWords } from './cause-words.ts'
import { plannedOf } from './content.ts'
import { type Progress, progressCard } from './forms/progress-card.ts'
import type { ActionContent } from './plan.ts'
import { showAction } from './presenting.ts'

/** The card of one action. @param say at the bottom of the window, once; null for nothing */
export async function showProgress(
  ctx: Ctx,
  tx: Tx,
  actionId: string,
  actor: Actor,
  say: string | null,
): Promise<PanelCard> {
  const { view, content } = await showAction(ctx, tx, actionId, actor)
  return progressCard({
    view,
    causes: view.causes.map((cause) => causeWords(cause)),
    notices: content.plan.notices,
    refusal: view.state === 'declined' ? await refusalOf(ctx, tx, actionId) : null,
    giftCardUrl: giftCardUrl(ctx, content),
    paused: !(await mayAffectOutside(ctx, tx)),
    me: actor.id,
    now: tx.now,
    key: newId(),
    say,
  })
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
