import { confirmSuspectedSpam, listSuspectedSpam, releaseSuspectedSpam } from '../../../../shared/spam.ts'
import type { Ctx } from '../../../context.ts'
import { type Route, route } from '../../../platform/route.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { confirmSpam, releaseSpam } from './deciding-spam.ts'
import { listSuspects } from './listing.ts'

export const spamRoutes: readonly Route<Ctx>[] = [
  route(listSuspectedSpam, (ctx: Ctx, { query, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => listSuspects(ctx, tx, query), { reads: true }),
  ),
  route(releaseSuspectedSpam, async (ctx: Ctx, { params, actor }) => {
    await releaseSpam(ctx, params.suspectedId, actor)
    return { released: true }
  }),
  route(confirmSuspectedSpam, async (ctx: Ctx, { params, actor }) => {
    await confirmSpam(ctx, params.suspectedId, actor)
    return { confirmed: true }
  }),
]
