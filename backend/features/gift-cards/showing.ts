import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { giftCardCodeShown } from './events.ts'
import { openSealedCode } from './issuing.ts'

/** The whole code. Who looked is committed before anybody sees it. @throws DeskError while there is no card, or no code of it here */
export const showCode = (ctx: Ctx, giftCardId: string, by: Actor): Promise<{ code: string }> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const where = { workspaceId_id: { workspaceId: tx.workspaceId, id: giftCardId } }
    const card = await tx.giftCardIssue.findUnique({
      where,
      select: { state: true, code: true, shopId: true, ticketId: true },
    })
    if (!card) throw new DeskError('not_found', 'There is no such gift card in the log of your workspace.')
    if (card.state === 'planned' || card.state === 'refused')
      throw new DeskError(
        'move_not_allowed',
        'Shopify has not confirmed this card, so its code is worth nothing. Look again when its action is done.',
      )
    if (card.code === null)
      throw new DeskError('not_found', 'This card was issued before the desk; nobody can read its code any more.')
    const { shopId, ticketId } = card
    await record(tx, [giftCardCodeShown({ giftCardId, shopId, ticketId, by })])
    return { code: openSealedCode(await ctx.keyring.box(tx), giftCardId, card.code) }
  })
