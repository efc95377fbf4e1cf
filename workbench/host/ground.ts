import type { AppsScript, GoogleUser } from '../apps-script/index.ts'
import type { Google } from '../emulators/google/google.ts'
import type { customersOf } from './customers.ts'
import type { Mailbox } from './mail/gmail.ts'
import type { inboxOf } from './mail/inbox.ts'
import type { From } from './mail/outgoing.ts'
import type { panelsOf } from './panels.ts'

export interface HostOptions {
  google: Google
  appsScript: AppsScript
  shop: { name: string; support: string; archive: string }
  staff: { name: string; email: string; role: string }[]
  backend: { public: string; local: string }
  /** The shop's product pictures: the address they have in public, and their bytes by file name. */
  pictures: { public: string; named(file: string): Buffer | undefined }
  /** The shop's own side, and where Shopify's pages of an order lead on this machine; other addresses stay. */
  ledger: { url: string; instead(url: string): string }
  clock: { now(): Date }
  /** 0 takes a free port. */
  port: number
  /** Hears what went wrong in the add-on or in a request. */
  report: (message: string) => void
}

/** One person at work, with the own mailbox. */
export interface Agent {
  handle: string
  name: string
  email: string
  role: string
  user: GoogleUser
  mailbox: Mailbox
  inbox: ReturnType<typeof inboxOf>
  sendsAs: From
}

export interface Ground {
  agents: Agent[]
  customers: ReturnType<typeof customersOf>
  panels: ReturnType<typeof panelsOf>
  options: HostOptions
}

/** A request for something that is not there. */
export class NotHere extends Error {
  override name = 'NotHere'
}

export function agentOf({ agents }: Ground, handle: unknown): Agent {
  const found = agents.find((agent) => agent.handle === handle)
  if (!found) throw new NotHere(`There is nobody called ${String(handle)} here.`)
  return found
}
