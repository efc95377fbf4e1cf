import { pushMailbox } from '../../../shared/intake.ts'
import type { Ctx } from '../../context.ts'
import { publicRoute } from '../../platform/route.ts'
import { wake } from './pushing.ts'

export const intakeRoutes = [
  publicRoute(pushMailbox, (ctx: Ctx, { body, header }) => wake(ctx, header('authorization'), body.message)),
]
