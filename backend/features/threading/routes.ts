import {
  dismissSuggestion,
  getThreadingSettings,
  takeSuggestion,
  writeThreadingSettings,
} from '../../../shared/threading.ts'
import type { Ctx } from '../../context.ts'
import { type Route, route } from '../../platform/route.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { viewTicket } from '../tickets/index.ts'
import { dismiss, take } from './deciding.ts'
import { writeThreadingSettings as saveSettings, threadingSettingsIn } from './settings.ts'

export const threadingRoutes: readonly Route<Ctx>[] = [
  route(takeSuggestion, async (ctx: Ctx, { params, actor }) => {
    await take(ctx, params, actor)
    return viewTicket(ctx, params.ticketId, actor)
  }),
  route(dismissSuggestion, async (ctx: Ctx, { params, actor }) => {
    await dismiss(ctx, params, actor)
    return viewTicket(ctx, params.ticketId, actor)
  }),
  route(getThreadingSettings, (ctx: Ctx, { actor }) =>
    inWorkspace(ctx, actor.workspaceId, threadingSettingsIn, { reads: true }),
  ),
  route(writeThreadingSettings, (ctx: Ctx, { body, actor }) => saveSettings(ctx, body, actor)),
]
