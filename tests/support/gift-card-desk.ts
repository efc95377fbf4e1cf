import { markIssued, planIssue, readCode } from '../../backend/features/gift-cards/index.ts'
import { shopifyIdOf } from '../../backend/features/orders/index.ts'
import { openShop } from '../../backend/features/shops/index.ts'
import { newId } from '../../backend/platform/ids.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { deactivateGiftCard, getGiftCard } from '../../shared/gift-cards.ts'
import type { StaffName } from './desk.ts'
import { FERN, type ShopDesk } from './shop.ts'

type Wanted = {
  minor?: number
  currency?: string
  domain?: string
  customerId?: string | null
  expiresOn?: string | null
  reason?: string
  by?: StaffName
  notify?: boolean
  ticketId?: string | null
}

export type CardDesk = ReturnType<typeof cardsAt>

/** Gift cards of the desk, made as the steps of an action make them. */
export const cardsAt = (desk: ShopDesk) => {
  const { ctx, workspaceId } = desk

  /** Written down, its code with it; Shopify has not been asked. */
  async function planned(wanted: Wanted = {}): Promise<{ id: string; code: string; last: string }> {
    const card = await inWorkspace(ctx, workspaceId, async (tx) => {
      const { minor = 4_000, currency = 'GBP', domain = FERN, customerId = null, expiresOn = null } = wanted
      const { reason = 'spillage', by = 'nora', notify = false, ticketId = null } = wanted
      const box = await ctx.keyring.box(tx)
      const id = newId(tx.now)
      const { last } = await planIssue(tx, box, {
        id,
        shopId: desk.shopId(domain),
        amount: { minor, currency },
        expiresOn,
        customerShopifyId: customerId === null ? null : shopifyIdOf(customerId),
        ticketId,
        orderId: null,
        actionId: null,
        reasonCode: reason,
        by: { kind: 'staff', id: desk.staff[by].id },
        notify,
      })
      return { id, last }
    })
    return { ...card, code: await readCode(ctx, workspaceId, card.id) }
  }

  /** Made in Shopify, and confirmed. */
  async function issued(wanted: Wanted = {}) {
    const { id, code, last } = await planned(wanted)
    const {
      minor = 4_000,
      currency = 'GBP',
      domain = FERN,
      customerId = null,
      expiresOn = null,
      notify = false,
    } = wanted
    const { api } = await openShop(ctx, workspaceId, desk.shopId(domain))
    const amount = { minor, currency }
    const made = await api.createGiftCard({
      code,
      amount,
      customerId,
      expiresOn,
      note: `ca:${id}`,
      message: '',
      notify,
    })
    await inWorkspace(ctx, workspaceId, (tx) =>
      markIssued(tx, id, { shopifyId: shopifyIdOf(made.id), at: ctx.clock.now() }),
    )
    return { id, code, last, gid: made.id }
  }

  return {
    planned,
    issued,
    view: (giftCardId: string, as: StaffName = 'nora') => desk.as(as).call(getGiftCard, { params: { giftCardId } }),
    /** Every gift card of a shop, as Shopify's books have it, oldest first. */
    inShop: (domain = FERN) => [...desk.shopify.shop(domain).tables.giftCards.all()],
    takeBack: (giftCardId: string, reissue = false) =>
      desk.as('vera').call(deactivateGiftCard, { params: { giftCardId }, body: { reissue } }),
  }
}
