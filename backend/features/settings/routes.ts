import { listStaff, setStaffStart } from '../../../shared/settings.ts'
import type { Ctx } from '../../context.ts'
import { route } from '../../platform/route.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { staffOf } from './staff.ts'
import { setStartDay } from './start-days.ts'

export const settingsRoutes = [
  route(listStaff, async (ctx: Ctx, { actor }) => ({
    items: await inWorkspace(ctx, actor.workspaceId, staffOf, { reads: true }),
  })),
  route(setStaffStart, async (ctx: Ctx, { params, body, actor }) => ({
    startedOn: await setStartDay(ctx, params.staffId, body.startedOn, actor),
  })),
]
