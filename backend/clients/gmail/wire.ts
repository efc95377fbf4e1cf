import { Agent as PlainAgent, request as plainRequest } from 'node:http'
import { Agent, request } from 'node:https'

/** One call of the Gmail API, for the account of the token. `path`: what stands behind the account; `asBytes`: the answer as it came. */
export type Call = {
  verb?: 'GET' | 'POST' | 'DELETE'
  path: string
  query?: Record<string, string | number | boolean | readonly string[] | undefined>
  body?: object
  asBytes?: boolean
}

/** @throws Unsuccessful, or whatever kept the answer away */
export type Send = (call: Call, token: string, timeoutMs: number) => Promise<unknown>

/** Google answered, and not with what was asked for. */
export class Unsuccessful extends Error {
  override name = 'Unsuccessful'
  readonly status: number
  /** As it is written in the answer's head. */
  readonly retryAfter: string | null
  readonly answer: unknown

  constructor({ status, retryAfter, bytes }: Answer) {
    super(`Gmail answered ${status}`)
    this.status = status
    this.retryAfter = retryAfter
    this.answer = asJson(bytes)
  }
}

type Answer = { status: number; retryAfter: string | null; bytes: Buffer }

/** Connections are kept for the next call so long: a mail is one call, and a handshake costs more than it. Milliseconds. */
const KEPT_MS = 30_000

/**
 * The Gmail API over Node's own client, whose connections are kept. The layers of Google's library took several times the processor time
 * of all else that is done with a mail until it is stored (decision 030).
 * @param gmailUrl where the API is; without TLS for an emulator
 */
export function wire(gmailUrl: string): Send {
  const isPlain = gmailUrl.startsWith('http:')
  const kept = { keepAlive: true, timeout: KEPT_MS }
  const agent = isPlain ? new PlainAgent(kept) : new Agent(kept)
  const open = isPlain ? plainRequest : request
  const root = `${gmailUrl.replace(/\/$/, '')}/gmail/v1/users/me/`

  const exchange = (call: Call, token: string, timeoutMs: number): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const body = call.body === undefined ? undefined : Buffer.from(JSON.stringify(call.body))
      const outgoing = open(root + call.path + searchOf(call), {
        method: call.verb ?? 'GET',
        agent,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body && { 'content-type': 'application/json', 'content-length': body.length }),
        },
      })
      const timer = setTimeout(() => outgoing.destroy(new Error(`No answer within ${timeoutMs} ms`)), timeoutMs)
      const fail = (error: Error) => {
        clearTimeout(timer)
        reject(error)
      }
      outgoing.once('error', fail).once('response', (incoming) => {
        const chunks: Buffer[] = []
        incoming
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .once('error', fail)
          .once('end', () => {
            clearTimeout(timer)
            const retryAfter = incoming.headers['retry-after'] ?? null
            resolve({ status: incoming.statusCode ?? 0, retryAfter, bytes: Buffer.concat(chunks) })
          })
      })
      outgoing.end(body)
    })

  return async (call, token, timeoutMs) => {
    const answer = await exchange(call, token, timeoutMs)
    if (answer.status < 200 || answer.status > 299) throw new Unsuccessful(answer)
    if (call.asBytes) return answer.bytes
    return answer.bytes.length === 0 ? null : JSON.parse(answer.bytes.toString())
  }
}

function searchOf({ query = {} }: Call): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    for (const each of Array.isArray(value) ? value : value === undefined ? [] : [value]) search.append(name, `${each}`)
  return search.size === 0 ? '' : `?${search}`
}

/** What stands between us and Google may answer with a page. */
function asJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString())
  } catch {
    return null
  }
}
