import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { GoogleError, notFound, OAuthError, tooLarge } from '../error.ts'
import { type Answer, type Route, routeFor } from './router.ts'

/** Above Gmail's own 35 MiB for an upload, to leave room for base64 and JSON around an import. */
const LARGEST_BODY = 220 * 1024 * 1024

export interface Listening {
  url: string
  close(): Promise<void>
}

/** Plain HTTP on loopback; `port` 0 takes a free one. */
export async function listen(routes: Route[], port: number, report: (error: unknown) => void): Promise<Listening> {
  const server = createServer((request, response) => {
    answer(routes, request, report).then(
      (reply) => send(response, reply),
      (error: unknown) => {
        report(error)
        response.destroy()
      },
    )
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen(port, '127.0.0.1', done)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

async function answer(routes: Route[], request: IncomingMessage, report: (error: unknown) => void): Promise<Answer> {
  try {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const body = await bodyOf(request)
    const found = routeFor(routes, request.method ?? 'GET', url.pathname)
    if (!found) throw notFound(`${request.method} ${url.pathname} is not part of this emulation.`)
    const { route, params } = found
    return await route.run({
      method: route.method,
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body,
      params,
    })
  } catch (error) {
    if (error instanceof GoogleError)
      return { status: error.code, json: error.body, headers: error.refusal.headers ?? {} }
    if (error instanceof OAuthError) return { status: error.code, json: error.body }
    report(error)
    return {
      status: 500,
      json: { error: { code: 500, message: 'The emulator failed; see its log.', status: 'INTERNAL' } },
    }
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > LARGEST_BODY) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function send(response: ServerResponse, { status = 200, headers = {}, json, html, hangUp }: Answer) {
  if (hangUp) return void response.destroy()
  const text = html ?? (json === undefined ? '' : JSON.stringify(json))
  const type = html === undefined ? 'application/json; charset=UTF-8' : 'text/html; charset=utf-8'
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text), ...headers })
  response.end(text)
}
