import {
  getKeywords,
  listCategories,
  putCategories,
  putKeywords,
  setLanguage,
  showLanguage,
  tryKeywords,
} from '../../../shared/triage.ts'
import type { Ctx } from '../../context.ts'
import { type Route, route } from '../../platform/route.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { readCategories, viewTicket, writeCategories } from '../tickets/index.ts'
import { languageCard } from './card-part.ts'
import { readKeywords, writeKeywords } from './keywords.ts'
import { sayLanguage } from './setting-language.ts'
import { tryOut } from './trying.ts'

export const triageRoutes: readonly Route<Ctx>[] = [
  route(getKeywords, (ctx: Ctx, { actor }) => inWorkspace(ctx, actor.workspaceId, readKeywords, { reads: true })),
  route(putKeywords, (ctx: Ctx, { body, actor }) => writeKeywords(ctx, body, actor)),
  route(tryKeywords, (ctx: Ctx, { body, actor }) => tryOut(ctx, body, actor)),
  route(listCategories, (ctx: Ctx, { actor }) => inWorkspace(ctx, actor.workspaceId, readCategories, { reads: true })),
  route(putCategories, (ctx: Ctx, { body, actor }) => writeCategories(ctx, body, actor)),
  route(setLanguage, async (ctx: Ctx, { params, body, actor }) => {
    await sayLanguage(ctx, params.ticketId, body.language === 'none' ? null : body.language, actor)
    return viewTicket(ctx, params.ticketId, actor)
  }),
  route(showLanguage, async (ctx: Ctx, { params, actor }) =>
    languageCard(await viewTicket(ctx, params.ticketId, actor)),
  ),
]
