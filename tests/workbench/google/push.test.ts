import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import type { Google } from '../../../workbench/emulators/google/google.ts'
import { ARCHIVE, clientFor, fromAda, inFolder, NORA, question, refusalOf, start, travelling } from './start.ts'

interface Push {
  token: string
  emailAddress: string
  historyId: string
  subscription: string
  messageId: string
}

let google: Google
let server: Server
let pushes: Push[]
let answers: number[]
const clock = travelling()
const topicName = 'projects/desk/topics/gmail'

beforeEach(async () => {
  pushes = []
  answers = []
  server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk) => (text += chunk))
    request.on('end', () => {
      const { message, subscription } = JSON.parse(text)
      const data = JSON.parse(Buffer.from(message.data, 'base64').toString())
      const token = request.headers.authorization?.replace('Bearer ', '') ?? ''
      pushes.push({
        token,
        emailAddress: data.emailAddress,
        historyId: String(data.historyId),
        subscription,
        messageId: message.messageId,
      })
      response.writeHead(answers.shift() ?? 204).end()
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  google = await start({ clock, push: { url: target(), audience: 'desk-push' } })
})

afterEach(async () => {
  await google.close()
  await new Promise((done) => server.close(done))
})

const target = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/push`

const watch = () => clientFor(google, ARCHIVE).users.watch({ userId: 'me', requestBody: { topicName } })

test('a change in a watched mailbox is pushed in the Pub/Sub envelope with a token that verifies', async () => {
  const { data } = await watch()
  expect(Number(data.expiration) - clock.now().getTime()).toBeGreaterThan(6.9 * 24 * 3600 * 1000)
  google.deliver(question(), fromAda)
  await google.settle()
  const last = pushes.at(-1)
  expect(last).toMatchObject({ emailAddress: ARCHIVE, historyId: google.users.historyId(ARCHIVE) })
  const keys = createRemoteJWKSet(new URL(`${google.url}/oauth2/v3/certs`))
  const { payload } = await jwtVerify(last?.token ?? '', keys, {
    audience: 'desk-push',
    issuer: 'https://accounts.google.com',
  })
  expect(payload).toMatchObject({ email: 'gmail-push@workbench.iam.gserviceaccount.com', email_verified: true })
})

test('many changes at once are few notices, the last one with the newest history id', async () => {
  await watch()
  for (let n = 0; n < 50; n++) google.deliver(question([], `<q${n}@customer.example>`), fromAda)
  await google.settle()
  expect(pushes.length).toBeLessThan(10)
  expect(pushes.at(-1)?.historyId).toBe(google.users.historyId(ARCHIVE))
})

test('a refused notice comes again until it is taken', async () => {
  answers = [500, 503, 204]
  await watch()
  await google.settle()
  while (google.push.counts().acknowledged === 0) await google.settle().then(() => new Promise(setImmediate))
  expect(google.push.counts()).toMatchObject({ published: 1, refused: 2, acknowledged: 1 })
  expect(new Set(pushes.map((push) => push.messageId)).size).toBe(1)
})

test('nobody is told about a mailbox without watch, after stop, or after seven days', async () => {
  google.deliver(question(), fromAda)
  await google.settle()
  expect(pushes).toHaveLength(0)
  await watch()
  await google.settle()
  const told = pushes.length
  clock.travel(7 * 24 * 3600 * 1000 + 1)
  google.deliver(question([], '<q2@customer.example>'), fromAda)
  await google.settle()
  expect(pushes).toHaveLength(told)
  await watch()
  await clientFor(google, ARCHIVE).users.stop({ userId: 'me' })
  await google.settle()
  google.deliver(question([], '<q3@customer.example>'), fromAda)
  await google.settle()
  expect(pushes.length).toBeLessThanOrEqual(told + 1)
})

test('a notice can be lost on the way, and a topic must be one', async () => {
  google.push.lose(1)
  await watch()
  await google.settle()
  expect(pushes).toHaveLength(0)
  expect(google.push.counts().lost).toBe(1)
  const wrong = clientFor(google, NORA).users.watch({ userId: 'me', requestBody: { topicName: 'gmail' } })
  expect((await refusalOf(wrong)).status).toBe(400)
})

test('what was not acknowledged before a restart is told after it', () =>
  inFolder(async (dataDir) => {
    const first = await start({ dataDir, clock })
    await clientFor(first, ARCHIVE).users.watch({ userId: 'me', requestBody: { topicName } })
    first.deliver(question(), fromAda)
    await first.close()
    const second = await start({ dataDir, clock, push: { url: target() } })
    await second.settle()
    expect(pushes.at(-1)?.historyId).toBe(second.users.historyId(ARCHIVE))
    await second.close()
  }))
