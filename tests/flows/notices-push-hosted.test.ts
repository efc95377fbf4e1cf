import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { noticesOf, type PushService } from '../support/notice-desk.ts'
import { startPushService } from '../support/push-service.ts'

let desk: Desk
let service: PushService
let notices: ReturnType<typeof noticesOf>
beforeAll(async () => {
  desk = await startDesk()
  service = await startPushService()
  notices = noticesOf(desk)
})
afterAll(async () => {
  await service.close()
  await desk.stop()
})

test('nothing is pushed into the network that the desk stands in', async () => {
  const inside = service.browser()
  for (const endpoint of [
    inside.fields.endpoint,
    inside.fields.endpoint.replace('http:', 'https:'),
    'https://10.1.2.3/push',
    'https://[::1]/push',
    'http://push.example/x',
  ]) {
    const page = await notices.switchOn('nora', { fields: { ...inside.fields, endpoint } })
    expect([endpoint, page.status, page.text.includes('is not on the internet')]).toEqual([endpoint, 400, true])
  }
  expect(await inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.pushSubscription.count(), { reads: true })).toBe(0)
})

test('a name that leads inside is found out when something is sent: nothing leaves, and the mail comes instead', async () => {
  const inside = service.browser()
  const endpoint = inside.fields.endpoint.replace('http://127.0.0.1', 'https://localhost')
  expect((await notices.switchOn('nora', { fields: { ...inside.fields, endpoint } })).status).toBe(200)
  await notices.choose('nora', { mention: 'push' })
  const ticket = await notices.mention('nora')
  expect(inside.requests()).toEqual([])
  expect(notices.mailed('nora')).toEqual([`${ticket.number}: Vera mentions you`])
})
