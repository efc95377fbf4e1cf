import { getFileSettings, writeFileSettings } from '../../../shared/files.ts'
import type { Ctx } from '../../context.ts'
import { type Route, route } from '../../platform/route.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { fileSettingsIn, writeFileSettings as save } from './settings.ts'

export const fileRoutes: readonly Route<Ctx>[] = [
  route(getFileSettings, (ctx: Ctx, { actor }) => inWorkspace(ctx, actor.workspaceId, fileSettingsIn, { reads: true })),
  route(writeFileSettings, (ctx: Ctx, { body, actor }) => save(ctx, body, actor)),
]
