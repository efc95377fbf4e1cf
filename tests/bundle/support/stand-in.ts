import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import type { Endpoint, PathParams } from '../../../shared/endpoint.ts'
import { ERROR_STATUS, type ErrorCode, ErrorReply } from '../../../shared/errors.ts'

export const REFERENCE = '01a2b3c4-0000-7000-8000-00000000beef'

/** One call as it arrived, parsed by the contract. */
export type Heard = {
  endpoint: Endpoint
  params: Record<string, string>
  query: unknown
  body: unknown
  token: string
  key: string | undefined
  version: string | undefined
}

type Call<E extends Endpoint> = {
  params: PathParams<E['path']>
  query: z.output<E['query']>
  body: z.output<E['body']>
  token: string
  key: string | undefined
}
type Answer<E extends Endpoint> = (call: Call<E>) => z.output<E['reply']>
type Known = { endpoint: Endpoint; answer: (heard: Heard) => unknown }

type Fields = ErrorReply['error']['fields']

/** Thrown by an answer: the refusal the real backend would give. */
export class Refused extends Error {
  override name = 'Refused'
  readonly code: ErrorCode
  readonly fields: Fields | undefined
  constructor(code: ErrorCode, message: string, fields?: Fields) {
    super(message)
    this.code = code
    this.fields = fields
  }
}

/**
 * The backend's side of the wire, and nothing behind it. Requests and replies are parsed by the contract's own schemas, a write
 * without a key is refused as the real one refuses it, and what the contract does not know is a failure of the test.
 */
export async function startStandIn() {
  const known = new Map<string, Known>()
  const heard: Heard[] = []
  const broken: string[] = []
  let down = false
  const server = createServer((request, response) => {
    if (down) return void response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>')
    answer(request, response).catch((error: unknown) => {
      broken.push(String(error))
      response.writeHead(500).end()
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await hear(request)
    heard.push(call)
    try {
      if (call.endpoint.write && !call.key) throw new Refused('idempotency_key_missing', 'A write needs a key.')
      const found = known.get(nameOf(call.endpoint))
      if (!found) throw new Error(`No answer was given for ${nameOf(call.endpoint)}`)
      send(response, call.endpoint.status, call.endpoint.reply.parse(found.answer(call)))
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      const { code, message, fields } = error
      const body = { error: { code, message, reference: REFERENCE, fields } }
      send(response, ERROR_STATUS[error.code], ErrorReply.parse(body))
    }
  }

  async function hear(request: IncomingMessage): Promise<Heard> {
    const url = new URL(request.url ?? '/', 'http://stand-in')
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString('utf8')
    for (const { endpoint } of known.values()) {
      const params = endpoint.method === request.method && paramsIn(endpoint.path, url.pathname)
      if (!params) continue
      const query = endpoint.query instanceof z.ZodUndefined ? undefined : Object.fromEntries(url.searchParams)
      return {
        endpoint,
        params,
        query: endpoint.query.parse(query),
        body: endpoint.body.parse(text === '' ? undefined : JSON.parse(text)),
        token: String(request.headers.authorization).replace(/^Bearer /, ''),
        key: request.headers['idempotency-key']?.toString(),
        version: request.headers['x-sidedesk-addon']?.toString(),
      }
    }
    throw new Error(`The contract of this test has no ${request.method} ${url.pathname}`)
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    /** What no answer was given for, and replies that the contract refuses; empty in a sound test. */
    broken,
    on<E extends Endpoint>(endpoint: E, answer: Answer<E>): void {
      known.set(nameOf(endpoint), { endpoint, answer: answer as unknown as Known['answer'] })
    },
    refuse(endpoint: Endpoint, code: ErrorCode, message: string, fields?: Fields): void {
      known.set(nameOf(endpoint), {
        endpoint,
        answer: () => {
          throw new Refused(code, message, fields)
        },
      })
    },
    /** A proxy answers in our place, with a page. */
    setDown(isDown: boolean): void {
      down = isDown
    },
    callsOf: (endpoint: Endpoint) => heard.filter((call) => call.endpoint === endpoint),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const nameOf = ({ method, path }: Endpoint) => `${method} ${path}`

function paramsIn(path: string, pathname: string): Record<string, string> | undefined {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
  const found = new RegExp(`^${path.replaceAll(/:\w+/g, '([^/]+)')}$`).exec(pathname)
  return found
    ? Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(found[at + 1] ?? '')]))
    : undefined
}

const send = (response: ServerResponse, status: number, body: unknown) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
