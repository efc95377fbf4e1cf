import type { ActionView } from '../../../shared/combined-actions.ts'
import { SHOP } from '../../../workbench/scenarios/fern-and-fig.ts'
import { callAs } from '../../../workbench/start/desk-api.ts'
import { until } from '../../support/until.ts'
import type { Shop } from './open-shop.ts'

const SUBJECT = 'The jam was mouldy'
/** Delivered, and paid in cash at the door. */
const ORDER = 'FF-20366'

/** Desmond complains, and Nora gives him some of his cash back; finance has to pay it. */
export async function owePayout(shop: Shop): Promise<string> {
  const { google, backend } = shop.workbench
  await shop.undoWindow(0)
  await google.customers.write({
    from: 'desmond.achebe@millbrook.example',
    to: SHOP.support,
    subject: SUBJECT,
    text: `One jar of ${ORDER} was mouldy.`,
  })
  const found = () => shop.ticket(SUBJECT).catch(() => null)
  await until('the ticket', async () => (await found())?.shop.orders.some(({ number }) => number === ORDER) ?? false)
  const ticket = await shop.ticket(SUBJECT)
  const order = ticket.shop.orders.find(({ number }) => number === ORDER)
  const path = `/v1/tickets/${ticket.id}/orders/${order?.id}/combined-actions`
  const refund = {
    what: 'amount',
    amount: { minor: 650, currency: 'GBP' },
    to: 'payout',
    payee: { name: 'Desmond Achebe', account: 'GB33BUKB20201555555555' },
  }
  const action = (await callAs(google, `nora@${SHOP.domain}`, `${backend.url}${path}`, 'POST', {
    reason: { code: 'quality' },
    refund,
  })) as ActionView
  await until('the action to be done', async () => (await shop.actionOn(ORDER)).state === 'done')
  return action.id
}
