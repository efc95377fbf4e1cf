import { deepStrictEqual } from 'node:assert/strict' // the bench uses this file, and has no jest
import type { Manifest } from '../../../toolchain/addon/manifest.ts'
import { startGoogle } from '../../../workbench/emulators/google/google.ts'
import { openRuntime, type Where } from './runtime.ts'
import { startStandIn } from './stand-in.ts'

export const BACKEND = 'https://desk.honeyhill.example'
export const SUPPORT = 'support@honeyhill.example'
export const NORA_MAIL = 'nora@honeyhill.example'
export const OMAR_MAIL = 'omar@honeyhill.example'
const ARCHIVE = 'archive@honeyhill.example'
const NOW = new Date('2026-11-20T10:05:00.000Z')
const clock = { now: () => NOW }

const seed = {
  domains: ['honeyhill.example'],
  archive: ARCHIVE,
  users: [
    { email: NORA_MAIL, name: 'Nora Lind' },
    { email: OMAR_MAIL, name: 'Omar Sy' },
    { email: ARCHIVE, name: 'Archive' },
  ],
  groups: [{ email: SUPPORT, name: 'Support', members: [NORA_MAIL, OMAR_MAIL, ARCHIVE] }],
  people: [{ email: 'ada@customer.example', name: 'Ada Byron' }],
}

type Options = {
  /** Another manifest than the stamped one, to see what breaks without a part of it. */
  manifest?: (stamped: Manifest) => Manifest
  locale?: string
}

/** The real bundle in the real runtime and panel, before a mailbox with mail and a backend that says what the test says. */
export async function startAddon({ manifest = (stamped) => stamped, locale = 'en-GB' }: Options = {}) {
  const backend = await startStandIn()
  const google = await startGoogle({ clock, seed })
  const runtime = await openRuntime({
    origin: BACKEND,
    target: backend.url,
    google,
    clock,
    manifest,
    locale,
    identityToken: ({ sub, email }, claims) => `${sub} ${claims.email ? email : 'no address'}`,
  })

  return {
    backend,
    google,
    failures: runtime.failures,
    executions: runtime.executions,
    spreadsheets: runtime.spreadsheets,
    panelOf: (email = NORA_MAIL, more: Where = {}) => runtime.panelOf(email, more),
    /** A customer's mail arrives at support@; gives the ids under which one agent has it. */
    async mailArrives(subject: string, text: string, email = NORA_MAIL) {
      await google.customers.write({ from: 'ada@customer.example', name: 'Ada Byron', to: SUPPORT, subject, text })
      return this.newestMail(email)
    },
    newestMail(email = NORA_MAIL) {
      const mail = google.users.mails(email).at(-1)
      if (!mail) throw new Error(`${email} has no mail`)
      return { messageId: mail.id, threadId: mail.threadId, head: mail.head }
    },
    /** Nothing broke in the script or in what stands for the backend, and whatever was asked is heard no more. */
    expectSound(): void {
      deepStrictEqual(backend.broken, [])
      deepStrictEqual(runtime.failures, [])
      backend.heard.length = 0
    },
    async close() {
      await runtime.close()
      await google.close()
      await backend.close()
    },
  }
}

export type AddonUnderTest = Awaited<ReturnType<typeof startAddon>>
