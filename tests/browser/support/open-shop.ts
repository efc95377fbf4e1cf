import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Browser } from 'playwright-core'
import { type TravellingClock, travellingClock } from '../../../backend/platform/clock.ts'
import type { ActionSettings, ActionView } from '../../../shared/combined-actions.ts'
import type { TicketCardView, TicketSummary } from '../../../shared/tickets.ts'
import { placeOf } from '../../../workbench/postgres.ts'
import { type Cast, SHOP } from '../../../workbench/scenarios/fern-and-fig.ts'
import { FERN_AND_FIG } from '../../../workbench/scenarios/shop-world/shop-world.ts'
import type { Year } from '../../../workbench/start/a-year/first-year.ts'
import { callAs } from '../../../workbench/start/desk-api.ts'
import { startWorkbench } from '../../../workbench/start/workbench.ts'
import { launchBrowser } from '../../support/browser.ts'
import { openMail } from './mail-screen.ts'
import { copyPreparedCluster } from './prepared-cluster.ts'
import { copyToldShop } from './told-shop.ts'

export type Shop = Awaited<ReturnType<typeof openShop>>

/**
 * The whole workbench as `npm start` runs it, on free ports with data of its own, and a browser in front of it.
 * @param options of another scenario than the shop's few days
 */
export async function openShop(options: { clock?: TravellingClock; cast?: Cast; year?: Year } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'sidedesk-shop-'))
  const dataDir = join(folder, 'data')
  const failures: string[] = []
  const clock = options.clock ?? travellingClock()
  const report = (message: string) => void failures.push(message)
  await chmod(folder, 0o711) // PostgreSQL's account has to pass through
  await mkdir(dataDir)
  if (Object.keys(options).length === 0) await copyToldShop(dataDir)
  else await copyPreparedCluster(join(dataDir, 'postgres'))
  const workbench = await startWorkbench({ dataDir, port: 0, report, ...options, clock })
  const browser: Browser = await launchBrowser()
  const { google, backend } = workbench

  return {
    workbench,
    browser,
    failures,
    /** The mail page of an agent in a tab of its own. */
    mailOf: (agent: string, width: 'desktop' | 'phone' = 'desktop') => openMail(browser, workbench.url, agent, width),
    /** The ticket with this subject, as the API shows it. */
    async ticket(subject: string): Promise<TicketCardView> {
      const { items } = (await ask(`tickets?view=open&limit=100`)) as { items: TicketSummary[] }
      const found = items.find((one) => one.subject === subject)
      if (!found)
        throw new Error(`No open ticket is called "${subject}": ${items.map((one) => one.subject).join(' | ')}`)
      return (await ask(`tickets/${found.id}`)) as TicketCardView
    },
    /** What the API shows a supervisor, below /v1/. */
    read: (path: string): Promise<unknown> => ask(path),
    /** What a supervisor does by the API, below /v1/. */
    write: (path: string, method: 'POST' | 'PUT', body: object): Promise<unknown> =>
      callAs(google, `june@${SHOP.domain}`, `${backend.url}/v1/${path}`, method, body),
    /** How long actions can be taken back, in seconds. */
    async undoWindow(undoSeconds: number): Promise<void> {
      const settings = (await ask('action-settings')) as ActionSettings
      await callAs(google, `anton@${SHOP.domain}`, `${backend.url}/v1/action-settings`, 'PUT', {
        ...settings,
        undoSeconds,
      })
    },
    /** Moves the clock of the whole workbench, and with it every job that waits; what a worker holds at this moment is due already. */
    async travel(seconds: number): Promise<void> {
      clock.travel(seconds * 1_000)
      const jobs = new pg.Client({ connectionString: workbench.database.jobsUrl })
      await jobs.connect()
      await jobs.query(
        `update graphile_worker._private_jobs set run_at = run_at - make_interval(secs => $1)
         where id in (select id from graphile_worker._private_jobs where run_at > now() and locked_at is null for update skip locked)`,
        [seconds],
      )
      await jobs.end()
    },
    /** The newest action on an order. */
    async actionOn(order: string): Promise<ActionView> {
      const { items } = (await ask('combined-actions?view=all&limit=100')) as { items: ActionView[] }
      const found = items.find(({ orderNumber }) => orderNumber === order)
      if (!found) throw new Error(`There is no action on ${order}`)
      return found
    },
    /** What was done in the shop, from its own books. */
    effects: () => workbench.shopify.shop(FERN_AND_FIG).ledger().effects,
    async close() {
      await browser.close()
      await workbench.stop()
      await rm(placeOf(join(dataDir, 'postgres')), { recursive: true, force: true })
      await rm(folder, { recursive: true, force: true })
    },
  }

  function ask(path: string): Promise<unknown> {
    return callAs(google, `june@${SHOP.domain}`, `${backend.url}/v1/${path}`, 'GET')
  }
}
