import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import pg from 'pg'
import { pauseEffects } from '../../backend/features/settings/index.ts'
import { ticketNoted } from '../../backend/features/tickets/events.ts'
import { resumeDeliveries } from '../../backend/features/webhooks/index.ts'
import { sendDeliveries } from '../../backend/features/webhooks/jobs.ts'
import { record } from '../../backend/platform/events.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { createTicket, lookUpTicket, noteTicket, prioritiseTicket } from '../../shared/tickets.ts'
import {
  addWebhook,
  changeWebhook,
  changeWebhookSecret,
  listWebhookDeliveries,
  listWebhooks,
  removeWebhook,
  repeatWebhookDelivery,
  testWebhook,
  type WebhookEvent,
} from '../../shared/webhooks.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { noticesTo } from '../support/notice-mail.ts'
import { type Heard, startReceiver } from '../support/webhook-receiver.ts'

let desk: Desk
let receiver: Awaited<ReturnType<typeof startReceiver>>
beforeAll(async () => {
  desk = await startDesk({ env: { WEBHOOKS_TO_PRIVATE: 'true' } })
  receiver = await startReceiver()
})
afterAll(async () => {
  await receiver.close()
  await desk.stop()
})
beforeEach(() => receiver.answers(() => ({ status: 204 })))

const ada = () => desk.as('ada')
let made = 0

/** A webhook with a path of its own. */
async function given(events: WebhookEvent[] = ['ticket.noted']) {
  const path = `/hook-${++made}`
  const body = { name: `Hook ${made}`, url: receiver.url + path, events }
  const { webhook, secret } = await ada().call(addWebhook, { body })
  return {
    id: webhook.id,
    secret,
    body,
    heard: () => receiver.at(path),
    messages: () => receiver.at(path).map(({ body: text }) => JSON.parse(text)),
    state: async () => (await ada().call(listWebhooks)).items.find(({ id }) => id === webhook.id),
    deliveries: async () =>
      (await ada().call(listWebhookDeliveries, { params: { webhookId: webhook.id }, query: {} })).items,
    remove: () => ada().call(removeWebhook, { params: { webhookId: webhook.id } }),
  }
}

async function givenTicket(): Promise<string> {
  const body = {
    messageId: `<hook-${++made}@ada.example>`,
    subject: 'Jar',
    from: 'ada@ada.example',
    sentAt: desk.clock.now().toISOString(),
    text: 'Broken.',
  }
  return (await desk.as('nora').call(createTicket, { body })).id
}

/** Something that webhooks are told of. */
async function noted(ticketId: string): Promise<void> {
  await desk.as('nora').call(noteTicket, { params: { ticketId }, body: { text: 'A secret word' } })
  await desk.settle()
}

/** The sample of the guide, run as a receiver would. */
const sample: Promise<{ isFromSidedesk: (headers: object, body: string, secret: string, now?: number) => boolean }> =
  (() => {
    const guide = readFileSync(new URL('../../docs/guides/api.md', import.meta.url), 'utf8')
    const code = /```js\n([\s\S]*?)```/.exec(guide)?.[1] ?? ''
    return import(`data:text/javascript,${encodeURIComponent(code)}`)
  })()

const isOurs = async ({ headers, body }: Heard, secret: string, now = desk.clock.now().getTime()) =>
  (await sample).isFromSidedesk(headers, body, secret, now)

test('a receiver is told of what it chose, with ids and codes and never a word, signed as the guide checks it', async () => {
  const hook = await given(['ticket.noted', 'ticket.created'])
  const ticketId = await givenTicket()
  await desk.as('nora').call(prioritiseTicket, { params: { ticketId }, body: { priority: 'high', version: 1 } })
  await noted(ticketId)
  const by = { kind: 'staff', id: desk.staff.nora.id }
  expect(hook.messages()).toHaveLength(2)
  expect(hook.messages()).toContainEqual({
    type: 'ticket.noted',
    timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
    data: { ticketId, messageId: expect.any(String), by },
  })
  expect(hook.messages()).toContainEqual(
    expect.objectContaining({ type: 'ticket.created', data: expect.objectContaining({ ticketId, by }) }),
  )
  for (const one of hook.heard()) {
    expect(one.body).not.toContain('secret word')
    expect(await isOurs(one, hook.secret)).toBe(true)
    expect(await isOurs({ ...one, body: `${one.body} ` }, hook.secret)).toBe(false)
    expect(await isOurs(one, `whsec_${Buffer.alloc(32).toString('base64')}`)).toBe(false)
    expect(await isOurs(one, hook.secret, desk.clock.now().getTime() + 6 * 60_000)).toBe(false)
  }
  expect(new Set(hook.heard().map(({ headers }) => headers['webhook-id'])).size).toBe(2)
  await hook.remove()
})

