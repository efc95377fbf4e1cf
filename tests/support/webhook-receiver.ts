import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export type Heard = { path: string; headers: IncomingHttpHeaders; body: string }
type Answer = { status: number; headers?: Record<string, string>; body?: string }

/** Another program that listens to webhooks, and answers as a test wants it to. */
export async function startReceiver() {
  const heard: Heard[] = []
  let answer: (one: Heard) => Answer = () => ({ status: 204 })
  const server = createServer(async (request, response) => {
    const one = { path: request.url ?? '', headers: request.headers, body: await text(request) }
    heard.push(one)
    const { status, headers, body } = answer(one)
    response.writeHead(status, headers)
    response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Everything that came to a path, oldest first. */
    at: (path: string) => heard.filter((one) => one.path === path),
    answers(how: (one: Heard) => Answer) {
      answer = how
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
