import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { makeMails } from './mails.ts'

/**
 * A Gmail whose mails come one by one, and its Pub/Sub, which pushes at each of them with a token that Google's published key proves. A
 * process of its own. `/begin` starts it, `/sent` tells when each push left. @example node live-gmail.ts 600 20 push@bench.example
 */
const [count = 0, perSecond = 1] = process.argv.slice(2, 4).map(Number)
const account = process.argv[4] ?? ''
const START = 1_000
const PAGE = 500
const SEED = 13
const ADDRESS = 'archive-live@bench.example'
const json = (value: unknown) => Buffer.from(JSON.stringify(value))
const idOf = (number: number) => (SEED * 0x1000000 + number).toString(16).padStart(16, '0')

const labelIds = ['INBOX', 'UNREAD']
const message = (number: number) => ({ id: idOf(number), threadId: idOf(number), labelIds })
const positionOf = (number: number) => String(START + number + 1)
const ready = new Map<string, Buffer>()
for (const [number, raw] of makeMails(count, SEED).entries()) {
  const more = { historyId: positionOf(number), sizeEstimate: raw.length, raw: raw.toString('base64url') }
  ready.set(`messages/${idOf(number)}`, json({ ...message(number), ...more, internalDate: String(Date.now()) }))
}

const { publicKey, privateKey } = await generateKeyPair('RS256')
const keys = json({ keys: [{ ...(await exportJWK(publicKey)), kid: 'bench', alg: 'RS256', use: 'sig' }] })

/** How many mails have come so far. */
let come = 0
const sent: Record<string, number> = {}
const refused: string[] = []

/** One mail every `1 / perSecond` s, and a push for each, whether or not earlier ones were answered. */
async function begin(url: string, audience: string): Promise<void> {
  const token = await new SignJWT({ email: account, email_verified: true })
    .setProtectedHeader({ alg: 'RS256', kid: 'bench' })
    .setIssuer('https://accounts.google.com')
    .setAudience(audience)
    .setSubject('pub-sub')
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(privateKey)
  const started = performance.now()
  while (come < count) {
    const early = started + (come * 1_000) / perSecond - performance.now()
    if (early > 0) await pause(early)
    const number = come++
    sent[idOf(number)] = Date.now()
    void push(url, token, number).catch((error: unknown) => refused.push(String(error)))
  }
}

async function push(url: string, token: string, number: number): Promise<void> {
  const data = json({ emailAddress: ADDRESS, historyId: positionOf(number) }).toString('base64')
  const reply = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ message: { data, messageId: `push-${number}` }, subscription: 'bench' }),
  })
  const { accepted } = (await reply.json()) as { accepted?: boolean }
  if (!accepted) refused.push(`${number}: status ${reply.status}`)
}

/** What came after a position. */
function changesAfter(start: number, pageToken: number): Buffer {
  const first = start - START + pageToken
  const history = Array.from({ length: Math.min(PAGE, Math.max(0, come - first)) }, (_, at) => ({
    id: positionOf(first + at),
    messagesAdded: [{ message: message(first + at) }],
  }))
  const next = first + PAGE < come ? { nextPageToken: String(pageToken + PAGE) } : {}
  return json({ history, historyId: String(START + come), ...next })
}

function answerTo({ pathname, searchParams }: URL): Buffer | undefined {
  const path = pathname.replace('/gmail/v1/users/me/', '')
  if (path === '/begin') {
    void begin(searchParams.get('url') ?? '', searchParams.get('audience') ?? '')
    return json({})
  }
  if (path === '/sent') return json({ sent, refused })
  if (path === '/token') return json({ access_token: 'live', expires_in: 3_600 })
  if (path === '/oauth2/v3/certs') return keys
  if (path === 'profile')
    return json({ emailAddress: ADDRESS, historyId: String(START + come), messagesTotal: come, threadsTotal: come })
  if (path === 'history')
    return changesAfter(Number(searchParams.get('startHistoryId')), Number(searchParams.get('pageToken') ?? 0))
  return ready.get(path)
}

const server = createServer((request, response) => {
  request.resume()
  const bytes = answerTo(new URL(request.url ?? '/', 'http://live'))
  response.writeHead(bytes ? 200 : 404, { 'content-type': 'application/json', 'content-length': bytes?.length ?? 2 })
  response.end(bytes ?? '{}')
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => console.log(`listens on ${(server.address() as AddressInfo).port}`))
