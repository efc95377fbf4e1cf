import type { Ctx } from '../../context.ts'
import { on } from '../../platform/events.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { actionStepDone } from '../combined-actions/index.ts'
import { giftCardDeactivated, giftCardIssued } from '../gift-cards/index.ts'
import { bookSteps } from './booking.ts'
import { bookReplacement, bookTakenBack } from './cards.ts'

export const financeReactions = [
  on(actionStepDone, 'finance:book', (ctx: Ctx, workspaceId, { stepId }) =>
    inWorkspace(ctx, workspaceId, async (tx) => bookSteps(tx, await ctx.keyring.box(tx), [stepId])),
  ),
  on(giftCardDeactivated, 'finance:book-taken-back', (ctx: Ctx, workspaceId, { giftCardId, balanceMinor }) =>
    bookTakenBack(ctx, workspaceId, giftCardId, balanceMinor),
  ),
  on(giftCardIssued, 'finance:book-replacement', (ctx: Ctx, workspaceId, { giftCardId }) =>
    bookReplacement(ctx, workspaceId, giftCardId),
  ),
]
