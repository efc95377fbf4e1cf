import { z } from 'zod'
import type { deactivateGiftCard, IssuedGiftCard } from '../../../shared/gift-cards.ts'
import { Money } from '../../../shared/money.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { type Effect, type Entry, leftToPerson, lookAgain, type NotYet } from '../../platform/journal.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { giftCardGid, keepGiftCards } from '../orders/index.ts'
import { openShop } from '../shops/index.ts'
import { giftCardDeactivated } from './events.ts'
import { afterActing, didNothing, refusalOf } from './failing.ts'
import { type LockedCard, lockCard, refuseBusy, refuseUnissued } from './locking.ts'
import { planWork } from './planning.ts'
import { planReplacement, reissueAgain } from './reissuing.ts'
import { viewCard } from './viewing.ts'
import { WORK_KINDS } from './work.ts'

const Deactivation = z.object({ giftCardId: z.uuid(), shopId: z.uuid(), shopifyId: z.string(), reissue: z.boolean() })
type Deactivation = z.infer<typeof Deactivation>

/** What is left on a card that nobody can spend from any more. */
const Taken = z.object({ balance: Money })
type Taken = z.infer<typeof Taken>

type Wish = z.infer<(typeof deactivateGiftCard)['body']>

/** Takes a card back; with `reissue` its balance is given on a new card, which Shopify is asked for when the old one is worth nothing. */
export const deactivate = (ctx: Ctx, id: string, wish: Wish, by: Actor): Promise<z.input<typeof IssuedGiftCard>> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const card = await lockCard(tx, id)
    refuseUnissued(card)
    refuseBusy(card)
    await takeBack(ctx, tx, card, wish, by)
    return viewCard(ctx, tx, id)
  })

async function takeBack(
  ctx: Ctx,
  tx: Tx,
  card: LockedCard & { shopifyId: bigint },
  { reissue }: Wish,
  by: Actor,
): Promise<void> {
  if (card.state === 'deactivated' && !reissue)
    throw new DeskError('already_done', 'This card was taken back already. Nobody can spend what is left on it.')
  if (reissue && card.expiresOn !== null && card.expiresOn < card.today)
    throw new DeskError(
      'move_not_allowed',
      'This card has ended, and a new one would end with it. Give a new card with the form on the ticket.',
    )
  const box = await ctx.keyring.box(tx)
  if (card.replacedById !== null) return reissueAgain(tx, box, { card, replacementId: card.replacedById, by })
  const { id: giftCardId, shopId, ticketId, shopifyId } = card
  const request: Deactivation = { giftCardId, shopId, shopifyId: String(shopifyId), reissue }
  await planWork(tx, box, 'deactivation', { giftCardId, ticketId, by, request })
}

export const deactivating: Effect<Deactivation, Taken, Ctx> = {
  kind: WORK_KINDS.deactivation,
  request: Deactivation,
  result: Taken,
  leaseMs: 90_000,
  async run(ctx, entry) {
    const shop = await openShop(ctx, entry.workspaceId, entry.request.shopId)
    const before = await find(ctx, entry) // whoever took it back, it is done
    if (before) return before
    await shop.api.deactivateGiftCard(giftCardGid(entry.request.shopifyId))
    return (await afterActing(() => find(ctx, entry))) ?? lookAgain('deactivated', 10)
  },
  find: (ctx, entry) => afterActing(() => find(ctx, entry)),
  refusal: refusalOf,
  nothingDone: didNothing,
  refused: async () => undefined, // the entry says why, and the card is as it was
  settle: (ctx, tx, entry, taken) => settle(ctx, tx, entry, taken),
}

/** The balance is read when nothing can be spent any more, so that the new card holds neither more nor less. */
async function find(
  ctx: Ctx,
  { workspaceId, request: { shopId, shopifyId } }: Entry<Deactivation>,
): Promise<Taken | NotYet | null> {
  const shop = await openShop(ctx, workspaceId, shopId)
  const card = await shop.api.giftCard(giftCardGid(shopifyId), 'money')
  if (!card) return leftToPerson('Shopify does not know this card any more. Look for it there by its last characters.')
  if (card.enabled) return null
  await inWorkspace(ctx, workspaceId, (tx) => keepGiftCards(tx, shopId, [card]))
  return { balance: card.balance }
}

async function settle(
  ctx: Ctx,
  tx: Tx,
  { request, by }: Pick<Entry<Deactivation>, 'request' | 'by'>,
  { balance }: Taken,
): Promise<void> {
  const { giftCardId, shopId, reissue } = request
  const card = await lockCard(tx, giftCardId)
  const replacedById = reissue && balance.minor > 0 ? newId(tx.now) : null
  await tx.giftCardIssue.update({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id: giftCardId } },
    data: { state: 'deactivated', replacedById, ...(card.state === 'issued' && { deactivatedAt: tx.now }) },
    select: { id: true },
  })
  const { minor: balanceMinor, currency } = balance
  const { ticketId } = card
  if (card.state === 'issued')
    await record(tx, [giftCardDeactivated({ giftCardId, shopId, ticketId, balanceMinor, currency, replacedById, by })])
  if (replacedById !== null)
    await planReplacement(tx, await ctx.keyring.box(tx), { card, replacementId: replacedById, amount: balance, by })
}
