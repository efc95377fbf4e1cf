import { globSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { ticketNoted } from '../../backend/features/tickets/events.ts'
import { addWebhook as add, removeWebhook as remove } from '../../backend/features/webhooks/keeping.ts'
import { record } from '../../backend/platform/events.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { lookUpTicket, noteTicket, prioritiseTicket } from '../../shared/tickets.ts'
import {
  addWebhook,
  changeWebhookSecret,
  listWebhookDeliveries,
  listWebhooks,
  repeatWebhookDelivery,
  testWebhook,
  WEBHOOK_EVENTS,
} from '../../shared/webhooks.ts'
import { refusalOf } from '../support/caller.ts'
import { SUPPORT } from '../support/desk.ts'
import { startWebhookDesk, type WebhookDesk } from '../support/webhook-desk.ts'
import type { Heard } from '../support/webhook-receiver.ts'

let desk: WebhookDesk
beforeAll(async () => {
  desk = await startWebhookDesk()
})
afterAll(() => desk.stop())

const ada = () => desk.as('ada')

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
  const hook = await desk.given(['ticket.noted', 'ticket.created'])
  const ticketId = await desk.givenTicket()
  await desk.as('nora').call(prioritiseTicket, { params: { ticketId }, body: { priority: 'high', version: 1 } })
  await desk.noted(ticketId)
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
  const hook = await desk.given(['mail.received', 'ticket.created'])
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
  const hook = await desk.given()
  const ticketId = await desk.givenTicket()
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
  const ticketId = await desk.givenTicket()
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
  const hook = await desk.given()
  expect(hook.secret).toMatch(/^whsec_[\w+/]{43}=$/)
  expect(JSON.stringify(await ada().call(listWebhooks))).not.toContain('whsec_')
  const owner = new pg.Client({ connectionString: desk.database.ownerUrl })
  await owner.connect()
  const { rows } = await owner.query('select * from desk.webhook where id = $1', [hook.id])
  await owner.end()
  expect(Buffer.from(rows[0].secret).includes(Buffer.from(hook.secret))).toBe(false)
  await hook.remove()
})

test('after a change of the secret both sign for a day, then only the new one', async () => {
  const hook = await desk.given()
  const params = { webhookId: hook.id }
  const { secret } = await ada().call(changeWebhookSecret, { params, body: {} })
  const ticketId = await desk.givenTicket()
  await desk.noted(ticketId)
  const [both] = hook.heard()
  expect([await isOurs(both as Heard, hook.secret), await isOurs(both as Heard, secret)]).toEqual([true, true])
  await desk.travel('25 h')
  await desk.noted(ticketId)
  const later = hook.heard().at(-1) as Heard
  expect([await isOurs(later, hook.secret), await isOurs(later, secret)]).toEqual([false, true])
  expect(await desk.events('webhook.secret_changed')).toHaveLength(1)
  await hook.remove()
})

test('what came through can be sent again with the same id, and a test can be sent at any time', async () => {
  const hook = await desk.given()
  await desk.noted(await desk.givenTicket())
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
  const hook = await desk.given()
  const ticketId = await desk.givenTicket()
  for (let note = 0; note < 5; note++) await desk.noted(ticketId)
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
  const source = globSync('backend/features/**/*.ts')
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n')
  for (const type of Object.keys(WEBHOOK_EVENTS)) expect(source).toMatch(new RegExp(`event\\(\\s*'${type}'`))
})
