import { closePeriod } from '../../../../shared/finance.ts'
import type { Ctx } from '../../../context.ts'
import { dayIn } from '../../../platform/calendar.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { type PageAnswer, page, submission, type Visit } from '../../settings/index.ts'
import { dayBefore } from '../days.ts'
import { closeBooks, listClosed } from '../periods.ts'
import { reconciliationsOf } from '../reconciling/listing.ts'
import { shopIn } from '../shops.ts'
import { AT_ONCE, FINANCE, readForm } from './manners.ts'
import { type Refused, shopPage } from './shop-page.ts'

const PATH = '/finance/shops/:shopId'

export const booksPage = page(PATH, FINANCE, (ctx, visit) => shown(ctx, visit, null))

/** Refused, it is shown again with the day that was typed. */
export const closingForm = submission(`${PATH}/periods`, FINANCE, async (ctx, visit) => {
  const typed = visit.form.get('to') ?? ''
  try {
    await closeBooks(ctx, visit.actor, idOf(visit), readForm(closePeriod.body, { to: typed }).to)
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    return { ...(await shown(ctx, visit, { typed, problem: error.message })), status: error.status }
  }
  return { goTo: `/finance/shops/${idOf(visit)}?${new URLSearchParams({ closed: typed })}` }
})

const idOf = ({ params }: Visit) => params['shopId'] ?? ''

/** @throws DeskError not_found */
async function shown(ctx: Ctx, visit: Visit, refused: Refused | null) {
  const { actor, query } = visit
  const { workspaceId } = actor
  const shopId = idOf(visit)
  const pageAt = (name: string) => ({ cursor: query.get(name) ?? undefined, limit: AT_ONCE })
  const shop = await inWorkspace(ctx, workspaceId, (tx) => shopIn(tx, shopId), { reads: true })
  const periods = await listClosed(ctx, workspaceId, shopId, pageAt('periods'))
  const reconciliations = await reconciliationsOf(ctx, workspaceId, shopId, pageAt('comparisons'))
  const [newest] = (await listClosed(ctx, workspaceId, shopId, { limit: 1 })).items
  const closedTo = newest?.to ?? null
  const closed = periods.items.find(({ to }) => to === query.get('closed')) ?? null
  const yesterday = dayBefore(dayIn(shop.timeZone, ctx.clock.now()))
  const books = { shop, yesterday, closedTo, closed, refused, periods, reconciliations }
  return { title: `Books of ${shop.name}`, body: shopPage(books, visit) } satisfies PageAnswer
}
