import { startHost } from '../host/host.ts'
import { type Cast, EVERYDAY_CAST, SHOP } from '../scenarios/fern-and-fig.ts'
import { PICTURES, pictureNamed } from '../scenarios/shop-world/pictures/pictures.ts'
import { lookForSurprises, tellTheYear, type Year } from './a-year/first-year.ts'
import { startAddon } from './addon.ts'
import { PUBLIC_URL, startDesk } from './backend.ts'
import { connectShops } from './connecting.ts'
import { openDataFolder } from './data-folder.ts'
import { startDatabase } from './database.ts'
import { tellTheStory } from './first-start.ts'
import { startShopGoogle } from './google.ts'
import { deliverFolder, type FolderReport } from './mail-folder.ts'
import { requirePort } from './port.ts'
import { type Progress, silent } from './progress.ts'
import { secretsIn } from './secrets.ts'
import { ledgerIn, startShops } from './shopify.ts'
import { storyClock } from './story-clock.ts'

export interface WorkbenchOptions {
  dataDir: string
  /** 0 takes a free port. */
  port: number
  mail?: string[]
  progress?: Progress
  clock?: { now(): Date }
  cast?: Cast
  /** A year behind it instead of a few days. */
  year?: Year
  /** Hears what fails in the add-on or in the page. */
  report?: (message: string) => void
}

export type Workbench = Awaited<ReturnType<typeof startWorkbench>>

/** The whole product on one machine. Starts everything in order, or stops what it has started and throws. */
export async function startWorkbench({
  dataDir,
  port,
  mail = [],
  progress = silent,
  clock: real = { now: () => new Date() },
  cast = EVERYDAY_CAST,
  year,
  report = () => {},
}: WorkbenchOptions) {
  const started: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (let end = started.pop(); end; end = started.pop()) await end()
  }
  async function begin<T>(name: string, start: () => Promise<T>, end: (part: T) => Promise<unknown>): Promise<T> {
    const part = await progress.step(name, start)
    started.push(() => end(part))
    return part
  }
  try {
    await requirePort(port)
    const clock = storyClock(real)
    const folder = openDataFolder(dataDir, progress.say)
    const { file } = folder
    const secrets = secretsIn(file('secrets.json'))
    const isFirstYear = year !== undefined && !folder.isSeeded()
    let backendUrl = ''
    const resolveUrl = (url: string) =>
      url.startsWith(`${PUBLIC_URL}/`) ? backendUrl + url.slice(PUBLIC_URL.length) : url

    const database = await begin(
      'PostgreSQL',
      () => startDatabase(file('postgres'), { filling: isFirstYear }),
      ({ stop }) => stop(),
    )
    const google = await begin(
      'Google, emulated',
      () => startShopGoogle(file('google'), secrets, clock, cast),
      ({ close }) => close(),
    )
    const privacyUri = `${PUBLIC_URL}/v1/shopify/webhooks`
    const shopify = await begin(
      'Shopify, emulated',
      () => startShops({ dataDir: file('shopify'), secrets, clock, orders: cast.orders, privacyUri, resolveUrl }),
      ({ close }) => close(),
    )
    const appsScript = await begin(
      'Add-on',
      () => startAddon({ google, publicUrl: PUBLIC_URL, backendUrl: () => backendUrl, outDir: file('addon'), clock }),
      (addon) => addon.close(),
    )
    const desk = async () => {
      const backend = await startDesk({
        database,
        google,
        shopify,
        secrets,
        clock,
        file,
        port: port === 0 ? 0 : port + 1,
      })
      backendUrl = backend.url
      return backend
    }
    if (year && isFirstYear) {
      folder.seedingBegins()
      const surroundings = { google, shopify, database, secrets, clock, startDesk: desk }
      folder.seedingEnds(await tellTheYear(progress, surroundings, year))
    }
    const backend = await begin('Backend', desk, ({ stop }) => stop())
    if (year && isFirstYear) await lookForSurprises(backend, folder.workspaceId(), clock.now())
    else if (folder.isSeeded()) await connectShops(backend.ctx, folder.workspaceId(), secrets)
    else {
      folder.seedingBegins()
      folder.seedingEnds(await tellTheStory(progress, { google, shopify, backend, secrets, clock, cast }))
    }
    const folders: FolderReport[] = []
    for (const path of mail) folders.push(await progress.step(`Mail of ${path}`, () => deliverFolder(google, path)))

    const ledger = ledgerIn(shopify)
    const host = await begin(
      'Page',
      () =>
        startHost({
          google,
          appsScript,
          shop: SHOP,
          staff: cast.staff,
          backend: { public: PUBLIC_URL, local: backend.url },
          pictures: { public: PICTURES, named: pictureNamed },
          ledger,
          clock,
          port,
          report,
        }),
      ({ close }) => close(),
    )
    return {
      url: host.url,
      ledger: ledger.url,
      google,
      shopify,
      backend,
      database,
      workspaceId: folder.workspaceId(),
      folders,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
