import { z } from 'zod'
import type { IssuedGiftCard } from '../../../shared/gift-cards.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { type Effect, leftToPerson } from '../../platform/journal.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { giftCardGid } from '../orders/index.ts'
import { openShop } from '../shops/index.ts'
import { giftCardResent } from './events.ts'
import { didNothing, refusalOf } from './failing.ts'
import { lockCard, refuseBusy, refuseUnissued } from './locking.ts'
import { planWork } from './planning.ts'
import { viewCard } from './viewing.ts'
import { WORK_KINDS } from './work.ts'

const Resending = z.object({
  giftCardId: z.uuid(),
  shopId: z.uuid(),
  shopifyId: z.string(),
  ticketId: z.uuid().nullable(),
})
type Resending = z.infer<typeof Resending>

const Sent = z.object({})

/** Lets Shopify mail a card to its customer once more. */
export const resend = (ctx: Ctx, id: string, by: Actor): Promise<z.input<typeof IssuedGiftCard>> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const card = await lockCard(tx, id)
    refuseUnissued(card)
    if (card.state === 'deactivated')
      throw new DeskError(
        'move_not_allowed',
        'This card was taken back; mailing it would promise what it does not hold.',
      )
    refuseBusy(card)
    const { shopId, ticketId, shopifyId } = card
    const request: Resending = { giftCardId: id, shopId, ticketId, shopifyId: String(shopifyId) }
    await planWork(tx, await ctx.keyring.box(tx), 'notification', { giftCardId: id, ticketId, by, request })
    return viewCard(ctx, tx, id)
  })

const UNCLEAR =
  'Shopify did not answer whether it mailed the card. Its page in Shopify shows when it was sent last: look there before you send it again.'

/** No trace of a mail can be read, so one whose end was not seen is never repeated by itself. */
export const resending: Effect<Resending, z.infer<typeof Sent>, Ctx> = {
  kind: WORK_KINDS.notification,
  request: Resending,
  result: Sent,
  leaseMs: 90_000,
  async run(ctx, { workspaceId, request }) {
    const shop = await openShop(ctx, workspaceId, request.shopId)
    await shop.api.notifyGiftCard(giftCardGid(request.shopifyId))
    return {}
  },
  find: async () => leftToPerson(UNCLEAR),
  refusal: refusalOf,
  nothingDone: didNothing,
  refused: async () => undefined, // the entry says why
  settle: (_ctx, tx, { by, request: { giftCardId, shopId, ticketId } }) =>
    record(tx, [giftCardResent({ giftCardId, shopId, ticketId, by })]),
}
