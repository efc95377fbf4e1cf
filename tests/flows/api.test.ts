import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { z } from 'zod'
import { routes } from '../../backend/features.ts'
import { route } from '../../backend/platform/route.ts'
import { endpoint } from '../../shared/endpoint.ts'
import { getQueue } from '../../shared/queues.ts'
import { listStaff } from '../../shared/settings.ts'
import { createTicket, listTickets } from '../../shared/tickets.ts'
import { WEBHOOK_EVENTS } from '../../shared/webhooks.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, startDesk } from '../support/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

const mail = () => ({
  messageId: `<${crypto.randomUUID()}@ada.example>`,
  subject: 'Jar',
  from: 'ada@ada.example',
  sentAt: desk.clock.now().toISOString(),
  text: 'Broken.',
})
const bearer = (claims: Partial<Parameters<typeof desk.google.mintIdentityToken>[0]>) =>
  desk.google.mintIdentityToken({
    email: 'nora@fern.example',
    sub: desk.google.users.get('nora@fern.example').sub,
    hd: 'fern.example',
    aud: 'addon-client',
    ...claims,
  })

test('the probes answer without identity, and /readyz says what is missing', async () => {
  expect(await (await fetch(`${desk.url}/healthz`)).json()).toEqual({ status: 'ok' })
  expect(await (await fetch(`${desk.url}/readyz`)).json()).toEqual({ status: 'ready', problems: [] })
  expect(await (await fetch(`${desk.url}/metrics`)).text()).toContain('sidedesk_http_request_seconds_bucket')
})

test("the add-on's help and logo are there for everybody", async () => {
  const help = await fetch(`${desk.url}/help`)
  expect([help.status, await help.text()]).toEqual([200, expect.stringContaining('Where is the ticket?')])
  expect((await fetch(`${desk.url}/logo.png`)).headers.get('content-type')).toBe('image/png')
})

test('the API describes every endpoint that it serves, in OpenAPI and on a page', async () => {
  const description = (await (await fetch(`${desk.url}/openapi.json`)).json()) as {
    openapi: string
    paths: Record<string, object>
    webhooks: Record<string, object>
  }
  expect(description.openapi).toBe('3.1.0')
  const page = await (await fetch(`${desk.url}/docs`)).text()
  for (const { endpoint: served } of routes) {
    const described = description.paths[served.path.replace(/:(\w+)/g, '{$1}')]
    expect(Object.keys(described ?? {})).toContain(served.method.toLowerCase())
    expect(page).toContain(served.path)
  }
  expect(Object.keys(description.webhooks)).toEqual(Object.keys(WEBHOOK_EVENTS))
})

test('a token for another client, of another issuer, past its end, or of an unknown domain is refused', async () => {
  const status = async (token: string) => (await refusalOf(desk.withToken(token).call(listStaff))).status
  expect(await status(bearer({ aud: 'someone-else' }))).toBe(401)
  expect(await status(bearer({ hd: 'stranger.example' }))).toBe(401)
  expect(await status(bearer({ emailVerified: false }))).toBe(401)
  const old = bearer({})
  await desk.travel('2 h')
  expect(await status(old)).toBe(401)
})

test('a colleague without a role is told whom to ask', async () => {
  const refused = await refusalOf(desk.withToken(bearer({ email: 'new@fern.example', sub: '123456' })).call(listStaff))
  expect(refused).toMatchObject({
    status: 403,
    code: 'unknown_staff',
    message: 'You are not on the staff of this desk yet. Ask Ada (ada@fern.example).',
  })
})

test('an invited person is bound to their Google account at the first sign-in; the address alone no longer opens the desk', async () => {
  await desk.as('sam').call(listStaff)
  const stolen = bearer({ email: 'sam@fern.example', sub: '666' })
  expect(await refusalOf(desk.withToken(stolen).call(listStaff))).toMatchObject({ code: 'unknown_staff' })
})

