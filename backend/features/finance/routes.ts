import {
  closePeriod,
  exportFinance,
  listPayouts,
  listPeriods,
  listReconciliations,
  markPayoutPaid,
} from '../../../shared/finance.ts'
import type { Ctx } from '../../context.ts'
import type { Actor, StaffActor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { route } from '../../platform/route.ts'
import { exportBooks } from './exporting.ts'
import { pay, payoutsOf } from './payouts.ts'
import { closeBooks, listClosed } from './periods.ts'
import { reconciliationsOf } from './reconciling/listing.ts'

export const financeRoutes = [
  route(listPayouts, (ctx: Ctx, { query, actor }) => payoutsOf(ctx, person(actor), query)),
  route(markPayoutPaid, (ctx: Ctx, { params, body, actor }) =>
    pay(ctx, person(actor), params.payoutId, body.reference),
  ),
  route(closePeriod, (ctx: Ctx, { params, body, actor }) => closeBooks(ctx, person(actor), params.shopId, body.to)),
  route(listPeriods, (ctx: Ctx, { params, query, actor }) => listClosed(ctx, actor.workspaceId, params.shopId, query)),
  route(exportFinance, (ctx: Ctx, { params, query, actor }) =>
    exportBooks(ctx, actor, { shopId: params.shopId, periodId: query.period }),
  ),
  route(listReconciliations, (ctx: Ctx, { params, query, actor }) =>
    reconciliationsOf(ctx, actor.workspaceId, params.shopId, query),
  ),
]

/** Books are kept by people; the contract lets nobody else in. */
function person(actor: Actor): StaffActor {
  if (actor.kind !== 'staff') throw new DeskError('forbidden', 'Only people of the staff may do this.')
  return actor
}
