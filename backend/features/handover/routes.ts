import * as contract from '../../../shared/handover.ts'
import type { Ctx } from '../../context.ts'
import { type Route, route } from '../../platform/route.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { personOf } from '../combined-actions/index.ts'
import { pressHandover, pressLeaving, showHandover } from './card/showing.ts'
import { handOver } from './handing/handing-over.ts'
import { leftIn } from './left/listing.ts'
import { openOf } from './open/listing.ts'

export const handoverRoutes: readonly Route<Ctx>[] = [
  route(contract.listOpenWork, (ctx: Ctx, { actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => openOf(tx, personOf(actor).id), { reads: true }),
  ),
  route(contract.handOver, (ctx: Ctx, { body, actor }) => handOver(ctx, body, personOf(actor))),
  route(contract.listLeftTickets, (ctx: Ctx, { query, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => leftIn(ctx, tx, query), { reads: true }),
  ),
  route(contract.getHandoverCard, (ctx: Ctx, { query, actor }) =>
    showHandover(ctx, personOf(actor), query.leaving === 'yes'),
  ),
  route(contract.pressHandoverCard, (ctx: Ctx, { query, body, actor }) =>
    pressHandover(ctx, personOf(actor), {
      leaving: query.leaving === 'yes',
      seen: (query.shown ?? '').split(',').flatMap((number) => (number ? [Number(number)] : [])),
      fields: body.fields,
    }),
  ),
  route(contract.leaveOnCard, (ctx: Ctx, { query, actor }) =>
    pressLeaving(ctx, personOf(actor), query.anyway === 'yes'),
  ),
]