test('an add-on that is too old is told to update', async () => {
  const refused = await refusalOf(desk.as('nora').call(listStaff, { headers: { 'x-sidedesk-addon': '0.0.9' } }))
  expect(refused).toMatchObject({ status: 426, code: 'addon_outdated' })
})

test('a request over 1 MB, a field over its length and a wrong shape are refused with the limit and the field', async () => {
  const create = (body: object) => refusalOf(desk.as('nora').call(createTicket, { body: { ...mail(), ...body } }))
  expect(await create({ text: 'x'.repeat(1_100_000) })).toMatchObject({
    status: 413,
    message: expect.stringContaining('1 MB'),
  })
  expect(await create({ text: 'x'.repeat(100_001) })).toMatchObject({
    status: 400,
    message: expect.stringMatching(/body\.text.*100000/),
  })
  expect(await create({ sentAt: 'yesterday' })).toMatchObject({
    status: 400,
    message: expect.stringContaining('body.sentAt'),
  })
  const odd = await fetch(`${desk.url}/v1/tickets`, {
    method: 'POST',
    body: '{"half":',
    headers: { authorization: `Bearer ${bearer({})}`, 'content-type': 'application/json' },
  })
  expect(odd.status).toBe(400)
  expect(await refusalOf(desk.as('nora').call(listTickets, { query: { limit: 1_000 } }))).toMatchObject({
    status: 400,
    message: expect.stringContaining('query.limit'),
  })
  expect(await refusalOf(desk.as('nora').call(getQueue, { params: { view: 'theirs' } }))).toMatchObject({ status: 400 })
})

test('an unknown path says where the API is described', async () => {
  const response = await fetch(`${desk.url}/v1/nothing`)
  expect([response.status, ((await response.json()) as { error: { message: string } }).error.message]).toEqual([
    404,
    'There is no GET /v1/nothing. The API is described at /docs.',
  ])
})

test('an answer leaves out whatever its contract does not name', () => {
  const contract = endpoint('GET', '/v1/x', { summary: 'x', callers: ['agent'], reply: z.object({ name: z.string() }) })
  const leaky = route(contract, async () => ({ name: 'a', secret: 'b' }))
  expect(leaky.endpoint.reply.parse({ name: 'a', secret: 'b' })).toEqual({ name: 'a' })
})

test('whoever asks too often is told when to come back', async () => {
  const slow = await startDesk({ env: { RATE_ACTOR: '1' } })
  try {
    const calls = await Promise.allSettled(Array.from({ length: 12 }, () => slow.as('nora').call(listStaff)))
    const refused = calls
      .filter((call): call is PromiseRejectedResult => call.status === 'rejected')
      .map(({ reason }) => reason)
    expect(refused).toHaveLength(2)
    expect(refused[0]).toMatchObject({ status: 429, code: 'rate_limited', retryAfter: expect.stringMatching(/^\d+$/) })
  } finally {
    await slow.stop()
  }
})

test('the homepage shows the work of whoever looks, and the counts of all views', async () => {
  const before = (await desk.as('nora').call(getQueue, { params: { view: 'mine' } })).counts
  const ticket = await desk.as('nora').call(createTicket, { body: mail() })
  const after = await desk.as('nora').call(getQueue, { params: { view: 'unassigned' } })
  expect(after.counts).toMatchObject({ mine: before.mine, unassigned: before.unassigned + 1, open: before.open + 1 })
  expect(after.items.map(({ id }) => id)).toContain(ticket.id)
  expect(after).toMatchObject({ me: { name: 'Nora' }, workspace: 'Fern & Fig' })
})

test('refusals of someone known are in the record', async () => {
  await refusalOf(desk.as('rhea').call(createTicket, { body: mail() }))
  const events = await desk.events('access.refused')
  expect(events).toContainEqual(
    expect.objectContaining({
      actorId: desk.staff.rhea.id,
      payload: { endpoint: 'POST /v1/tickets', role: 'read-only' },
    }),
  )
})
