import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createContext, serve } from '../../backend/app.ts'
import { createRateLimiter } from '../../backend/platform/rate-limit.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { getReply, sendReply } from '../../shared/drafts.ts'
import { snoozeTicket } from '../../shared/queues.ts'
import { createTicket, lookUpTicket } from '../../shared/tickets.ts'
import { whileAway } from '../support/away.ts'
import { caller, refusalOf } from '../support/caller.ts'
import { type Desk, startDesk } from '../support/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

const mailOf = (messageId: string) => ({
  messageId,
  subject: 'Jar',
  from: 'ada@ada.example',
  sentAt: desk.clock.now().toISOString(),
  text: 'Broken.',
})

const lookUp = () => desk.as('nora').call(lookUpTicket, { body: { messageId: '<a@ada.example>' } })

test('while the database is away an agent is told so and when to try again, and afterwards all is well', async () => {
  await lookUp()
  await whileAway(
    desk.database,
    async () => {
      for (let time = 0; time < 8; time++)
        expect(await refusalOf(lookUp())).toMatchObject({ status: 503, code: 'unavailable', retryAfter: '5' })
    },
    { cut: true },
  )
  expect(await lookUp()).toMatchObject({ ticket: null })
})

test('a write whose connection is cut may be sent again with its key', async () => {
  const mail = mailOf('<cut@ada.example>')
  const write = () => desk.as('nora').call(createTicket, { body: mail, key: 'key-cut-0001' })
  await whileAway(desk.database, async () => expect((await refusalOf(write())).code).toBe('unavailable'), { cut: true })
  const { number } = await write()
  expect((await write()).number).toBe(number)
})

test('a request waits for a connection no longer than the setting says, and is then told when to try again', async () => {
  const { config } = desk.ctx
  const ctx = createContext(
    { ...config, db: { ...config.db, connections: 2, waitMs: 3_000 } }, // in which a slow machine, too, opens the two
    { process: 'busy', clock: desk.clock },
  )
  const api = await serve(ctx)
  const nora = caller(`http://127.0.0.1:${api.port}`, () =>
    desk.tokenOf('nora@fern.example', desk.google.users.get('nora@fern.example').sub, 'fern.example'),
  )
  const held = Promise.withResolvers<void>()
  const taken = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const work = taken.map(({ resolve }) =>
    inWorkspace(ctx, desk.workspaceId, async () => {
      resolve()
      await held.promise
    }),
  )
  try {
    await Promise.race([Promise.all(taken.map(({ promise }) => promise)), Promise.all(work)])
    const noted = nora.call(createTicket, { body: mailOf('<waits@ada.example>') })
    expect(await refusalOf(noted)).toMatchObject({ status: 503, code: 'unavailable' })
  } finally {
    held.resolve()
    await Promise.all(work)
    await api.stop()
    await ctx.close()
  }
})

test('an id in a path is the same in capitals: what is done by it is done to the same ticket, in its queue', async () => {
  const nora = desk.as('nora')
  const { id } = await nora.call(createTicket, { body: mailOf('<capitals@ada.example>') })
  const params = { ticketId: id.toUpperCase() }
  await nora.call(snoozeTicket, { params, body: { until: 'tomorrow' } })
  const { id: replyId } = await nora.call(sendReply, { params, body: { text: 'A new jar is on its way.' } })
  expect((await nora.call(getReply, { params: { ...params, replyId } })).ticketId).toBe(id)
  const { rows } = await desk.pool.query<{ queue: string }>(
    `select queue_name as queue from graphile_worker.jobs where task_identifier = 'drafts:send-reply'`,
  )
  expect(rows).toEqual([{ queue: `ticket:${id}` }])
  await desk.settle()
})

test('a body in a charset or compression that nobody reads is refused in words', async () => {
  const post = (headers: Record<string, string>) =>
    fetch(`${desk.url}/v1/gmail/push`, { method: 'POST', headers, body: '{}' })
  for (const headers of [
    { 'content-type': 'application/json; charset=klingon' },
    { 'content-type': 'application/json', 'content-encoding': 'shrink' },
  ]) {
    const response = await post(headers)
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { error: { code: 'invalid_request', message: 'Send the body as JSON in UTF-8, plain or compressed with gzip.' } },
    ])
  }
})

/** The statuses of 15 requests, each from another address by the word of a proxy, where one address may send ten. */
async function statusesBehind(trustedProxies: string[]): Promise<number[]> {
  const { config } = desk.ctx
  const rateLimiter = createRateLimiter({ actor: 100, workspace: 100, address: 1 })
  const api = await serve({ ...desk.ctx, rateLimiter, config: { ...config, http: { ...config.http, trustedProxies } } })
  const ask = (caller: number) =>
    fetch(`http://127.0.0.1:${api.port}/v1/tickets`, { headers: { 'x-forwarded-for': `203.0.113.${caller}` } })
  try {
    return (await Promise.all(Array.from({ length: 15 }, (_, caller) => ask(caller)))).map(({ status }) => status)
  } finally {
    await api.stop()
  }
}

test('callers behind a proxy that we trust are told apart, and nobody else’s word about an address counts', async () => {
  expect(new Set(await statusesBehind(['loopback']))).toEqual(new Set([401]))
  expect((await statusesBehind([])).filter((status) => status === 429)).toHaveLength(5)
})
