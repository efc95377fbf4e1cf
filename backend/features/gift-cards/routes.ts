import {
  deactivateGiftCard,
  getGiftCard,
  giftCardFigures,
  importGiftCards,
  listGiftCards,
  resendGiftCard,
  showGiftCardCode,
} from '../../../shared/gift-cards.ts'
import type { Ctx } from '../../context.ts'
import { route } from '../../platform/route.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { deactivate } from './deactivating.ts'
import { figuresOf } from './figures.ts'
import { importHistory } from './importing.ts'
import { listLog } from './listing.ts'
import { resend } from './resending.ts'
import { showCode } from './showing.ts'
import { viewLive } from './viewing.ts'

export const giftCardRoutes = [
  route(listGiftCards, (ctx: Ctx, { query, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => listLog(ctx, tx, query), { reads: true }),
  ),
  route(getGiftCard, (ctx: Ctx, { params, actor }) => viewLive(ctx, params.giftCardId, actor)),
  route(showGiftCardCode, (ctx: Ctx, { params, actor }) => showCode(ctx, params.giftCardId, actor)),
  route(deactivateGiftCard, (ctx: Ctx, { params, body, actor }) => deactivate(ctx, params.giftCardId, body, actor)),
  route(resendGiftCard, (ctx: Ctx, { params, actor }) => resend(ctx, params.giftCardId, actor)),
  route(giftCardFigures, (ctx: Ctx, { query, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => figuresOf(tx, query.by), { reads: true }),
  ),
  route(importGiftCards, (ctx: Ctx, { params, body, actor }) => importHistory(ctx, params.shopId, body.csv, actor)),
]
