import { readFile } from 'node:fs/promises'
import { answersFor } from './execution/answers.ts'
import type { Call, Execution } from './execution/execution.ts'
import { meter } from './execution/meter.ts'
import { scriptThreads, type Threads } from './execution/threads.ts'
import { gmailIds } from './gmail-app/ids.ts'
import { messageTokens } from './gmail-app/message-tokens.ts'
import { type Manifest, readManifest } from './manifest.ts'
import { type SpreadsheetStore, spreadsheetStore } from './spreadsheet/store.ts'
import { cacheStore } from './stores/cache-store.ts'
import { propertyStore } from './stores/property-store.ts'
import { refuseUnsupportedSyntax } from './syntax.ts'
import type { GoogleUser } from './user.ts'

export type { Platform } from './event-objects.ts'
export type { Call, Caller, Execution } from './execution/execution.ts'
export type { HostApp, Manifest } from './manifest.ts'
export type { GoogleUser } from './user.ts'

export type AppsScriptOptions = {
  /** Path of the built Code.js. */
  bundle: string
  /** Path of its appsscript.json. */
  manifest: string
  clock: { now(): Date }
  /** Signs the OpenID token of a user; the e-mail address is a claim only when asked for. */
  identityToken: (user: GoogleUser, claims: { email: boolean }) => Promise<string>
  /** Base URL of a Gmail REST API, without a trailing slash. */
  gmailUrl: string
  /** The bearer token that API takes for a user. */
  gmailAccessToken: (user: GoogleUser) => string | Promise<string>
  /** For everything in one call, fetches included; 30 s as on Google unless given. */
  timeLimitMs?: number
  /** From an https address the script fetches to the address really asked, e.g. a backend on loopback. */
  resolveUrl?: (url: string) => string
  /** Script properties, as an operator sets them in the project settings. */
  scriptProperties?: Record<string, string>
  /** The spreadsheets that can be open beside a panel; empty unless given. */
  spreadsheets?: SpreadsheetStore
}

export type AppsScript = Awaited<ReturnType<typeof startAppsScript>>

const TIME_LIMIT_MS = 30_000
const MOST_AT_ONCE = 30

/** The runtime an add-on's bundle sees. Throws when the bundle or the manifest is one Apps Script would not take. */
export async function startAppsScript(options: AppsScriptOptions) {
  const { clock, timeLimitMs = TIME_LIMIT_MS } = options
  const ids = gmailIds()
  const tokens = messageTokens(clock)
  const caches = cacheStore(clock)
  const properties = propertyStore(options.scriptProperties ?? {})
  const spreadsheets = options.spreadsheets ?? spreadsheetStore()
  const running = new Map<string, number>()
  let project = await load(options)

  /** Runs one function in a fresh context. Never throws for what the script does: that is an execution that is not ok. */
  async function run(call: Call): Promise<Execution> {
    const { user, event, caller } = call
    const startedAt = performance.now()
    const traced = () => Math.round(performance.now() - startedAt)
    const already = running.get(user.email) ?? 0
    if (already >= MOST_AT_ONCE)
      return { ok: false, message: TOO_MANY, logs: [], calls: {}, chargedMs: 0, milliseconds: traced() }
    running.set(user.email, already + 1)
    const { manifest, threads } = project
    const cancel = new AbortController()
    const over = Promise.withResolvers<undefined>()
    const counted = meter(timeLimitMs, () => over.resolve(undefined))
    const stores = { ids, tokens, caches, properties, spreadsheets }
    const answers = answersFor({ options, manifest, user, ...stores, meter: counted, signal: cancel.signal })
    const job = {
      function: call.function,
      eventJson: JSON.stringify(event),
      caller,
      user,
      hostApp: event.commonEventObject.hostApp,
      spreadsheet: call.spreadsheet ?? null,
      nowMs: clock.now().getTime(),
    }
    try {
      const done = await threads.run(job, answers, timeLimitMs, over.promise)
      return {
        ...(done ?? { ok: false, message: 'Exceeded maximum execution time', logs: [] }),
        calls: counted.calls,
        chargedMs: counted.chargedMs(),
        milliseconds: traced(),
      }
    } finally {
      cancel.abort()
      running.set(user.email, (running.get(user.email) ?? 1) - 1)
    }
  }

  return {
    run,
    /** Reads bundle and manifest again; calls that run finish with the old ones. */
    async reload(): Promise<void> {
      const old = project
      project = await load(options)
      await old.threads.retire()
    },
    close: () => project.threads.close(),
    manifest: (): Manifest => project.manifest,
    clock,
    ids,
    spreadsheets,
    /** The ids and the token an event carries for an open message; takes Gmail's REST ids. */
    openMessage: (user: GoogleUser, message: { messageId: string; threadId: string }) => ({
      messageId: ids.message(message.messageId),
      threadId: ids.thread(message.threadId),
      accessToken: tokens.issue({ email: user.email, ...message }),
    }),
  }
}

const TOO_MANY = 'There are too many scripts running simultaneously for this Google user account.'

async function load({ bundle, manifest: path }: AppsScriptOptions): Promise<{ manifest: Manifest; threads: Threads }> {
  const [source, manifest] = await Promise.all([readFile(bundle, 'utf8'), readManifest(path)])
  await refuseUnsupportedSyntax(source, 'Code.js')
  return { manifest, threads: scriptThreads(source, manifest) }
}
