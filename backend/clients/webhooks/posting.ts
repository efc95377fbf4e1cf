import { lookup } from 'node:dns'
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { isPublicAddress, namesPrivateAddress } from './addresses.ts'

/** Why there was no answer at all. */
export type Problem = 'private_address' | 'no_address' | 'timeout' | 'no_connection' | 'no_tls'

/** `ms` until the answer or the problem; `answer` is the beginning of the body; `retryAfter` in seconds, when the receiver asks for time. */
export type Answered = { ms: number } & (
  | { status: number; answer: Buffer; retryAfter: number | null }
  | { problem: Problem }
)

type Message = { headers: Record<string, string>; body: string | Buffer }

/** A receiver takes the message and works on it later. */
const PATIENCE_MS = 10_000
const ANSWER_BYTES = 1_024

/**
 * Posts to an address that a workspace chose, JSON unless the headers name another type. No redirect is followed, nothing is tried
 * again, and unless `toPrivate` is set no connection is made to an address that is not public: the very address that the name was
 * looked up to is the one that is used.
 * @returns how it ended; never throws
 */
export async function postWebhook(
  url: string,
  message: Message,
  { toPrivate, patienceMs = PATIENCE_MS }: { toPrivate: boolean; patienceMs?: number },
): Promise<Answered> {
  const started = performance.now()
  const ms = () => Math.round(performance.now() - started)
  const wanted = new URL(url)
  if (!toPrivate && (wanted.protocol !== 'https:' || namesPrivateAddress(wanted)))
    return { problem: 'private_address', ms: ms() }
  const signal = AbortSignal.timeout(patienceMs)
  try {
    const response = await answerTo(open(wanted, message, { signal, toPrivate }), message.body)
    const answer = await beginningOf(response)
    const { statusCode: status = 0, headers } = response
    return { status, answer, retryAfter: secondsIn(headers['retry-after']), ms: ms() }
  } catch (error) {
    return { problem: signal.aborted ? 'timeout' : problemOf(error), ms: ms() }
  }
}

function open(
  url: URL,
  { headers, body }: Message,
  { signal, toPrivate }: { signal: AbortSignal; toPrivate: boolean },
): ClientRequest {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest
  return request(url, {
    method: 'POST',
    agent: false,
    signal,
    ...(!toPrivate && { lookup: publicOnly }),
    headers: { 'content-type': 'application/json', ...headers, 'content-length': Buffer.byteLength(body) },
  })
}

class PrivateAddress extends Error {
  override name = 'PrivateAddress'
}

/** Fails when any address of a name is not public: a name that answers differently the next time gains nothing. */
const publicOnly: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, [])
    if (!addresses.every(({ address }) => isPublicAddress(address)))
      return callback(new PrivateAddress(`${hostname} is not on the internet`), [])
    const [first] = addresses
    if (options.all || !first) return callback(null, addresses)
    callback(null, first.address, first.family)
  })
}

const answerTo = (request: ClientRequest, body: string | Buffer): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request.once('response', resolve)
    request.on('error', reject)
    request.end(body)
  })

/** What was said counts, even when the rest of the body never comes; the status is known by then. */
async function beginningOf(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes >= ANSWER_BYTES) break
    }
  } catch (error) {
    if (!response.destroyed) throw error
  }
  response.destroy()
  return Buffer.concat(chunks).subarray(0, ANSWER_BYTES)
}

const secondsIn = (header: string | undefined): number | null =>
  header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) : null

function problemOf(error: unknown): Problem {
  if (error instanceof PrivateAddress) return 'private_address'
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'no_address'
  return /CERT|TLS|SSL|SIGNATURE|ALTNAME|EPROTO/.test(code) ? 'no_tls' : 'no_connection'
}
