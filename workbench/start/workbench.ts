import { startHost } from '../host/host.ts'
import { SHOP, STAFF } from '../scenarios/fern-and-fig.ts'
import { PICTURES, pictureNamed } from '../scenarios/shop-world/pictures/pictures.ts'
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
  report = () => {},
}: WorkbenchOptions) {
  const started: { name: string; stop: () => Promise<void> }[] = []
  const stop = async () => {
    for (let part = started.pop(); part; part = started.pop()) await part.stop()
  }
  try {
    await requirePort(port)
    const clock = storyClock(real)
    const folder = openDataFolder(dataDir, progress.say)
    const secrets = secretsIn(folder.file('secrets.json'))
    const database = await progress.step('PostgreSQL', () => startDatabase(folder.file('postgres')))
    started.push({ name: 'PostgreSQL', stop: database.stop })
    const google = await progress.step('Google, emulated', () => startShopGoogle(folder.file('google'), secrets, clock))
    started.push({ name: 'Google', stop: google.close })
    let backendUrl = ''
    const resolveUrl = (url: string) =>
      url.startsWith(`${PUBLIC_URL}/`) ? backendUrl + url.slice(PUBLIC_URL.length) : url
    const shopify = await progress.step('Shopify, emulated', () =>
      startShops({
        dataDir: folder.file('shopify'),
        secrets,
        clock,
        privacyUri: `${PUBLIC_URL}/v1/shopify/webhooks`,
        resolveUrl,
      }),
    )
    started.push({ name: 'Shopify', stop: shopify.close })
    const addon = () =>
      startAddon({ google, publicUrl: PUBLIC_URL, backendUrl: () => backendUrl, outDir: folder.file('addon'), clock })
    const appsScript = await progress.step('Add-on', addon)
    started.push({ name: 'add-on', stop: async () => void (await appsScript.close()) })
    const backend = await progress.step('Backend', () =>
      startDesk({ database, google, shopify, secrets, clock, file: folder.file }),
    )
    backendUrl = backend.url
    started.push({ name: 'backend', stop: backend.stop })
    if (!folder.isSeeded()) {
      folder.seedingBegins()
      folder.seedingEnds(await tellTheStory(progress, { google, shopify, backend, secrets, clock }))
    } else await connectShops(backend.ctx, folder.workspaceId(), secrets)
    const ledger = ledgerIn(shopify)
    const folders: FolderReport[] = []
    for (const path of mail) folders.push(await progress.step(`Mail of ${path}`, () => deliverFolder(google, path)))
    const host = await progress.step('Page', () =>
      startHost({
        google,
        appsScript,
        shop: SHOP,
        staff: STAFF,
        backend: { public: PUBLIC_URL, local: backend.url },
        pictures: { public: PICTURES, named: pictureNamed },
        ledger,
        clock,
        port,
        report,
      }),
    )
    started.push({ name: 'page', stop: host.close })
    return { url: host.url, ledger: ledger.url, google, shopify, backend, database, folders, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
