import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/**
 * Where a worker dies: when its call is on the way, when Shopify has done what it asks and has not answered, or when the answer is on
 * its way back.
 */
export const MOMENTS = ['arriving', 'done', 'answered'] as const
export type Moment = (typeof MOMENTS)[number]

/** @param about what a call says that is meant, for example an id */
export type Trap = { operation: string; moment: Moment; about: readonly string[] }

/** Stands between the worker and Shopify, and kills the worker where a trap was laid: each one once. */
export async function startTraps(target: () => string, kill: () => Promise<void>) {
  const laid = new Set<Trap>()
  const met: Trap[] = []
  const caught = (body: string) => {
    const operation = /(?:query|mutation) (\w+)/.exec(body)?.[1]
    const trap = [...laid].find((one) => one.operation === operation && one.about.some((word) => body.includes(word)))
    if (trap) {
      laid.delete(trap)
      met.push(trap)
    }
    return trap?.moment
  }
  const server = createServer(async (request, response) => {
    const body = await text(request)
    const moment = caught(body)
    if (moment !== 'arriving') await passOn(target(), request, body, moment === 'done' ? null : response)
    if (moment === undefined) return
    await kill()
    request.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lay: (trap: Trap) => void laid.add(trap),
    /** What has not been stepped on is taken away. */
    clear: () => laid.clear(),
    met: (): readonly Trap[] => met,
    close() {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

const PASSED = ['content-type', 'x-shopify-access-token', 'accept']

/** @param response null for an answer that nobody is to hear */
async function passOn(target: string, request: IncomingMessage, body: string, response: ServerResponse | null) {
  const headers = new Headers()
  for (const name of PASSED) {
    const value = request.headers[name]
    if (typeof value === 'string') headers.set(name, value)
  }
  const method = request.method ?? 'GET'
  try {
    const answer = await fetch(`${target}${request.url}`, {
      method,
      headers,
      ...(body && { body }),
      redirect: 'manual',
    })
    const answered = await answer.text()
    response?.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' })
    response?.end(answered)
  } catch {
    response?.destroy() // the connection broke on the far side, as a fault of the emulator breaks it
  }
}
