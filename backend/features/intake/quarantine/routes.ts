import {
  fileQuarantinedMail,
  listQuarantined,
  retryQuarantinedMail,
  retryQuarantinedMails,
} from '../../../../shared/quarantine.ts'
import type { Ctx } from '../../../context.ts'
import { type Route, route } from '../../../platform/route.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { fileByHand } from './by-hand.ts'
import { listHeld } from './listing.ts'
import { retryAll, retryOne } from './retrying.ts'

export const quarantineRoutes: readonly Route<Ctx>[] = [
  route(listQuarantined, (ctx: Ctx, { query, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => listHeld(ctx, tx, query), { reads: true }),
  ),
  route(retryQuarantinedMail, async (ctx: Ctx, { params, actor }) => {
    await retryOne(ctx, params.quarantinedId, actor)
    return { retried: true }
  }),
  route(retryQuarantinedMails, async (ctx: Ctx, { actor }) => ({ retried: await retryAll(ctx, actor) })),
  route(fileQuarantinedMail, async (ctx: Ctx, { params, body, actor }) => ({
    ticketId: await fileByHand(ctx, params.quarantinedId, body, actor),
  })),
]
