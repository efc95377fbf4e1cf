import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CommandRefused } from '../failing.ts'

export type Loopback = {
  /** Where Google sends the browser back to. */
  redirectUri: string
  /** The code of the first answer that carries our state. @throws CommandRefused when the person said no, or nobody came */
  code: Promise<string>
  close(): void
}

/**
 * Waits on 127.0.0.1 for the browser to come back from Google's consent page (installed-app flow, RFC 8252).
 * @param port 0 takes a free one
 */
export async function listenForConsent(state: string, port: number, patienceMs: number): Promise<Loopback> {
  const { promise: code, resolve, reject } = Promise.withResolvers<string>()
  code.catch(() => undefined) // close() may come before anybody waits
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams
    const answer = (status: number, text: string) =>
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end(text)
    if (query.get('state') !== state) return answer(400, 'This is not the answer that Sidedesk waits for.')
    const given = query.get('code')
    answer(200, given ? 'Thank you. Close this window and go back to the terminal.' : 'Nothing was allowed.')
    if (given) resolve(given)
    else
      reject(new CommandRefused(`Google gave no access: ${query.get('error') ?? 'no code'}. Start again to allow it.`))
  })
  await new Promise<void>((listening, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      failed(
        error.code === 'EADDRINUSE' ? new CommandRefused(`Port ${port} is taken. Choose another with --port.`) : error,
      ),
    )
    server.listen(port, '127.0.0.1', listening)
  })
  const minutes = Math.round(patienceMs / 60_000)
  const late = setTimeout(
    () => reject(new CommandRefused(`Nobody came back from Google within ${minutes} minutes.`)),
    patienceMs,
  )
  const { port: taken } = server.address() as AddressInfo
  return {
    redirectUri: `http://127.0.0.1:${taken}`,
    code,
    close() {
      clearTimeout(late)
      server.close()
    },
  }
}
