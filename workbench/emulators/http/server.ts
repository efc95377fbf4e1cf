import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { type Answer, type Route, routeFor } from './router.ts'

/** How a pretended service answers what it does not do. */
export interface Manners {
  /** Bytes of a request's body; more is answered with `tooLarge`. */
  largestBody: number
  tooLarge(): Answer
  notFound(request: string): Answer
  failed(): Answer
  /** The answer that an error of the service stands for; nothing when the emulator itself failed. */
  answerFor(error: unknown): Answer | undefined
  report(error: unknown): void
}

export interface Listening {
  url: string
  close(): Promise<void>
}

/** Plain HTTP on loopback; `port` 0 takes a free one. */
export async function listen(routes: Route[], port: number, manners: Manners): Promise<Listening> {
  const server = createServer((request, response) => {
    answer(routes, request, manners)
      .then((reply) => send(response, reply))
      .catch((error: unknown) => {
        manners.report(error)
        response.destroy()
      })
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

async function answer(routes: Route[], request: IncomingMessage, manners: Manners): Promise<Answer> {
  try {
    const url = URL.parse(request.url ?? '/', 'http://localhost')
    const body = await bodyOf(request, manners.largestBody)
    if (!body) return manners.tooLarge()
    const found = url && routeFor(routes, request.method ?? 'GET', url.pathname)
    if (!found) return manners.notFound(`${request.method} ${request.url}`)
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
    const refusal = manners.answerFor(error)
    if (refusal) return refusal
    manners.report(error)
    return manners.failed()
  }
}

async function bodyOf(request: IncomingMessage, most: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > most) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function send(response: ServerResponse, { status = 200, headers = {}, json, html, stream, hangUp }: Answer) {
  if (hangUp) return void response.destroy()
  if (stream) return await flow(response, status, headers, stream)
  const body = Buffer.from(html ?? (json === undefined ? '' : JSON.stringify(json)))
  const type = html === undefined ? 'application/json; charset=UTF-8' : 'text/html; charset=utf-8'
  response.writeHead(status, { 'content-type': type, 'content-length': body.length, ...headers })
  response.end(body)
}

async function flow(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  stream: AsyncIterable<string | Uint8Array>,
) {
  response.writeHead(status, headers)
  try {
    await pipeline(stream, response)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== CALLER_LEFT) throw error
  }
}

const CALLER_LEFT = 'ERR_STREAM_PREMATURE_CLOSE'
