import type { Ctx, Resolver } from '../../graphql/resource.ts'
import type { OrderRecord } from '../../store/records/orders.ts'
import { type Whole, wholeOf } from './whole.ts'

/** A field that is worked out from all that hangs on the order. */
export const worked =
  (workOut: (whole: Whole, ctx: Ctx) => unknown): Resolver =>
  (order: OrderRecord, _args: never, ctx: Ctx) =>
    workOut(wholeOf(ctx.shop, order), ctx)
