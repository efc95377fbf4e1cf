import { z } from 'zod'
import { Money } from '../../../shared/money.ts'
import { GiftCardTaken } from '../../clients/shopify/index.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { type Effect, type Entry, lookAgain, type NotYet } from '../../platform/journal.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { customerGid, shopifyIdOf } from '../orders/index.ts'
import { openShop } from '../shops/index.ts'
import { afterActing, didNothing, refusalOf } from './failing.ts'
import { markIssued, markRefused, planIssue, readCode } from './issuing.ts'
import type { LockedCard } from './locking.ts'
import { planWork } from './planning.ts'
import { WORK_KINDS } from './work.ts'

const Reissue = z.object({
  /** The new card's line of the log, which holds its code. */
  issueId: z.uuid(),
  shopId: z.uuid(),
  /** The new card's note in Shopify. */
  mark: z.string(),
  last: z.string(),
  customerId: z.string().nullable(),
  amount: Money,
  expiresOn: z.iso.date().nullable(),
  notify: z.boolean(),
})
type Reissue = z.infer<typeof Reissue>

const Issued = z.object({ shopifyId: z.string(), at: z.iso.datetime() })
type Issued = z.infer<typeof Issued>

type Replacing = { card: LockedCard; replacementId: string; by: Pick<Actor, 'kind' | 'id'> }

/** A card that takes another one's place: same customer, reason and end, with what was left on it. */
export async function planReplacement(
  tx: Tx,
  box: Box,
  { card, replacementId, amount, by }: Replacing & { amount: Money },
): Promise<void> {
  const { shopId, customerShopifyId, ticketId, orderId, actionId, reasonCode, notify } = card
  const expiresOn = card.expiresOn?.toISOString().slice(0, 10) ?? null
  const about = { shopId, amount, expiresOn, customerShopifyId, ticketId, orderId, actionId, reasonCode, notify }
  const { last } = await planIssue(tx, box, { ...about, id: replacementId, by })
  await ask(tx, box, card, { issueId: replacementId, last, amount, by })
}

/** Shopify refused the new card; now it may take it, under the code that was written down for it. @throws DeskError when it is there */
export async function reissueAgain(tx: Tx, box: Box, { card, replacementId, by }: Replacing): Promise<void> {
  const next = await tx.giftCardIssue.findUniqueOrThrow({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id: replacementId } },
    select: { state: true, last: true, minor: true, currency: true },
  })
  if (next.state !== 'refused')
    throw new DeskError('already_done', `This card was replaced already: by the one that ends with ${next.last}.`)
  const amount = { minor: Number(next.minor), currency: next.currency }
  await ask(tx, box, card, { issueId: replacementId, last: next.last, amount, by })
}

async function ask(
  tx: Tx,
  box: Box,
  card: LockedCard,
  { by, ...next }: Pick<Reissue, 'issueId' | 'last' | 'amount'> & Pick<Replacing, 'by'>,
): Promise<void> {
  const { id: giftCardId, shopId, ticketId, customerShopifyId, notify, expiresOn } = card
  const request: Reissue = {
    ...next,
    shopId,
    mark: `gc:${next.issueId}`,
    customerId: customerShopifyId === null ? null : customerGid(customerShopifyId),
    expiresOn: expiresOn?.toISOString().slice(0, 10) ?? null,
    notify,
  }
  await planWork(tx, box, 'reissue', { giftCardId, ticketId, by, request })
}

/** Seconds after which Shopify's search shows a card that its books have already. */
const SEARCH_LAG_S = 15

export const reissuing: Effect<Reissue, Issued, Ctx> = {
  kind: WORK_KINDS.reissue,
  request: Reissue,
  result: Issued,
  leaseMs: 90_000,
  async run(ctx, entry) {
    const { issueId, shopId, mark, last: _, ...card } = entry.request
    const shop = await openShop(ctx, entry.workspaceId, shopId)
    const code = await readCode(ctx, entry.workspaceId, issueId)
    try {
      const { id } = await shop.api.createGiftCard({ ...card, code, note: mark, message: '' })
      return { shopifyId: String(shopifyIdOf(id)), at: ctx.clock.now().toISOString() }
    } catch (error) {
      if (!(error instanceof GiftCardTaken)) throw error
      return (await afterActing(() => find(ctx, entry))) ?? lookAgain('taken', SEARCH_LAG_S)
    }
  },
  /** What is not found is sent again under the same code, which Shopify takes once. */
  find: (ctx, entry) => afterActing(() => find(ctx, entry)),
  refusal: refusalOf,
  nothingDone: didNothing,
  refused: (tx, { request }) => markRefused(tx, request.issueId),
  settle: (_ctx, tx, { request }, { shopifyId, at }) =>
    markIssued(tx, request.issueId, { shopifyId: BigInt(shopifyId), at: new Date(at) }),
}

async function find(
  ctx: Ctx,
  { workspaceId, plannedAt, request: { shopId, mark, last } }: Entry<Reissue>,
): Promise<Issued | NotYet | null> {
  const shop = await openShop(ctx, workspaceId, shopId)
  const card = await shop.api.findGiftCard({ mark, last, since: plannedAt })
  return card && { shopifyId: String(shopifyIdOf(card.id)), at: card.createdAt.toISOString() }
}
