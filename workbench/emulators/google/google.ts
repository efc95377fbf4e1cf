import { listen } from '../http/server.ts'
import { controlRoutes } from './control.ts'
import { directoryOf } from './directory.ts'
import { type Fault, faultsOf } from './faults.ts'
import { draftMethods } from './gmail/drafts.ts'
import { historyMethods } from './gmail/history.ts'
import { labelMethods } from './gmail/labels.ts'
import { messageMethods } from './gmail/messages.ts'
import { profileMethods } from './gmail/profile.ts'
import { quotaOf } from './gmail/quota.ts'
import { gmailRoutes } from './gmail/route.ts'
import { sendAsMethods } from './gmail/send-as.ts'
import { threadMethods } from './gmail/threads.ts'
import { watchMethods } from './gmail/watch.ts'
import type { Ground } from './ground.ts'
import { manners } from './manners.ts'
import { type Identity, identityToken } from './oauth/identity.ts'
import { signingKey } from './oauth/jwt.ts'
import { oauthRoutes } from './oauth/routes.ts'
import { tokensOf } from './oauth/tokens.ts'
import type { PushTarget } from './push/notice.ts'
import { Publisher } from './push/publisher.ts'
import type { Clock, GoogleSeed } from './seed.ts'
import { type Sheets, sheetsOf } from './sheets/sheets.ts'
import { openStore } from './store/store.ts'
import { type Users, usersOf } from './users.ts'
import { type Customers, customersOf } from './workspace/customers.ts'
import type { DeliveryOptions, Envelope } from './workspace/delivery.ts'
import { type Delivered, deliver } from './workspace/post-office.ts'

export interface GoogleOptions {
  /** 0 or left out takes a free port. */
  port?: number
  /** Without a folder everything ends with the process. */
  dataDir?: string
  /** The key that signs tokens, as PEM; kept in the folder or made anew when left out. */
  key?: string | undefined
  clock: Clock
  seed: GoogleSeed
  push?: PushTarget
  /** Least milliseconds between two notifications of a user; 200, where Gmail takes 1000. */
  pushInterval?: number
  /** First wait in milliseconds before a refused notification is tried again; 100. */
  pushBackoff?: number
  /** Quota units per user and minute; no limit when left out. New projects have 6000. */
  quotaPerMinute?: number
  /** Whether mail sent from an alias names the agent in a Sender header; true. */
  senderHeader?: boolean
  /** Where a failure of the emulator itself is told; standard error when left out. */
  report?: (error: unknown) => void
}

export interface Google {
  url: string
  users: Users
  customers: Customers
  sheets: Sheets
  /** Mail from outside arrives. */
  deliver(raw: Buffer, envelope: Envelope, options?: DeliveryOptions): Delivered
  faults: {
    add(fault: Fault): void
    clear(): void
    met(): { method: string; kind: string }[]
  }
  push: Pick<Publisher, 'setTarget' | 'lose' | 'counts'>
  quota: {
    of(email: string): { units: number; total: number; refused: number; calls: Record<string, number> }
    setLimit(units: number | undefined): void
  }
  /** Turns the copying of sent mail to the archive on or off. */
  setRouting(on: boolean): void
  mintIdentityToken(identity: Identity, clock?: Clock): string
  settle(): Promise<void>
  close(): Promise<void>
}

/** Starts a Google Workspace without Google: Gmail API, OAuth, Pub/Sub push and mail delivery on one loopback port. */
export async function startGoogle(options: GoogleOptions): Promise<Google> {
  const { clock, seed, dataDir, report = reportToStderr } = options
  const store = openStore(dataDir)
  const ground: Ground = {
    store,
    clock,
    directory: directoryOf(seed),
    tokens: tokensOf(store, clock, seed),
    faults: faultsOf(),
    quota: quotaOf(clock, options.quotaPerMinute),
    key: signingKey(dataDir, options.key),
    settings: { senderHeader: options.senderHeader ?? true },
  }
  const publisher = new Publisher(ground, {
    target: options.push,
    interval: options.pushInterval ?? 200,
    backoff: options.pushBackoff ?? 100,
  })
  store.onChange((emails) => {
    for (const email of emails) publisher.mailboxChanged(email)
  })
  const { sheets, routes: sheetsRoutes } = sheetsOf(ground)
  let url = ''
  const google = {
    sheets,
    get url() {
      return url
    },
    users: usersOf(ground),
    customers: customersOf(ground),
    deliver: (raw: Buffer, envelope: Envelope, given?: DeliveryOptions) => deliver(ground, raw, envelope, given),
    faults: ground.faults,
    push: publisher,
    quota: ground.quota,
    setRouting: (on: boolean) => store.commit([{ t: 'routing', on }]),
    mintIdentityToken: (identity: Identity, at: Clock = clock) => identityToken(ground.key, identity, at),
    settle: () => publisher.settle(),
    async close() {
      publisher.close()
      await server.close()
      store.close()
    },
  }
  const routes = [
    ...gmailRoutes(ground, methods),
    ...sheetsRoutes,
    ...oauthRoutes(ground, () => url),
    ...controlRoutes(google),
  ]
  const server = await listen(routes, options.port ?? 0, { ...manners, report })
  url = server.url
  for (const box of store.state.boxes.values()) if (box.history > box.pushed) publisher.mailboxChanged(box.email)
  return google
}

const methods = [
  ...profileMethods,
  ...messageMethods,
  ...threadMethods,
  ...labelMethods,
  ...draftMethods,
  ...historyMethods,
  ...watchMethods,
  ...sendAsMethods,
]

const reportToStderr = (error: unknown) =>
  void process.stderr.write(`google emulator: ${error instanceof Error ? error.stack : String(error)}\n`)
