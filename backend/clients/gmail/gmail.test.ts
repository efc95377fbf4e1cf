import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { travellingClock } from '../../platform/clock.ts'
import { createMetrics } from '../../platform/metrics.ts'
import {
  createGmail,
  GmailAccessLost,
  GmailHistoryGone,
  GmailRefused,
  GmailUnavailable,
  type MailboxAccess,
} from './index.ts'

type Answer = { status: number; body: unknown; text?: string; headers?: Record<string, string> }

/** Google as far as these tests need it: answers what it is told, keeps what it was asked. */
const asked: { method: string; path: string; body: string; authorization: string | undefined }[] = []
let answers: { api: Answer; token: Answer }
const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
  let body = ''
  for await (const chunk of request) body += chunk
  const path = request.url ?? ''
  asked.push({ method: request.method ?? '', path, body, authorization: request.headers.authorization })
  const answer = path === '/token' ? answers.token : answers.api
  response
    .writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
    .end(answer.text ?? JSON.stringify(answer.body))
})
let url = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))
beforeEach(() => {
  asked.length = 0
  answers = { api: { status: 200, body: {} }, token: { status: 200, body: { access_token: 'one', expires_in: 3_600 } } }
})

const clock = travellingClock()
const access: MailboxAccess = {
  mailboxId: '0199',
  address: 'archive@shop.example',
  access: 'refresh_token',
  secret: 'refresh',
}
const metrics = createMetrics({ runtime: false })
const connect = () =>
  createGmail({
    gmailUrl: url,
    tokenUrl: `${url}/token`,
    clientId: 'id',
    clientSecret: 'secret',
    clock,
    metrics,
  }).mailbox(access)
const apiCalls = () => asked.filter(({ path }) => path !== '/token')
const error = (code: number, reason: string, message = reason) => ({
  status: code,
  body: { error: { code, message, errors: [{ reason, message }] } },
})

test('an answer of 503 is tried once, and says when to come back', async () => {
  answers.api = { ...error(503, 'backendError'), headers: { 'retry-after': '7' } }
  const failure = await connect()
    .profile()
    .catch((reason: unknown) => reason)
  expect(failure).toBeInstanceOf(GmailUnavailable)
  expect(failure).toMatchObject({ code: 'gmail_unavailable', retryAfter: 7, mayHaveHappened: true })
  expect(apiCalls()).toHaveLength(1)
})

test.each([
  ['a quota of this user', error(403, 'userRateLimitExceeded'), GmailUnavailable],
  ['too many requests', error(429, 'rateLimitExceeded'), GmailUnavailable],
  ['a bad request', error(400, 'invalidArgument'), GmailRefused],
  ['denied delegation', error(403, 'forbidden', 'Delegation denied for nora@shop.example'), GmailAccessLost],
  ['a missing scope', error(403, 'insufficientPermissions'), GmailAccessLost],
  ['a fresh token that is refused', error(401, 'authError'), GmailAccessLost],
])('%s is sorted', async (_name, answer, kind) => {
  answers.api = answer
  await expect(connect().profile()).rejects.toBeInstanceOf(kind)
  expect(apiCalls()).toHaveLength(1)
})

test('a refusal for being too fast never had its effect', async () => {
  answers.api = error(429, 'rateLimitExceeded')
  await expect(connect().send({ raw: Buffer.from('x') })).rejects.toMatchObject({ mayHaveHappened: false })
})

test('a connection that breaks leaves the outcome of a send open', async () => {
  const nowhere = createGmail({
    gmailUrl: 'http://127.0.0.1:9',
    tokenUrl: `${url}/token`,
    clientId: 'id',
    clientSecret: 's',
    clock,
    metrics,
  })
  await expect(nowhere.mailbox(access).send({ raw: Buffer.from('x') })).rejects.toMatchObject({
    code: 'gmail_unavailable',
    mayHaveHappened: true,
  })
})

