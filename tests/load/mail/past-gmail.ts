import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { makeMails } from './mails.ts'

/**
 * A Gmail whose mailbox has a past: mails spread evenly over a stretch of time, found by their second without a search. Bodies are taken
 * in turn from a set made in advance, and each mail gets an id and a sender of its own as it is asked for, so that a hundred thousand
 * need no memory here. A process of its own, so that it is not what is measured.
 */
const [count = 0, since = 0, until = 0] = process.argv.slice(2).map(Number)
const BODIES = 1_000
const PAGE = 500
const STEP = (until - since) / count
const bodies = makeMails(Math.min(BODIES, count), 17).map((raw) => raw.toString('latin1'))

const idOf = (number: number): string => (0x5000000000 + number).toString(16).padStart(16, '0')
const numberOf = (id: string): number => Number.parseInt(id, 16) - 0x5000000000
const secondOf = (number: number): number => since + number * STEP

/** Numbers of the mails in an open interval of seconds, as the words `after` and `before` say it. */
function between(query: string): { from: number; to: number } {
  const [after = since, before = until + 1] = [/after:(\d+)/, /before:(\d+)/]
    .map((word) => word.exec(query)?.[1])
    .map((text) => (text === undefined ? undefined : Number(text)))
  const from = Math.max(0, Math.ceil((after - since) / STEP))
  return { from, to: Math.min(count, Math.ceil((before - since) / STEP)) }
}

function listed(url: URL): object {
  const { from, to } = between(url.searchParams.get('q') ?? '')
  const skipped = Number(url.searchParams.get('pageToken') ?? 0)
  const newest = to - 1 - skipped
  const size = Math.max(0, Math.min(PAGE, newest - from + 1))
  const messages = Array.from({ length: size }, (_, n) => ({ id: idOf(newest - n), threadId: idOf(newest - n) }))
  return { messages, ...(newest - from + 1 > PAGE && { nextPageToken: String(skipped + PAGE) }) }
}

function message(id: string): object {
  const number = numberOf(id)
  const body = bodies[number % bodies.length] ?? ''
  const raw = body
    .replace(/customer\d+\.17@/, `customer${number}.past@`)
    .replace(/Message-ID: <[^>]*>/, `Message-ID: <past.${number}@buyers.example>`)
  return {
    id,
    threadId: id,
    labelIds: ['INBOX'],
    historyId: '1000',
    internalDate: String(Math.floor(secondOf(number) * 1_000)),
    sizeEstimate: raw.length,
    raw: Buffer.from(raw, 'latin1').toString('base64url'),
  }
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://flat')
  const answer = (value: object) => {
    const bytes = Buffer.from(JSON.stringify(value))
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length })
    response.end(bytes)
  }
  if (url.pathname === '/token') {
    let body = ''
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () =>
      answer({ access_token: new URLSearchParams(body).get('refresh_token'), expires_in: 86_400 }),
    )
    return
  }
  const path = url.pathname.replace('/gmail/v1/users/me/', '')
  if (path === 'profile') return answer({ emailAddress: 'archive-past@bench.example', historyId: '1000' })
  if (path === 'history') return answer({ historyId: '1000' })
  if (path === 'messages') return answer(listed(url))
  return answer(message(path.slice('messages/'.length)))
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => console.log(`listens on ${(server.address() as AddressInfo).port}`))
