import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { pauseEffects } from '../../backend/features/settings/index.ts'
import { resumeDeliveries } from '../../backend/features/webhooks/index.ts'
import { sendDeliveries } from '../../backend/features/webhooks/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { noteTicket } from '../../shared/tickets.ts'
import { changeWebhook, testWebhook } from '../../shared/webhooks.ts'
import { refusalOf } from '../support/caller.ts'
import { noticesTo } from '../support/notice-mail.ts'
import { startWebhookDesk, type WebhookDesk } from '../support/webhook-desk.ts'

let desk: WebhookDesk
beforeAll(async () => {
  desk = await startWebhookDesk()
})
afterAll(() => desk.stop())
beforeEach(() => desk.receiver.answers(() => ({ status: 204 })))

const ada = () => desk.as('ada')

test('a failure is tried again after growing pauses, with the same id, until it comes through', async () => {
  const hook = await desk.given()
  desk.receiver.answers(() => ({ status: 500, body: `${'Sorry. '.repeat(300)}` }))
  await desk.noted(await desk.givenTicket())
  expect(hook.heard()).toHaveLength(1)
  await desk.travel('20 s')
  await desk.settle()
  expect(hook.heard()).toHaveLength(1)
  await desk.travel('41 s')
  await desk.settle()
  expect(hook.heard()).toHaveLength(2)
  desk.receiver.answers(() => ({ status: 200, body: 'Thanks' }))
  await desk.travel('5 min')
  await desk.settle()
  expect(new Set(hook.heard().map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  const [delivery] = await hook.deliveries()
  expect(delivery).toMatchObject({
    type: 'ticket.noted',
    state: 'done',
    nextAt: null,
    attempts: [
      { attempt: 3, status: 200, problem: null, answer: 'Thanks' },
      { attempt: 2, status: 500 },
      { attempt: 1, status: 500 },
    ],
  })
  expect(delivery?.attempts[1]?.answer).toHaveLength(1_024)
  expect(await hook.state()).toMatchObject({ state: 'on', failingSince: null })
  await desk.travel('1 day')
  await desk.settle()
  expect(hook.heard()).toHaveLength(3)
  await hook.remove()
})

test('a redirect is not followed, and a receiver that asks for time gets it', async () => {
  const hook = await desk.given()
  const elsewhere = desk.receiver.at('/elsewhere').length
  desk.receiver.answers(() => ({ status: 307, headers: { location: '/elsewhere', 'retry-after': '600' } }))
  await desk.noted(await desk.givenTicket())
  await desk.travel('5 min')
  await desk.settle()
  expect([hook.heard().length, desk.receiver.at('/elsewhere').length]).toEqual([1, elsewhere])
  await desk.travel('6 min')
  await desk.settle()
  expect(hook.heard()).toHaveLength(2)
  await hook.remove()
})

/** Lets ten attempts come to their end. @param halfWay what happens meanwhile */
async function threeDaysLater(halfWay: () => Promise<unknown> = async () => undefined): Promise<void> {
  for (const hours of [1, 1, 1, 3, 6, 11, 15, 21, 25]) {
    await desk.travel(`${hours} h`)
    if (hours === 15) await halfWay()
    await desk.settle()
  }
}

test('after three days in which nothing came through it is switched off, its admins get one mail, and nothing more is sent', async () => {
  const hook = await desk.given()
  desk.receiver.answers(() => ({ status: 500 }))
  await desk.noted(await desk.givenTicket())
  const notices = noticesTo(desk, 'ada').length
  await threeDaysLater()
  expect(hook.heard()).toHaveLength(10)
  expect(await hook.state()).toMatchObject({ state: 'failed' })
  expect((await hook.deliveries())[0]).toMatchObject({ state: 'failed' })
  expect((await desk.events('webhook.switched_off')).at(-1)).toMatchObject({
    payload: { webhookId: hook.id, reason: 'dead' },
    actorKind: 'system',
  })
  const told = noticesTo(desk, 'ada').slice(notices)
  expect(told.map(({ subject }) => subject)).toEqual(['A webhook was switched off'])
  expect(told[0]?.text).toContain(`/settings/webhooks/${hook.id}`)
  await desk.noted(await desk.givenTicket())
  expect(hook.heard()).toHaveLength(10)
  desk.receiver.answers(() => ({ status: 204 }))
  const { id, body } = hook
  const refused = await refusalOf(ada().call(testWebhook, { params: { webhookId: id }, body: {} }))
  expect(refused).toMatchObject({ code: 'move_not_allowed' })
  await ada().call(changeWebhook, { params: { webhookId: id }, body: { ...body, state: 'on' } })
  await desk.noted(await desk.givenTicket())
  expect(hook.heard()).toHaveLength(11)
  expect(await hook.state()).toMatchObject({ state: 'on', failingSince: null })
  await hook.remove()
})

test('as long as anything comes through, one message that nobody wants switches nothing off', async () => {
  const hook = await desk.given(['ticket.noted', 'ticket.created'])
  desk.receiver.answers(({ body }) => ({ status: body.includes('ticket.noted') ? 400 : 204 }))
  const ticketId = await desk.givenTicket()
  await desk.noted(ticketId)
  await threeDaysLater(desk.givenTicket)
  const states = (await hook.deliveries()).map(({ state }) => state).sort()
  expect(states).toEqual(['done', 'done', 'failed'])
  expect(await hook.state()).toMatchObject({ state: 'on' })
  await hook.remove()
})

test('a receiver that is gone for good is switched off at once', async () => {
  const hook = await desk.given()
  desk.receiver.answers(() => ({ status: 410 }))
  await desk.noted(await desk.givenTicket())
  expect(await hook.state()).toMatchObject({ state: 'failed' })
  expect((await desk.events('webhook.switched_off')).at(-1)).toMatchObject({ payload: { reason: 'gone' } })
  await hook.remove()
})

test('where nobody answers, nothing else is sent for a minute, and all of it comes afterwards', async () => {
  const hook = await desk.given()
  const dead = 'http://127.0.0.1:9/'
  const { id: webhookId, body } = hook
  await ada().call(changeWebhook, { params: { webhookId }, body: { ...body, url: dead, state: 'on' } })
  const ticketId = await desk.givenTicket()
  await desk.noted(ticketId)
  await desk.noted(ticketId)
  await desk.noted(ticketId)
  const attempts = async () => (await hook.deliveries()).map(({ attempts: all }) => all.length)
  expect(await attempts()).toEqual([0, 0, 1])
  expect((await hook.deliveries()).at(-1)?.attempts[0]).toMatchObject({ status: null, problem: 'no_connection' })
  await ada().call(changeWebhook, { params: { webhookId }, body: { ...body, state: 'on' } })
  await desk.travel('61 s')
  await desk.settle()
  expect(hook.heard()).toHaveLength(3)
  await hook.remove()
})

test('while effects are paused nothing leaves, and afterwards all of it does', async () => {
  const hook = await desk.given()
  await pauseEffects(desk.ctx, desk.workspaceId, true)
  await desk.noted(await desk.givenTicket())
  expect(hook.heard()).toHaveLength(0)
  await resumeDeliveries.perform(desk.ctx, desk.workspaceId, {})
  await desk.settle()
  expect(hook.heard()).toHaveLength(0)
  await pauseEffects(desk.ctx, desk.workspaceId, false)
  await resumeDeliveries.perform(desk.ctx, desk.workspaceId, {})
  await desk.settle()
  expect(hook.heard()).toHaveLength(1)
  await hook.remove()
})

test('several senders at the same moment send each message once', async () => {
  const hook = await desk.given()
  const ticketId = await desk.givenTicket()
  for (let note = 0; note < 12; note++)
    await desk.as('nora').call(noteTicket, { params: { ticketId }, body: { text: `Note ${note}` } })
  const body = { webhookId: hook.id }
  await Promise.all([1, 2, 3].map(() => sendDeliveries.perform(desk.ctx, desk.workspaceId, body)))
  await desk.settle()
  expect(hook.heard()).toHaveLength(12)
  expect(new Set(hook.heard().map(({ headers }) => headers['webhook-id'])).size).toBe(12)
  await hook.remove()
})

test('what a sender left behind that died is sent by the next one', async () => {
  const hook = await desk.given()
  await pauseEffects(desk.ctx, desk.workspaceId, true)
  await desk.noted(await desk.givenTicket())
  await inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    const held = { attempt: 1, nextAt: new Date(tx.now.getTime() + 60_000) }
    await tx.webhookDelivery.updateMany({ where: { webhookId: hook.id }, data: held })
  })
  await pauseEffects(desk.ctx, desk.workspaceId, false)
  await resumeDeliveries.perform(desk.ctx, desk.workspaceId, {})
  await desk.settle()
  expect(hook.heard()).toHaveLength(0)
  await desk.travel('61 s')
  await resumeDeliveries.perform(desk.ctx, desk.workspaceId, {})
  await desk.settle()
  expect((await hook.deliveries())[0]).toMatchObject({ state: 'done', attempts: [{ attempt: 2, status: 204 }] })
  await hook.remove()
})
