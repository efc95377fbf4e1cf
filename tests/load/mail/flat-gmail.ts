import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { makeStream } from './answers.ts'
import { makeMails } from './mails.ts'

/**
 * A Gmail that does nothing but answer: mailboxes of mails made in advance (warm, main, and a stream of new mails and answers to main's), every reply ready as bytes and found by its key.
 * A process of its own, so that it is not what is measured. A refresh token names its mailbox; so does the access token it gives.
 */
const START = '1000'
const PAGE = 500
const json = (value: unknown) => Buffer.from(JSON.stringify(value))

const ready = new Map<string, Buffer>()
const [warm = 0, main = 0, stream = 0] = process.argv.slice(2).map(Number)
const mainMails = makeMails(main, 11)
for (const [name, seed, mails] of [
  ['warm', 7, makeMails(warm, 7)],
  ['main', 11, mainMails],
  ['stream', 17, makeStream(stream, 17, mainMails)],
] as const) {
  const added = mails.map((_, number) => {
    const id = idOf(seed, number)
    return {
      id: String(Number(START) + number + 1),
      messagesAdded: [{ message: { id, threadId: id, labelIds: ['INBOX', 'UNREAD'] } }],
    }
  })
  const last = String(Number(START) + mails.length)
  ready.set(
    `${name} profile`,
    json({ emailAddress: `archive-${name}@bench.example`, historyId: START, messagesTotal: 0, threadsTotal: 0 }),
  )
  for (let at = 0; at < added.length || at === 0; at += PAGE) {
    const next = at + PAGE < added.length ? { nextPageToken: String(at + PAGE) } : {}
    ready.set(`${name} history ${at}`, json({ history: added.slice(at, at + PAGE), historyId: last, ...next }))
  }
  ready.set(`${name} history end`, json({ historyId: last }))
  for (const [number, raw] of mails.entries()) {
    const id = idOf(seed, number)
    const message = {
      id,
      threadId: id,
      labelIds: ['INBOX', 'UNREAD'],
      historyId: added[number]?.id,
      internalDate: String(Date.now()),
      sizeEstimate: raw.length,
    }
    ready.set(`${name} message ${id}`, json({ ...message, raw: raw.toString('base64url') }))
  }
}

function idOf(seed: number, number: number): string {
  return (seed * 0x1000000 + number).toString(16).padStart(16, '0')
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://flat')
  if (url.pathname === '/token') {
    let body = ''
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () =>
      answer(json({ access_token: new URLSearchParams(body).get('refresh_token'), expires_in: 3_600 })),
    )
    return
  }
  const mailbox = request.headers.authorization?.replace('Bearer ', '')
  const path = url.pathname.replace('/gmail/v1/users/me/', '')
  if (path === 'profile') return answer(ready.get(`${mailbox} profile`))
  if (path === 'history')
    return answer(
      ready.get(
        `${mailbox} history ${url.searchParams.get('startHistoryId') === START ? (url.searchParams.get('pageToken') ?? 0) : 'end'}`,
      ),
    )
  return answer(ready.get(`${mailbox} message ${path.slice('messages/'.length)}`))

  function answer(bytes: Buffer | undefined): void {
    response.writeHead(bytes ? 200 : 404, { 'content-type': 'application/json', 'content-length': bytes?.length ?? 2 })
    response.end(bytes ?? '{}')
  }
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => console.log(`listens on ${(server.address() as AddressInfo).port}`))
