import { deactivateGiftCard, giftCardFigures, importGiftCards, listGiftCards } from '../../../../shared/gift-cards.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { parse } from '../../../platform/http.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { type PageAnswer, page, submission, type Visit } from '../../settings/index.ts'
import { connectedShops } from '../../shops/index.ts'
import { deactivate } from '../deactivating.ts'
import { figuresOf } from '../figures.ts'
import { importHistory } from '../importing.ts'
import { listLog } from '../listing.ts'
import { resend } from '../resending.ts'
import { showCode } from '../showing.ts'
import { viewLive } from '../viewing.ts'
import { cardPage, codePage } from './card-page.ts'
import { figuresPage } from './figures-page.ts'
import { importedPage, importPage } from './import-page.ts'
import { logPage } from './log-page.ts'

const STAFF = ['agent', 'supervisor', 'finance', 'admin', 'read-only'] as const
const AT_WORK = ['agent', 'supervisor', 'admin'] as const
const LEADS = ['supervisor', 'admin'] as const
const COUNTS = ['supervisor', 'finance', 'admin'] as const
const AT_ONCE = 25

const idIn = ({ params }: Visit) => params['giftCardId'] ?? ''

/** Pages of gift cards; each does what its call of the API does, with the same guards. */
export const giftCardPages = [
  page('/gift-cards', STAFF, showLog, 'Gift cards'),
  page('/gift-cards/:giftCardId', STAFF, async (ctx, visit) => {
    const card = await viewLive(ctx, idIn(visit), visit.actor)
    return { title: 'Gift card', body: cardPage(card, visit) }
  }),
  submission('/gift-cards/:giftCardId/code', AT_WORK, async (ctx, visit) => {
    const { code } = await showCode(ctx, idIn(visit), visit.actor)
    return { title: 'Code of a gift card', body: codePage(code, idIn(visit)), reveals: true }
  }),
  submission('/gift-cards/:giftCardId/notification', AT_WORK, async (ctx, visit) => {
    await resend(ctx, idIn(visit), visit.actor)
    return { goTo: `/gift-cards/${idIn(visit)}` }
  }),
  submission('/gift-cards/:giftCardId/deactivation', LEADS, async (ctx, visit) => {
    const wish = parse(deactivateGiftCard.body, { reissue: visit.form.get('reissue') === 'yes' }, 'form')
    await deactivate(ctx, idIn(visit), wish, visit.actor)
    return { goTo: `/gift-cards/${idIn(visit)}` }
  }),
  page('/gift-card-figures', COUNTS, async (ctx, { actor, query }) => {
    const { by } = parse(giftCardFigures.query, Object.fromEntries(query), 'query')
    const { items } = await inWorkspace(ctx, actor.workspaceId, (tx) => figuresOf(tx, by), { reads: true })
    return { title: 'Gift cards in figures', body: figuresPage(by, items) }
  }),
  page('/gift-card-imports', ['admin'], async (ctx, visit) => {
    const shops = await inWorkspace(ctx, visit.actor.workspaceId, connectedShops, { reads: true })
    return { title: 'Import gift cards', body: importPage(shops, visit) }
  }),
  submission('/gift-card-imports', ['admin'], async (ctx, { actor, form }) => {
    const { csv } = parse(importGiftCards.body, { csv: form.get('csv') ?? '' }, 'form')
    const shop = form.get('shop') ?? ''
    if (!/^[0-9a-f-]{36}$/.test(shop)) throw new DeskError('not_found', 'Choose the shop whose cards these are.')
    return { title: 'Imported', body: importedPage(await importHistory(ctx, shop, csv, actor)) }
  }),
]

async function showLog(ctx: Ctx, { actor, query }: Visit): Promise<PageAnswer> {
  const asked = { last: query.get('last') || undefined, cursor: query.get('after') ?? undefined, limit: AT_ONCE }
  const wish = parse(listGiftCards.query, asked, 'query')
  const { items, next } = await inWorkspace(ctx, actor.workspaceId, (tx) => listLog(ctx, tx, wish), { reads: true })
  const may = (roles: readonly string[]) => roles.includes(actor.role)
  const about = { last: wish.last ?? '', seesFigures: may(COUNTS), imports: actor.role === 'admin' }
  return { title: 'Gift cards', body: logPage({ items, next, ...about }) }
}
