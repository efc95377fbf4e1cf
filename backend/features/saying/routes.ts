import { confirmPromise, dropPromise, seeDifference } from '../../../shared/saying.ts'
import type { Ctx } from '../../context.ts'
import { type Route, route } from '../../platform/route.ts'
import { viewTicket } from '../tickets/index.ts'
import { confirm, drop, see } from './acting.ts'

export const sayingRoutes: readonly Route<Ctx>[] = [
  route(confirmPromise, async (ctx: Ctx, { params, actor }) => {
    await confirm(ctx, params, actor)
    return viewTicket(ctx, params.ticketId, actor)
  }),
  route(dropPromise, async (ctx: Ctx, { params, actor }) => {
    await drop(ctx, params, actor)
    return viewTicket(ctx, params.ticketId, actor)
  }),
  route(seeDifference, async (ctx: Ctx, { params, actor }) => {
    await see(ctx, params, actor)
    return viewTicket(ctx, params.ticketId, actor)
  }),
]
