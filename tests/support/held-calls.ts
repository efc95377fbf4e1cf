import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

type Held = { path: RegExp; arrived: () => void; released: Promise<void> }

/**
 * Stands before another server, passes every call on, and keeps one waiting where a test wants it to.
 * @param meant the path that a caller's path stands for
 */
export async function startHolding(target: () => string, meant = (path: string) => path) {
  const waiting: Held[] = []
  const server = createServer(async (request, response) => {
    const body = await text(request)
    const index = waiting.findIndex(({ path }) => path.test(request.url ?? ''))
    const [held] = index < 0 ? [] : waiting.splice(index, 1)
    held?.arrived()
    await held?.released
    await passOn(`${target()}${meant(request.url ?? '')}`, request, body, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** The next call to such a path waits. @returns when it has come, and what lets it go */
    holdNext(path: RegExp): { came: Promise<void>; letGo: () => void } {
      const { promise: came, resolve: arrived } = Promise.withResolvers<void>()
      const { promise: released, resolve: letGo } = Promise.withResolvers<void>()
      waiting.push({ path, arrived, released })
      return { came, letGo }
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

const PASSED = ['content-type', 'x-shopify-access-token', 'accept']

async function passOn(url: string, request: IncomingMessage, body: string, response: ServerResponse): Promise<void> {
  const headers = new Headers()
  for (const name of PASSED) {
    const value = request.headers[name]
    if (typeof value === 'string') headers.set(name, value)
  }
  const method = request.method ?? 'GET'
  const answer = await fetch(url, { method, headers, ...(body && { body }), redirect: 'manual' })
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' })
  response.end(await answer.text())
}
