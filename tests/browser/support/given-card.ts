import type { ActionView } from '../../../shared/combined-actions.ts'
import { SHOP } from '../../../workbench/scenarios/fern-and-fig.ts'
import { callAs } from '../../../workbench/start/desk-api.ts'
import { until } from '../../support/until.ts'
import type { Shop } from './open-shop.ts'

const SUBJECT = 'melted'
const ORDER = 'FF-20425'

/** Nora gives a gift card for an order; Shopify has made it when this answers. */
export async function giveCard(shop: Shop): Promise<void> {
  const { google, backend } = shop.workbench
  await shop.undoWindow(0)
  const ticket = await shop.ticket(SUBJECT)
  const order = ticket.shop.orders.find(({ number }) => number === ORDER)
  const path = `/v1/tickets/${ticket.id}/orders/${order?.id}/combined-actions`
  const given = {
    reason: { code: 'late' },
    giftCard: { amount: { minor: 1_500, currency: 'GBP' }, expiresOn: '2029-12-31' },
  }
  ;(await callAs(google, `nora@${SHOP.domain}`, `${backend.url}${path}`, 'POST', given)) as ActionView
  await until('the card to be made', async () => (await shop.actionOn(ORDER)).state === 'done')
}