test('a mail that comes in is told of as well', async () => {
  const hook = await given(['mail.received', 'ticket.created'])
  const { messageId } = await desk.google.customers.write({
    from: 'bo@home.example',
    to: SUPPORT,
    subject: 'Jar',
    text: 'Where?',
  })
  await desk.settle()
  const { ticket } = await desk.as('nora').call(lookUpTicket, { body: { messageId } })
  expect(hook.messages().map(({ type, data }) => [type, data.ticketId])).toEqual(
    expect.arrayContaining([
      ['ticket.created', ticket?.id],
      ['mail.received', ticket?.id],
    ]),
  )
  await hook.remove()
})

test('what is history is told to nobody, in the same act as what is new', async () => {
  const hook = await given()
  const ticketId = await givenTicket()
  const fact = { ticketId, by: { kind: 'staff', id: desk.staff.nora.id } } as const
  const [old, fresh] = [crypto.randomUUID(), crypto.randomUUID()]
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    record(tx, [
      ticketNoted({ ...fact, messageId: old, historical: true }),
      ticketNoted({ ...fact, messageId: fresh }),
    ]),
  )
  await desk.settle()
  expect(hook.messages().map(({ data }) => data.messageId)).toEqual([fresh])
  await hook.remove()
})

test('where nobody listens nothing is written and nothing waits', async () => {
  const before = await ada().call(listWebhooks)
  expect(before.items).toEqual([])
  const ticketId = await givenTicket()
  await desk.as('nora').call(noteTicket, { params: { ticketId }, body: { text: 'x' } })
  const { rows } = await desk.pool.query(
    `select from graphile_worker.jobs where task_identifier = 'webhooks:send' and locked_at is null`,
  )
  expect(rows).toHaveLength(0)
  const count = await inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.webhookDelivery.count(), { reads: true })
  expect(count).toBe(0)
  await desk.settle()
})

test('the secret is shown once, and stored sealed', async () => {
  const hook = await given()
  expect(hook.secret).toMatch(/^whsec_[\w+/]{43}=$/)
  expect(JSON.stringify(await ada().call(listWebhooks))).not.toContain('whsec_')
  const owner = new pg.Client({ connectionString: desk.database.ownerUrl })
  await owner.connect()
  const { rows } = await owner.query('select * from desk.webhook where id = $1', [hook.id])
  await owner.end()
  expect(Buffer.from(rows[0].secret).includes(Buffer.from(hook.secret))).toBe(false)
  await hook.remove()
})

test('a failure is tried again after growing pauses, with the same id, until it comes through', async () => {
  const hook = await given()
  receiver.answers(() => ({ status: 500, body: `${'Sorry. '.repeat(300)}` }))
  await noted(await givenTicket())
  expect(hook.heard()).toHaveLength(1)
  await desk.travel('20 s')
  await desk.settle()
  expect(hook.heard()).toHaveLength(1)
  await desk.travel('41 s')
  await desk.settle()
  expect(hook.heard()).toHaveLength(2)
  receiver.answers(() => ({ status: 200, body: 'Thanks' }))
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
  const hook = await given()
  const elsewhere = receiver.at('/elsewhere').length
  receiver.answers(() => ({ status: 307, headers: { location: '/elsewhere', 'retry-after': '600' } }))
  await noted(await givenTicket())
  await desk.travel('5 min')
  await desk.settle()
  expect([hook.heard().length, receiver.at('/elsewhere').length]).toEqual([1, elsewhere])
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
  const hook = await given()
  receiver.answers(() => ({ status: 500 }))
  await noted(await givenTicket())
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
  await noted(await givenTicket())
  expect(hook.heard()).toHaveLength(10)
  receiver.answers(() => ({ status: 204 }))
  const { id, body } = hook
  const refused = await refusalOf(ada().call(testWebhook, { params: { webhookId: id }, body: {} }))
  expect(refused).toMatchObject({ code: 'move_not_allowed' })
  await ada().call(changeWebhook, { params: { webhookId: id }, body: { ...body, state: 'on' } })
  await noted(await givenTicket())
  expect(hook.heard()).toHaveLength(11)
  expect(await hook.state()).toMatchObject({ state: 'on', failingSince: null })
  await hook.remove()
})

test('as long as anything comes through, one message that nobody wants switches nothing off', async () => {
  const hook = await given(['ticket.noted', 'ticket.created'])
  receiver.answers(({ body }) => ({ status: body.includes('ticket.noted') ? 400 : 204 }))
  const ticketId = await givenTicket()
  await noted(ticketId)
  await threeDaysLater(givenTicket)
  const states = (await hook.deliveries()).map(({ state }) => state).sort()
  expect(states).toEqual(['done', 'done', 'failed'])
  expect(await hook.state()).toMatchObject({ state: 'on' })
  await hook.remove()
})

test('a receiver that is gone for good is switched off at once', async () => {
  const hook = await given()
  receiver.answers(() => ({ status: 410 }))
  await noted(await givenTicket())
  expect(await hook.state()).toMatchObject({ state: 'failed' })
  expect((await desk.events('webhook.switched_off')).at(-1)).toMatchObject({ payload: { reason: 'gone' } })
  await hook.remove()
})

