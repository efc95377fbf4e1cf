import { getWallboard } from '../../../shared/wallboard.ts'
import type { Ctx } from '../../context.ts'
import { route } from '../../platform/route.ts'
import { wallboardOf } from './wall/reading.ts'

export const wallboardRoutes = [route(getWallboard, (ctx: Ctx, { actor }) => wallboardOf(ctx, actor.workspaceId))]
