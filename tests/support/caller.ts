import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { Endpoint, PathParams } from '../../shared/endpoint.ts'
import type { ErrorCode } from '../../shared/errors.ts'

/** A refusal, as a test wants to look at it. */
export class Refused extends Error {
  override name = 'Refused'
  readonly status: number
  readonly code: ErrorCode
  readonly retryAfter: string | null

  constructor(status: number, code: ErrorCode, message: string, retryAfter: string | null) {
    super(message)
    this.status = status
    this.code = code
    this.retryAfter = retryAfter
  }
}

export type Given<E extends Endpoint> = {
  params?: PathParams<E['path']>
  query?: Partial<z.input<E['query']>>
  body?: z.input<E['body']>
  /** Idempotency-Key; a new one when left out. */
  key?: string
  headers?: Record<string, string>
}

/** Calls endpoints over HTTP as one caller; the reply is parsed by the contract. */
export const caller = (url: string, token: () => string | null) => ({
  async call<E extends Endpoint>(endpoint: E, given: Given<E> = {}): Promise<z.output<E['reply']>> {
    const response = await fetch(addressOf(url, endpoint, given), {
      method: endpoint.method,
      headers: headersOf(token(), given),
      ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
    })
    const reply = (await response.json()) as { error: { code: ErrorCode; message: string } }
    if (!response.ok)
      throw new Refused(response.status, reply.error.code, reply.error.message, response.headers.get('retry-after'))
    return endpoint.reply.parse(reply) as z.output<E['reply']>
  },
})

function addressOf<E extends Endpoint>(
  url: string,
  endpoint: E,
  { params = {}, query = {} }: { params?: object; query?: object },
): string {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent((params as Record<string, string>)[name] ?? ''),
  )
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)])),
  )
  return `${url}${path}${search.size > 0 ? `?${search}` : ''}`
}

function headersOf(
  token: string | null,
  { key = randomUUID(), headers = {} }: { key?: string; headers?: Record<string, string> },
): Record<string, string> {
  const authorization = token === null ? {} : { authorization: `Bearer ${token}` }
  return { 'content-type': 'application/json', 'idempotency-key': key, ...authorization, ...headers }
}

/** What a call was refused with; fails when it was not. */
export async function refusalOf(call: Promise<unknown>): Promise<Refused> {
  try {
    await call
  } catch (error) {
    if (error instanceof Refused) return error
    throw error
  }
  throw new Error('The call was not refused')
}
