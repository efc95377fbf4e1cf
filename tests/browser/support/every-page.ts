import type { Page as Tab } from 'playwright-core'
import { pages, routes } from '../../../backend/features.ts'
import { paramsIn } from '../../../backend/platform/paths.ts'
import { PanelCard } from '../../../shared/panel.ts'
import { SHOP } from '../../../workbench/scenarios/fern-and-fig.ts'
import { callAs } from '../../../workbench/start/desk-api.ts'
import { until } from '../../support/until.ts'
import { receiveDoubtful } from './doubtful-mails.ts'
import { giveCard } from './given-card.ts'
import type { Shop } from './open-shop.ts'
import type { openPage } from './page-screen.ts'
import { owePayout } from './payout.ts'
import { planWeek } from './planned-week.ts'
import { fillSettings } from './settings-filled.ts'

const PAGES = pages.flatMap(({ method, path }) => (method === 'GET' ? [path] : []))
const DAY_MS = 86_400_000
const CARD = '/desk/card'

/** Leads on to where somebody's work is. */
const START = '/'

/** All cards that the panel lays on top of another one. */
const CARDS = routes.flatMap(({ endpoint: { method, path, reply } }) =>
  method === 'GET' && reply === PanelCard ? [path] : [],
)

/** Pages that are files. */
const FILES = [
  '/desk/team/file/shifts',
  '/desk/team/adherence/file',
  '/finance/shops/:shopId/export',
  '/reports/rows/tickets',
  '/reports/rows/actions',
  '/reports/:report/file',
]

/** What can be opened: pages as docs/roles.md has them, and cards after the page that shows them. */
const KINDS: readonly string[] = [
  ...PAGES.filter((path) => ![CARD, START, ...FILES].includes(path)),
  ...CARDS.map((path) => `${CARD} ${path}`),
]

/** So that no page is empty. */
export async function fillShop(shop: Shop): Promise<void> {
  await fillSettings(shop)
  await giveCard(shop)
  await owePayout(shop)
  await planWeek(shop)
  await receiveDoubtful(shop)
  await workDay(shop)
}

/** Sam forgot to log out yesterday and is at work again; Nora is sent away from open tickets. */
async function workDay(shop: Shop): Promise<void> {
  const { google, backend } = shop.workbench
  const logIn = (who: string) => callAs(google, `${who}@${SHOP.domain}`, `${backend.url}/v1/work`, 'PUT')
  await logIn('sam')
  await shop.travel(26 * 3_600)
  await logIn('sam')
  await logIn('nora')
  const { items } = (await shop.read('staff')) as { items: { id: string; email: string }[] }
  const nora = items.find(({ email }) => email.startsWith('nora@'))?.id
  await shop.write(`work/people/${nora}/ending`, 'POST', { what: 'work', reason: 'ill' })
  const left = async () => ((await shop.read('left-tickets')) as { items: unknown[] }).items
  await until('what Nora left', async () => (await left()).length > 0)
}

/**
 * Opens one page and card of each kind as an admin, who may open all, and follows links to find them.
 * @returns the kinds to which nothing led
 */
export async function everyPage(
  shop: Shop,
  screen: Awaited<ReturnType<typeof openPage>>,
  look: (tab: Tab, kind: string) => Promise<void>,
): Promise<string[]> {
  const seen = new Map((await beginnings(shop)).map((path) => [kindOf(path) ?? path, path]))
  for (const [kind, path] of seen) {
    await screen.open(path, 'anton')
    await look(screen.page, kind)
    for (const link of await linksOf(screen.page)) {
      const next = kindOf(link)
      if (next && !FILES.includes(next) && !seen.has(next)) seen.set(next, link)
    }
  }
  return KINDS.filter((kind) => !seen.has(kind))
}

/** Pages from which the others are reached, and those to which only a press leads. */
async function beginnings(shop: Shop): Promise<string[]> {
  const { id, customer, shop: bought } = await shop.ticket('Olive oil all over my parcel')
  const ticket = `/desk/tickets/${id}`
  const made = async (path: string, body: object) => ((await shop.write(path, 'POST', body)) as { id: string }).id
  const dueOn = new Date(shop.workbench.backend.ctx.clock.now().getTime() + DAY_MS).toISOString().slice(0, 10)
  const ids: Record<string, string | undefined> = {
    ticketId: id,
    customerId: customer.id,
    view: 'open',
    actionId: (await shop.actionOn('FF-20425')).id,
    taskId: await made(`tickets/${id}/tasks`, { words: 'Ask the warehouse', dueOn, assigneeId: null }),
    bulkActId: await made('bulk-acts', { on: { ticketIds: [id] }, wish: { kind: 'tag', add: ['seen'], remove: [] } }),
  }
  const cards = CARDS.map((path) => path.replaceAll(/:(\w+)/g, (param, name: string) => ids[name] ?? param))
  cards.push(`/v1/tickets/${await mergedTicket(shop)}/regroup-card`) // leads to what was merged
  return [
    '/desk',
    ticket,
    `${ticket}/messages`,
    `${ticket}/orders/${bought.orders[0]?.id}`,
    '/desk/search?q=parcel',
    '/desk/handover',
    '/desk/handover/left',
    '/desk/team/forgotten',
    `/dashboard/tickets/${id}`,
    `/reports/data/categories/${ids['bulkActId']}`,
    `/actions/${ids['actionId']}`,
    `/settings/retention/customers/${customer.id}`,
    ...cards
      .filter((path) => !path.includes('/:'))
      .map((path) => `${CARD}?${new URLSearchParams({ path, ticket: id })}`),
  ]
}

/** Somebody wrote twice about one refund. @returns the ticket that goes on */
async function mergedTicket(shop: Shop): Promise<string> {
  const [first, second] = await Promise.all(
    ['Refund for FF-20188, second request', 'Refund FF-20188 !!'].map((subject) => shop.ticket(subject)),
  )
  await shop.write(`tickets/${first?.id}/merges`, 'POST', { ticketIds: [second?.id] })
  return first?.id ?? ''
}

/** Pages that differ only in what they show are one kind, and so are cards; null for what is not a page. */
function kindOf(link: string): string | null {
  const { pathname, searchParams } = new URL(link, 'https://desk.example')
  if (pathname === CARD) return cardKindOf((searchParams.get('path') ?? '').replace(/\?.*/, ''))
  return PAGES.find((pattern) => pattern === pathname) ?? PAGES.find((pattern) => paramsIn(pattern, pathname)) ?? null
}

function cardKindOf(path: string): string | null {
  const kind = CARDS.find((pattern) => pattern === path) ?? CARDS.find((pattern) => paramsIn(pattern, path))
  return kind === undefined ? null : `${CARD} ${kind}`
}

const linksOf = (tab: Tab): Promise<string[]> =>
  tab.evaluate(() => [...document.querySelectorAll('a[href^="/"]')].map((link) => link.getAttribute('href') ?? ''))
