import { closePeriod, exportFinance, markPayoutPaid } from '../../../../shared/finance.ts'
import type { Ctx } from '../../../context.ts'
import { dayIn } from '../../../platform/calendar.ts'
import { parse } from '../../../platform/http.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { page, submission, type Visit } from '../../settings/index.ts'
import { dayBefore } from '../days.ts'
import { exportBooks } from '../exporting.ts'
import { pay, payoutsOf } from '../payouts.ts'
import { closeBooks, listClosed } from '../periods.ts'
import { reconciliationsOf } from '../reconciling/listing.ts'
import { shopIn, shopsWithBooks } from '../shops.ts'
import { payoutsPage } from './payouts-page.ts'
import { shopPage } from './shop-page.ts'

const ROLES = ['finance', 'admin'] as const
const AT_ONCE = 20

/** Pages of finance; each does what its call of the API does, with the same guards. */
export const financePages = [
  page('/finance', ROLES, showPayouts, 'Finance'),
  submission('/finance/payouts/:payoutId', ROLES, async (ctx, { actor, params, form }) => {
    const { reference } = parse(markPayoutPaid.body, { reference: form.get('reference') }, 'form')
    await pay(ctx, actor, params['payoutId'] ?? '', reference)
    return { goTo: '/finance?paid=yes' }
  }),
  page('/finance/shops/:shopId', ROLES, showBooks),
  submission('/finance/shops/:shopId/periods', ROLES, async (ctx, { actor, params, form }) => {
    const { to } = parse(closePeriod.body, { to: form.get('to') }, 'form')
    const shopId = params['shopId'] ?? ''
    await closeBooks(ctx, actor, shopId, to)
    return { goTo: `/finance/shops/${shopId}?${new URLSearchParams({ closed: to })}` }
  }),
  page('/finance/shops/:shopId/export', ROLES, async (ctx, { actor, params, query }) => ({
    flow: await exportBooks(ctx, actor, {
      shopId: params['shopId'] ?? '',
      periodId: parse(exportFinance.query, Object.fromEntries(query), 'query').period,
    }),
  })),
]

async function showPayouts(ctx: Ctx, visit: Visit) {
  const { actor, query } = visit
  const cursor = query.get('after') ?? undefined
  const { items, next } = await payoutsOf(ctx, actor, { state: 'to_pay', cursor, limit: AT_ONCE })
  const shops = await inWorkspace(ctx, actor.workspaceId, shopsWithBooks, { reads: true })
  return { title: 'Finance', body: payoutsPage({ payouts: items, next, shops, paid: query.has('paid') }, visit) }
}

async function showBooks(ctx: Ctx, visit: Visit) {
  const { actor, query, params } = visit
  const { workspaceId } = actor
  const shopId = params['shopId'] ?? ''
  const pageAt = (name: string) => ({ cursor: query.get(name) ?? undefined, limit: AT_ONCE })
  const shop = await inWorkspace(ctx, workspaceId, (tx) => shopIn(tx, shopId), { reads: true })
  const periods = await listClosed(ctx, workspaceId, shopId, pageAt('periods'))
  const reconciliations = await reconciliationsOf(ctx, workspaceId, shopId, pageAt('comparisons'))
  const [newest] = (await listClosed(ctx, workspaceId, shopId, { limit: 1 })).items
  const closedTo = newest?.to ?? null
  const closed = periods.items.find(({ to }) => to === query.get('closed')) ?? null
  const yesterday = dayBefore(dayIn(shop.timeZone, ctx.clock.now()))
  return {
    title: `Books of ${shop.name}`,
    body: shopPage({ shop, yesterday, closedTo, closed, periods, reconciliations }, visit),
  }
}