test('where nobody answers, nothing else is sent for a minute, and all of it comes afterwards', async () => {
  const hook = await given()
  const dead = 'http://127.0.0.1:9/'
  const { id: webhookId, body } = hook
  await ada().call(changeWebhook, { params: { webhookId }, body: { ...body, url: dead, state: 'on' } })
  const ticketId = await givenTicket()
  await noted(ticketId)
  await noted(ticketId)
  await noted(ticketId)
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
  const hook = await given()
  await pauseEffects(desk.ctx, desk.workspaceId, true)
  await noted(await givenTicket())
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
  const hook = await given()
  const ticketId = await givenTicket()
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
  const hook = await given()
  await pauseEffects(desk.ctx, desk.workspaceId, true)
  await noted(await givenTicket())
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

test('after a change of the secret both sign for a day, then only the new one', async () => {
  const hook = await given()
  const params = { webhookId: hook.id }
  const { secret } = await ada().call(changeWebhookSecret, { params, body: {} })
  const ticketId = await givenTicket()
  await noted(ticketId)
  const [both] = hook.heard()
  expect([await isOurs(both as Heard, hook.secret), await isOurs(both as Heard, secret)]).toEqual([true, true])
  await desk.travel('25 h')
  await noted(ticketId)
  const later = hook.heard().at(-1) as Heard
  expect([await isOurs(later, hook.secret), await isOurs(later, secret)]).toEqual([false, true])
  expect(await desk.events('webhook.secret_changed')).toHaveLength(1)
  await hook.remove()
})

test('what came through can be sent again with the same id, and a test can be sent at any time', async () => {
  const hook = await given()
  await noted(await givenTicket())
  const [delivery] = await hook.deliveries()
  const params = { webhookId: hook.id, deliveryId: delivery?.id ?? '' }
  const again = await ada().call(repeatWebhookDelivery, { params, body: {} })
  expect(again).toMatchObject({ id: delivery?.id, state: 'waiting' })
  await desk.settle()
  expect(hook.heard().map(({ headers }) => headers['webhook-id'])).toEqual([delivery?.id, delivery?.id])
  const { deliveryId } = await ada().call(testWebhook, { params: { webhookId: hook.id }, body: {} })
  await desk.settle()
  expect(hook.heard().at(-1)?.headers['webhook-id']).toBe(deliveryId)
  expect(hook.messages().at(-1)).toMatchObject({ type: 'webhook.test' })
  const stranger = { ...params, deliveryId: crypto.randomUUID() }
  expect(await refusalOf(ada().call(repeatWebhookDelivery, { params: stranger, body: {} }))).toMatchObject({
    code: 'not_found',
  })
  await hook.remove()
})

test('the log goes back page by page', async () => {
  const hook = await given()
  const ticketId = await givenTicket()
  for (let note = 0; note < 5; note++) await noted(ticketId)
  const params = { webhookId: hook.id }
  const first = await ada().call(listWebhookDeliveries, { params, query: { limit: 3 } })
  const second = await ada().call(listWebhookDeliveries, { params, query: { limit: 3, cursor: first.next ?? '' } })
  expect([first.items.length, second.items.length, second.next]).toEqual([3, 2, null])
  const all = await hook.deliveries()
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(all.map(({ id }) => id))
  await hook.remove()
})

test.each([
  ['ftp://example.com/x', 'must begin with https://'],
  ['nowhere', 'whole address'],
  ['https://me:secret@example.com/', 'prove us by the signature'],
])('the address %s is refused in words', async (url, words) => {
  const refused = await refusalOf(ada().call(addWebhook, { body: { name: 'x', url, events: ['ticket.noted'] } }))
  expect(refused).toMatchObject({ status: 400, message: expect.stringContaining(words) })
})

test('without the setting of tests only https and the internet are taken, and a workspace keeps twenty', async () => {
  const strict = { ...desk.ctx, config: { ...desk.ctx.config, webhooks: { toPrivate: false } } }
  const { addWebhook: add, removeWebhook: remove } = await import('../../backend/features/webhooks/keeping.ts')
  const by = { kind: 'staff', ...desk.staff.ada, role: 'admin', workspaceId: desk.workspaceId } as const
  const wanted = { name: 'x', url: 'https://example.com/', events: ['ticket.noted' as const] }
  for (const url of ['http://example.com/', 'https://127.0.0.1/', 'https://[::1]/', 'https://10.0.0.1/'])
    await expect(add(strict, { ...wanted, url }, by)).rejects.toMatchObject({ code: 'invalid_request' })
  const all: string[] = []
  for (let one = 0; one < 20; one++) all.push((await add(strict, wanted, by)).webhook.id)
  await expect(add(strict, wanted, by)).rejects.toThrow('at most 20')
  for (const id of all) await remove(strict, id, by)
})

test('every event that can be chosen is one that a feature records', async () => {
  const { WEBHOOK_EVENTS } = await import('../../shared/webhooks.ts')
  const { globSync } = await import('node:fs')
  const source = globSync('backend/features/**/*.ts')
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n')
  for (const type of Object.keys(WEBHOOK_EVENTS)) expect(source).toMatch(new RegExp(`event\\(\\s*'${type}'`))
})