test('a call that is not answered in time is given up', async () => {
  const silent = createServer(() => undefined)
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const gmailUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
  const gmail = createGmail({
    gmailUrl,
    tokenUrl: `${url}/token`,
    clientId: 'id',
    clientSecret: 's',
    clock,
    metrics,
    timeoutMs: 4_000, // the sign-in before it must be in time on a busy machine
  })
  await expect(gmail.mailbox(access).profile()).rejects.toMatchObject({
    code: 'gmail_unavailable',
    mayHaveHappened: true,
  })
  silent.closeAllConnections()
  await new Promise((resolve) => silent.close(resolve))
})

test.each([
  ['stops in the middle', (response: ServerResponse) => void response.write('{"emailAddress":')],
  ['breaks off', (response: ServerResponse) => response.write('{"emailAddress":', () => response.destroy())],
])('an answer that %s is none', async (_how, begin) => {
  const halting = createServer((_request, response) => begin(response.writeHead(200, { 'content-length': 1_000 })))
  await new Promise<void>((resolve) => halting.listen(0, '127.0.0.1', resolve))
  const gmail = createGmail({
    gmailUrl: `http://127.0.0.1:${(halting.address() as AddressInfo).port}`,
    tokenUrl: `${url}/token`,
    clientId: 'id',
    clientSecret: 's',
    clock,
    metrics,
    timeoutMs: 4_000,
  })
  await expect(gmail.mailbox(access).profile()).rejects.toMatchObject({
    code: 'gmail_unavailable',
    mayHaveHappened: true,
  })
  halting.closeAllConnections()
  await new Promise((resolve) => halting.close(resolve))
})

test('one call after another takes the same connection', async () => {
  answers.api = { status: 200, body: { emailAddress: 'archive@shop.example', historyId: '12' } }
  const ports = new Set<number | undefined>()
  const note = ({ socket, url: path }: IncomingMessage) => path !== '/token' && ports.add(socket.remotePort)
  server.on('request', note)
  const mailbox = connect()
  for (let call = 0; call < 5; call++) await mailbox.profile()
  server.off('request', note)
  expect(ports.size).toBe(1)
})

test('what is asked for arrives as it was meant, whatever letters it has', async () => {
  answers.api = { status: 200, body: {} }
  const mailbox = connect()
  await mailbox.messages({ query: 'from:"ä & b"+c', labels: ['INBOX', 'Label_1'], spamAndTrash: true })
  await mailbox.findByMessageId('<a+b&c=d/e@x.example>')
  answers.api = { status: 204, body: null, text: '' }
  await expect(mailbox.deleteLabel('../a?b')).resolves.toBeNull()
  const [listed, found, deleted] = apiCalls().map(({ path }) => new URL(path, url))
  expect(listed?.pathname).toBe('/gmail/v1/users/me/messages')
  expect([...(listed?.searchParams ?? [])]).toEqual([
    ['maxResults', '500'],
    ['includeSpamTrash', 'true'],
    ['q', 'from:"ä & b"+c'],
    ['labelIds', 'INBOX'],
    ['labelIds', 'Label_1'],
  ])
  expect(found?.searchParams.get('q')).toBe('rfc822msgid:a+b&c=d/e@x.example')
  expect(apiCalls()[2]?.method).toBe('DELETE')
  expect(deleted?.pathname).toBe('/gmail/v1/users/me/labels/..%2Fa%3Fb')
})

test('a page that stands between us and Google is no answer of the mailbox', async () => {
  answers.api = { status: 502, body: null, text: '<html>Bad gateway</html>', headers: { 'content-type': 'text/html' } }
  await expect(connect().profile()).rejects.toMatchObject({ name: 'GmailUnavailable', mayHaveHappened: true })
  answers.api = { status: 200, body: null, text: '<html>Sign in to this network</html>' }
  await expect(connect().profile()).rejects.toMatchObject({ name: 'GmailUnavailable', mayHaveHappened: true })
})

