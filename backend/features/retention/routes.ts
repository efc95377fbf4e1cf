import * as contract from '../../../shared/retention.ts'
import type { Ctx } from '../../context.ts'
import { publicRoute, type Route, route } from '../../platform/route.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { askForErasure } from './asking.ts'
import { askForExport, exportIn, takeExport } from './exporting/exports.ts'
import { holdsOf, liftHold, placeHold } from './holding.ts'
import { listRounds, presentRound, roundIn } from './rounds.ts'
import { previewIn, retentionIn, writeRetention } from './settings.ts'

const READS = { reads: true } as const

export const retentionRoutes: readonly Route<Ctx>[] = [
  route(contract.getRetentionSettings, (ctx: Ctx, { actor }) =>
    inWorkspace(ctx, actor.workspaceId, retentionIn, READS),
  ),
  route(contract.putRetentionSettings, (ctx: Ctx, { body, actor }) => writeRetention(ctx, body, actor)),
  route(contract.previewRetention, (ctx: Ctx, { query, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => previewIn(tx, query.months), READS),
  ),
  route(contract.listForgettingRuns, (ctx: Ctx, { query, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => listRounds(ctx, tx, query), READS),
  ),
  route(contract.getForgettingRun, (ctx: Ctx, { params, actor }) =>
    inWorkspace(ctx, actor.workspaceId, async (tx) => presentRound(await roundIn(tx, params.runId)), READS),
  ),
  route(contract.listLegalHolds, (ctx: Ctx, { query, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => holdsOf(ctx, tx, query), READS),
  ),
  route(contract.placeLegalHold, (ctx: Ctx, { body, actor }) => placeHold(ctx, body, actor)),
  route(contract.liftLegalHold, (ctx: Ctx, { params, actor }) => liftHold(ctx, params.holdId, actor)),
  route(contract.eraseCustomer, (ctx: Ctx, { params, body, actor }) =>
    askForErasure(ctx, { customerId: params.customerId, ...body }, actor),
  ),
  route(contract.exportCustomer, (ctx: Ctx, { params, actor }) => askForExport(ctx, params.customerId, actor)),
  route(contract.getCustomerExport, (ctx: Ctx, { params, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => exportIn(ctx, tx, params.exportId), READS),
  ),
  publicRoute(contract.downloadCustomerExport, (ctx: Ctx, { params, query }) =>
    takeExport(ctx, params.exportId, query),
  ),
]
