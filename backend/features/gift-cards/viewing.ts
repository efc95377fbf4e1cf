import { ShopifyUnavailable } from '../../clients/shopify/index.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { giftCardGid, keepGiftCards } from '../orders/index.ts'
import { noteShopTrouble, openShop } from '../shops/index.ts'
import { refusalOf } from './failing.ts'
import { type LogRow, logRows, presentRow } from './rows.ts'

/** One line of the log. @throws DeskError not_found */
export async function viewCard(ctx: Pick<Ctx, 'keyring'>, tx: Tx, id: string) {
  const [row] = await tx.$queryRaw<LogRow[]>(
    logRows(Prisma.sql`
      select * from desk.gift_card_issue where workspace_id = ${tx.workspaceId}::uuid and id = ${id}::uuid`),
  )
  if (!row) throw new DeskError('not_found', 'There is no such gift card in the log of your workspace.')
  return presentRow(await ctx.keyring.box(tx), row)
}

/** With the balance of this moment. A shop that does not answer leaves the balance that it told last. */
export async function viewLive(ctx: Ctx, id: string, by: Actor) {
  const { workspaceId } = by
  const at = await inWorkspace(
    ctx,
    workspaceId,
    async (tx) => {
      await viewCard(ctx, tx, id)
      return tx.giftCardIssue.findUnique({
        where: { workspaceId_id: { workspaceId, id } },
        select: { shopId: true, shopifyId: true },
      })
    },
    { reads: true },
  )
  if (at && at.shopifyId !== null) await refresh(ctx, workspaceId, at.shopId, at.shopifyId)
  return inWorkspace(ctx, workspaceId, (tx) => viewCard(ctx, tx, id), { reads: true })
}

async function refresh(ctx: Ctx, workspaceId: string, shopId: string, shopifyId: bigint): Promise<void> {
  try {
    const shop = await openShop(ctx, workspaceId, shopId)
    const card = await shop.api.giftCard(giftCardGid(shopifyId), 'person')
    if (card) await inWorkspace(ctx, workspaceId, (tx) => keepGiftCards(tx, shopId, [card]))
  } catch (error) {
    if (refusalOf(error) === null && !(error instanceof ShopifyUnavailable)) throw error
    await noteShopTrouble(ctx, workspaceId, shopId, error)
  }
}
