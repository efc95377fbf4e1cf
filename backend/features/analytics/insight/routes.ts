import {
  explainChurnRisk,
  forecastVolume,
  getStaffingSettings,
  listChurnRisks,
  listSurprises,
  readCorrelations,
  readStaffing,
  writeStaffingSettings,
} from '../../../../shared/insight.ts'
import type { Ctx } from '../../../context.ts'
import { route } from '../../../platform/route.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { churnRisks, churnStory } from './churn.ts'
import { expectVolume } from './expecting.ts'
import { staffingOf } from './staffing-plan.ts'
import { staffingSettingsIn, writeStaffing } from './staffing-settings.ts'
import { surprisesOf } from './surprise-listing.ts'
import { correlations } from './why.ts'

export const insightRoutes = [
  route(forecastVolume, (ctx: Ctx, { actor }) => expectVolume(ctx, actor.workspaceId)),
  route(readStaffing, (ctx: Ctx, { actor }) => staffingOf(ctx, actor.workspaceId)),
  route(getStaffingSettings, (ctx: Ctx, { actor }) =>
    inWorkspace(ctx, actor.workspaceId, staffingSettingsIn, { reads: true }),
  ),
  route(writeStaffingSettings, (ctx: Ctx, { body, actor }) => writeStaffing(ctx, actor.workspaceId, body, actor)),
  route(listChurnRisks, (ctx: Ctx, { query, actor }) => churnRisks(ctx, actor.workspaceId, query)),
  route(explainChurnRisk, (ctx: Ctx, { params, actor }) => churnStory(ctx, actor.workspaceId, params.customerId)),
  route(readCorrelations, (ctx: Ctx, { actor }) => correlations(ctx, actor.workspaceId)),
  route(listSurprises, (ctx: Ctx, { query, actor }) => surprisesOf(ctx, actor.workspaceId, query)),
]