test('revoked access is told apart from an outage of the sign-in', async () => {
  answers.token = { status: 400, body: { error: 'invalid_grant' } }
  await expect(connect().profile()).rejects.toMatchObject({ name: 'GmailAccessLost', problem: 'revoked' })
  answers.token = { status: 503, body: {} }
  await expect(connect().profile()).rejects.toBeInstanceOf(GmailUnavailable)
  expect(apiCalls()).toHaveLength(0)
})

test('a token serves until a minute before its end, also for callers at the same moment', async () => {
  answers.api = { status: 200, body: { emailAddress: 'archive@shop.example', historyId: '12' } }
  const mailbox = connect()
  await Promise.all([mailbox.profile(), mailbox.profile()])
  clock.travel(58 * 60_000)
  await mailbox.profile()
  expect(asked.filter(({ path }) => path === '/token')).toHaveLength(1)
  clock.travel(61_000)
  await mailbox.profile()
  expect(asked.filter(({ path }) => path === '/token')).toHaveLength(2)
  expect(apiCalls().every(({ authorization }) => authorization === 'Bearer one')).toBe(true)
})

test('a position that is too old is not just a missing thing; a mail that is gone is no failure', async () => {
  answers.api = error(404, 'notFound')
  await expect(connect().history({ startHistoryId: '1' })).rejects.toBeInstanceOf(GmailHistoryGone)
  await expect(connect().raw('gone')).resolves.toBeNull()
})

test('raw bytes come back exactly, whatever they are', async () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index))
  answers.api = {
    status: 200,
    body: { id: 'a', threadId: 't', internalDate: '1763700000000', raw: bytes.toString('base64url') },
  }
  const mail = await connect().raw('a')
  expect(mail?.raw.equals(bytes)).toBe(true)
  expect(mail).toMatchObject({ acceptedAt: new Date(1_763_700_000_000), labelIds: [] })
})

test('bytes of a mail come back exactly however the answer is written, and a text about raw is none', async () => {
  const bytes = Buffer.from([255, 254, 253, 0])
  for (const [raw, space] of [
    [bytes.toString('base64url'), 2],
    [`${bytes.toString('base64url')}==`, 0],
    ['', 0],
  ] as const) {
    const body = { id: 'a', snippet: '"raw": "no" "raw', labelIds: ['raw'], threadId: 't', internalDate: '1', raw }
    answers.api = { status: 200, body: null, text: JSON.stringify({ ...body, historyId: '7' }, null, space) }
    const written = answers.api.text ?? ''
    for (const text of [written, written.replaceAll('=', '\\u003d')]) {
      answers.api.text = text
      const mail = await connect().raw('a')
      expect(mail?.raw.equals(raw === '' ? Buffer.alloc(0) : bytes)).toBe(true)
      expect(mail).toMatchObject({ labelIds: ['raw'], historyId: '7' })
    }
  }
})

test('what is refused while a mail is read is understood as in any other call', async () => {
  answers.api = error(403, 'userRateLimitExceeded')
  await expect(connect().raw('a')).rejects.toMatchObject({ name: 'GmailTooFast' })
  answers.api = error(403, 'insufficientPermissions')
  await expect(connect().raw('a')).rejects.toBeInstanceOf(GmailAccessLost)
})

test('a service account asks with a signed assertion in the name of the mailbox', async () => {
  const { generateKeyPair, exportPKCS8, decodeJwt } = await import('jose')
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const secret = JSON.stringify({ client_email: 'robot@project.example', private_key: await exportPKCS8(privateKey) })
  answers.api = { status: 200, body: { emailAddress: 'archive@shop.example', historyId: '12' } }
  const gmail = createGmail({
    gmailUrl: url,
    tokenUrl: `${url}/token`,
    clientId: 'id',
    clientSecret: 's',
    clock,
    metrics,
  })
  await gmail.mailbox({ ...access, access: 'service_account', secret }).profile()
  const form = new URLSearchParams(asked[0]?.body)
  expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer')
  expect(decodeJwt(form.get('assertion') ?? '')).toMatchObject({
    iss: 'robot@project.example',
    sub: 'archive@shop.example',
    aud: `${url}/token`,
  })
})
