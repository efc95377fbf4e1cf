import {
  beginTicket,
  beginUnanswered as beginUnansweredOnes,
  getMailboxHistory,
  listUnanswered,
  startMailboxBackfill,
  steerMailboxBackfill,
} from '../../../../shared/cut-over.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { type Route, route } from '../../../platform/route.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { viewTicket } from '../../tickets/index.ts'
import { startBackfill, steerBackfill } from '../backfill/steering.ts'
import { beginUnanswered } from './beginning.ts'
import { listUnansweredIn } from './listing.ts'
import { historyOf } from './settings.ts'

const history = (ctx: Ctx, mailboxId: string, { workspaceId }: Actor) =>
  inWorkspace(ctx, workspaceId, (tx) => historyOf(tx, mailboxId), { reads: true })

export const cutOverRoutes: readonly Route<Ctx>[] = [
  route(getMailboxHistory, (ctx: Ctx, { params, actor }) => history(ctx, params.mailboxId, actor)),
  route(startMailboxBackfill, async (ctx: Ctx, { params, body, actor }) => {
    await startBackfill(ctx, actor.workspaceId, { mailboxId: params.mailboxId, months: body.months }, actor)
    return history(ctx, params.mailboxId, actor)
  }),
  route(steerMailboxBackfill, async (ctx: Ctx, { params, body, actor }) => {
    await steerBackfill(ctx, actor.workspaceId, { mailboxId: params.mailboxId, act: body.act }, actor)
    return history(ctx, params.mailboxId, actor)
  }),
  route(listUnanswered, (ctx: Ctx, { params, query, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => listUnansweredIn(ctx, tx, params.mailboxId, query), { reads: true }),
  ),
  route(beginUnansweredOnes, async (ctx: Ctx, { body, actor }) => ({
    begun: await beginUnanswered(ctx, body.ticketIds, actor),
  })),
  route(beginTicket, async (ctx: Ctx, { params, actor }) => {
    await beginUnanswered(ctx, [params.ticketId], actor)
    return viewTicket(ctx, params.ticketId, actor)
  }),
]
