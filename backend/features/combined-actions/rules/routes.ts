import {
  getActionSettings,
  listReasonCodes,
  tryActionSettings,
  writeActionSettings,
  writeReasonCode,
} from '../../../../shared/combined-actions.ts'
import type { Ctx } from '../../../context.ts'
import { route } from '../../../platform/route.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { tryLimits } from '../trying/trying.ts'
import { reasonsIn, writeReason } from './reasons.ts'
import { settingsIn, writeSettings } from './settings.ts'

export const actionRuleRoutes = [
  route(listReasonCodes, async (ctx: Ctx, { actor }) => ({
    items: await inWorkspace(ctx, actor.workspaceId, reasonsIn, { reads: true }),
  })),

  route(writeReasonCode, (ctx: Ctx, { params, body, actor }) => writeReason(ctx, params.code, body, actor)),

  route(getActionSettings, (ctx: Ctx, { actor }) => inWorkspace(ctx, actor.workspaceId, settingsIn, { reads: true })),

  route(tryActionSettings, (ctx: Ctx, { body, actor }) => tryLimits(ctx, actor.workspaceId, body)),
  route(writeActionSettings, (ctx: Ctx, { body, actor }) => writeSettings(ctx, body, actor)),
]
