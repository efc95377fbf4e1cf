import { setTimeout as pause } from 'node:timers/promises'
import { createContext } from '../../../backend/app.ts'
import { GmailUnavailable } from '../../../backend/clients/gmail/index.ts'
import { readConfig } from '../../../backend/config.ts'
import { connectMailbox } from '../../../backend/features/intake/index.ts'
import type { Random } from '../../support/random.ts'
import { until } from '../../support/until.ts'
import { ARCHIVE, type CrashingDesk, SUPPORT } from './crashing-desk.ts'
import { moment } from './disturbing.ts'
import type { Store } from './stores.ts'

export type Trouble = { name: string; happen: () => Promise<void> }

const storm = (kind: '429' | '403' | '503' | '500' | 'closed' | 'stale', method: string, times: number) => ({
  kind,
  method,
  times,
})

/**
 * Everything that may happen to a desk while mails arrive, each ending so that the desk could go on by itself.
 * @param bring has a mail come that does not fit into a row
 */
export function troublesOf(desk: CrashingDesk, store: Store, random: Random, bring: () => void): Trouble[] {
  const { google, folder } = desk
  const wait = () => moment(random, 1_500)
  const first = google.users.historyId(ARCHIVE)
  const fault = (...given: Parameters<typeof storm>) => google.faults.add(storm(...given))
  return [
    { name: 'the worker is killed', happen: () => desk.worker.killAndRestart() },
    { name: 'the backend is killed', happen: () => desk.api.killAndRestart() },
    {
      name: 'the database loses its power',
      async happen() {
        await desk.power.cut()
        await wait()
        await desk.power.restore()
      },
    },
    {
      name: 'both are killed',
      async happen() {
        await Promise.all([desk.worker.end('SIGKILL'), desk.api.end('SIGKILL')])
        await wait()
        await desk.worker.start()
        await desk.api.start()
      },
    },
    { name: 'Gmail forgets its history', happen: async () => google.users.forgetHistory(ARCHIVE) },
    {
      name: 'Gmail’s history has a gap',
      happen: async () => google.users.leaveOut(ARCHIVE, 1 + Math.floor(random() * 3)),
    },
    { name: 'pushes are lost', happen: async () => google.push.lose(1 + Math.floor(random() * 10)) },
    {
      name: 'pushes come again, and old ones',
      async happen() {
        const [now, id] = [google.users.historyId(ARCHIVE), `${Math.floor(random() * 1e9)}`]
        await Promise.all([now, now, first, first, '1'].map((historyId) => push(desk, historyId, id)))
      },
    },
    { name: 'Gmail asks to slow down', happen: async () => fault('429', 'gmail.users.*', 40) },
    { name: 'Gmail refuses by rate', happen: async () => fault('403', 'gmail.users.messages.*', 20) },
    {
      name: 'Gmail fails',
      async happen() {
        fault('503', 'gmail.users.history.list', 5)
        fault('500', 'gmail.users.messages.get', 10)
        fault('closed', 'gmail.users.messages.get', 5)
      },
    },
    { name: 'Gmail is behind', happen: async () => fault('stale', 'gmail.users.history.list', 5) },
    {
      name: 'the access is revoked and given anew',
      async happen() {
        google.users.revoke(ARCHIVE)
        await wait()
        await reconnect(desk)
      },
    },
    {
      name: 'the store of objects is full',
      async happen() {
        store.setFull(folder, true)
        bring()
        await noticed(desk, store)
        await wait()
        store.setFull(folder, false)
      },
    },
    {
      name: 'the store of objects is out of reach',
      async happen() {
        await store.leave(folder)
        bring()
        await wait()
        await store.come(folder)
      },
    },
  ]
}

/** Gives some object the time to find the store full; none is written while Gmail is left alone, once for each of up to sixty refusals. */
async function noticed(desk: CrashingDesk, store: Store): Promise<void> {
  const met = () => Object.values(store.ends(desk.folder)).reduce((sum, times) => sum + times, 0)
  const before = met()
  for (let looks = 0; looks < 3_000 && met() === before; looks++) {
    await pause(100)
    if (looks % 20 === 19) await desk.travel(2)
  }
}

/** A push as Pub/Sub delivers it; whether it is taken is its own affair. */
async function push(desk: CrashingDesk, historyId: string, messageId: string): Promise<void> {
  const { url, audience, account } = desk.push
  const sub = '110000000000000000001'
  const token = desk.google.mintIdentityToken({ email: account, sub, aud: audience, extra: { azp: sub } })
  const data = Buffer.from(JSON.stringify({ emailAddress: ARCHIVE, historyId: Number(historyId) })).toString('base64')
  const message = { data, messageId, publishTime: new Date().toISOString() }
  await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ message, subscription: 'projects/fern/subscriptions/gmail' }),
  }).then(
    (response) => response.arrayBuffer(),
    () => undefined, // the backend may be down just now, as it may be for Pub/Sub
  )
}

/** What an admin does whose mailbox was cut off: again, when Gmail is busy. */
async function reconnect(desk: CrashingDesk): Promise<void> {
  const secret = desk.google.users.refreshToken(ARCHIVE, 'desk-client')
  const ctx = createContext(readConfig({ ...desk.environment, LOG_LEVEL: 'error' }), { process: 'admin' })
  try {
    const wanted = { address: SUPPORT, archiveAddress: ARCHIVE, access: 'refresh_token', secret } as const
    await until('Gmail to let the admin in', () =>
      connectMailbox(ctx, desk.workspaceId, wanted).then(
        () => true,
        (error: unknown) => {
          if (error instanceof GmailUnavailable) return false
          throw error
        },
      ),
    )
  } finally {
    await ctx.close()
  }
}
