import { markPayoutPaid } from '../../../../shared/finance.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { type PageAnswer, page, submission, type Visit } from '../../settings/index.ts'
import { pay, payoutsOf } from '../payouts.ts'
import { shopsWithBooks } from '../shops.ts'
import { AT_ONCE, FINANCE, readForm } from './manners.ts'
import { payoutsPage, type Refused } from './payouts-page.ts'

const PATH = '/finance'

export const payingPage = page(PATH, FINANCE, (ctx, visit) => shown(ctx, visit, null), 'Finance')

/** Refused, it is shown again with the reference that was typed: it is perhaps the only note of a transfer that was made. */
export const payingForm = submission(`${PATH}/payouts/:payoutId`, FINANCE, async (ctx, visit) => {
  const payoutId = visit.params['payoutId'] ?? ''
  const typed = visit.form.get('reference') ?? ''
  try {
    await pay(ctx, visit.actor, payoutId, readForm(markPayoutPaid.body, { reference: typed }).reference)
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    return { ...(await shown(ctx, visit, { payoutId, typed, problem: error.message })), status: error.status }
  }
  return { goTo: `${PATH}?paid=yes` }
})

async function shown(ctx: Ctx, visit: Visit, refused: Refused | null) {
  const { actor, query } = visit
  const after = query.get('after')
  const { items, next } = await payoutsOf(ctx, actor, { state: 'to_pay', cursor: after ?? undefined, limit: AT_ONCE })
  const shops = await inWorkspace(ctx, actor.workspaceId, shopsWithBooks, { reads: true })
  const toPay = { payouts: items, after, next, shops, paid: query.has('paid'), refused }
  return { title: 'Finance', body: payoutsPage(toPay, visit) } satisfies PageAnswer
}
