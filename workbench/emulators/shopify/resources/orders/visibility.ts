import type { Ctx } from '../../graphql/resource.ts'
import type { Gid } from '../../store/records/ids.ts'
import type { OrderRecord } from '../../store/records/orders.ts'
import type { Records } from '../../store/tables.ts'

/** Without read_all_orders an app sees only the orders of the last 60 days. */
export const visibleSince = ({ app, shop }: Ctx): string =>
  app.scopes.has('read_all_orders') ? '' : new Date(shop.now().getTime() - 60 * DAY).toISOString()

export const mayRead = (ctx: Ctx, { createdAt }: OrderRecord): boolean => createdAt >= visibleSince(ctx)

export function orderById(ctx: Ctx, id: Gid): OrderRecord | null {
  const order = ctx.shop.tables.orders.get(id)
  return order && mayRead(ctx, order) ? order : null
}

/** What hangs on an order can be read where the order can. */
export function partById<T extends Part>(ctx: Ctx, table: T, id: Gid): Records[T] | null {
  const part = ctx.shop.tables[table].get(id)
  return part && orderById(ctx, part.orderId) ? (part as Records[T]) : null
}

type Part = 'transactions' | 'refunds' | 'fulfillments' | 'fulfillmentOrders' | 'returns'

const DAY = 24 * 3600 * 1000
