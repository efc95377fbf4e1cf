import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { BrowserContext } from 'playwright-core'
import { startPushService } from '../support/push-service.ts'
import { until } from '../support/until.ts'
import { openShop, type Shop } from './support/open-shop.ts'
import { openPage } from './support/page-screen.ts'

let shop: Shop
let service: Awaited<ReturnType<typeof startPushService>>
beforeAll(async () => {
  shop = await openShop()
  service = await startPushService()
})
afterAll(async () => {
  await service?.close()
  await shop?.close()
})

test('what reaches somebody is chosen on a phone, also without scripts', async () => {
  for (const scheme of ['light', 'dark'] as const) {
    const phone = await openPage(shop, scheme)
    await phone.open('/desk/notices', 'nora')
    expect(await phone.text()).toContain('Without scripts this browser cannot show notices.')
    expect(await phone.stumblingBlocks()).toEqual([])
    await phone.page.getByLabel('Somebody names you in a note').selectOption('In the digest')
    await phone.page.getByLabel('The digest comes at').selectOption('17:00')
    await phone.press('Save')
    expect(await phone.text()).toContain('Saved. It counts from now on.')
    expect(await phone.page.getByLabel('Somebody names you in a note').inputValue()).toBe('digest')
    expect(await phone.page.getByLabel('An action of yours stands still').textContent()).not.toContain('Nothing')
    await phone.close()
  }
})

test('a browser is let show notices with one press, shows what is pushed, and shows nothing a second time', async () => {
  const { fields } = service.browser()
  const phone = await openPage(shop, 'light', { scripts: true })
  const context = phone.page.context()
  await context.grantPermissions(['notifications'], { origin: shop.workbench.backend.url })
  // No push service can be reached from here: this one gives the browser its address.
  await phone.page.addInitScript(({ endpoint, p256dh, auth }) => {
    PushManager.prototype.subscribe = async () =>
      ({ endpoint, toJSON: () => ({ endpoint, keys: { p256dh, auth } }) }) as unknown as PushSubscription
  }, fields)
  await phone.open('/desk/notices', 'nora')
  await phone.page.getByLabel('Name of this browser').fill('My phone')
  await phone.page.getByRole('button', { name: 'Show notices in this browser' }).click()
  await phone.page.getByText('This browser shows your notices from now on.').waitFor()
  expect(await phone.text()).toMatch(/My phone since/)
  expect(await phone.stumblingBlocks()).toEqual([])

  const cdp = await context.newCDPSession(phone.page)
  let registrationId = ''
  cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    registrationId = registrations.at(-1)?.registrationId ?? registrationId
  })
  await cdp.send('ServiceWorker.enable')
  await until('the worker to be known', async () => registrationId !== '')
  const { origin } = new URL(phone.page.url())
  const push = (title: string, tag: string) => {
    const data = JSON.stringify({ title, body: 'You are mentioned', path: '/desk', tag })
    return cdp.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data })
  }
  const screen = await screenOf(context)
  await push('TKT-000001', 'one')
  await push('TKT-000001', 'one')
  await until('the notice to be shown', async () => (await screen.shown()).length > 0)
  await push('TKT-000002', 'two')
  await until('another notice to be shown', async () => (await screen.shown()).length > 1)
  const [first, second] = [
    { title: 'TKT-000001', body: 'You are mentioned', tag: 'one' },
    { title: 'TKT-000002', body: 'You are mentioned', tag: 'two' },
  ]
  expect(await screen.shown()).toEqual([first, second])

  await screen.putAway()
  await push('TKT-000001', 'one')
  await push('TKT-000003', 'three')
  await until('a new notice to be shown', async () => (await screen.shown()).length > 0)
  expect(await screen.shown()).toEqual([{ ...first, title: 'TKT-000003', tag: 'three' }])

  await phone.press('Take away My phone')
  expect(await phone.text()).toContain('That browser shows your notices no more.')
  await phone.close()
})

test('a browser that may show nothing says so in words', async () => {
  const phone = await openPage(shop, 'light', { scripts: true })
  await phone.open('/desk/notices', 'nora')
  await phone.page.getByRole('button', { name: 'Show notices in this browser' }).click()
  await phone.page.getByText('This browser does not let Sidedesk show notices.').waitFor()
  await phone.close()
})

type Notice = { title: string; body: string; tag: string }
type Screen = {
  registration: {
    showNotification(title: string, more: { body: string; tag: string }): Promise<void>
    getNotifications(which?: { tag?: string }): Promise<(Notice & { close(): void })[]>
  }
}

/** A headless Chromium shows notices to nobody and refuses them: what the worker asks of it is kept here as a browser keeps it. */
async function screenOf(context: BrowserContext) {
  const [worker] = context.serviceWorkers()
  if (!worker) throw new Error('No worker runs in this browser')
  await worker.evaluate(() => {
    const kept = new Map<string, Notice & { close(): void }>()
    const { registration } = self as unknown as Screen
    registration.showNotification = async (title, { body, tag }) => {
      kept.set(tag, { title, body, tag, close: () => void kept.delete(tag) })
    }
    registration.getNotifications = async ({ tag: wanted } = {}) =>
      [...kept.values()].filter(({ tag }) => wanted === undefined || tag === wanted)
  })
  return {
    shown: (): Promise<Notice[]> =>
      worker.evaluate(async () => {
        const { registration } = self as unknown as Screen
        return (await registration.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag }))
      }),
    putAway: () =>
      worker.evaluate(async () => {
        const { registration } = self as unknown as Screen
        for (const notice of await registration.getNotifications()) notice.close()
      }),
  }
}
