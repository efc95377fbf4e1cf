import { createServer, type Server } from 'node:http'
import { type AddressInfo, createServer as createSocketServer } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { postWebhook } from './posting.ts'

let server: Server
let port: number
const came: string[] = []
beforeAll(async () => {
  server = createServer((request, response) => {
    came.push(request.url ?? '')
    if (request.url === '/silent') return
    if (request.url === '/moved') response.writeHead(302, { location: '/elsewhere' }).end()
    else if (request.url === '/half') {
      response.writeHead(500, { 'content-length': '99' })
      response.write('half', () => response.destroy())
    } else response.writeHead(503, { 'retry-after': '120' }).end('x'.repeat(100_000))
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const message = { headers: {}, body: '{}' }
const post = (path: string, patienceMs = 60_000) =>
  postWebhook(`http://127.0.0.1:${port}${path}`, message, { toPrivate: true, patienceMs })

test('the status counts, with the first kilobyte of what was said and the wish to wait', async () => {
  expect(await post('/busy')).toMatchObject({ status: 503, retryAfter: 120, answer: Buffer.from('x'.repeat(1_024)) })
})

test('a redirect is an answer, and is not followed', async () => {
  expect(await post('/moved')).toMatchObject({ status: 302 })
  expect(came).not.toContain('/elsewhere')
})

test('an answer that is cut off in its body has a status all the same', async () => {
  expect(await post('/half')).toMatchObject({ status: 500, answer: Buffer.from('half') })
})

test('who says nothing, or is not there, is told apart', async () => {
  expect(await post('/silent', 300)).toMatchObject({ problem: 'timeout' })
  const closed = await freePort()
  expect(await postWebhook(`http://127.0.0.1:${closed}/`, message, { toPrivate: true })).toMatchObject({
    problem: 'no_connection',
  })
  expect(await postWebhook('http://nowhere.invalid/', message, { toPrivate: true })).toMatchObject({
    problem: 'no_address',
  })
})

test('nothing goes to an address that is not public, by whatever name, nor without TLS', async () => {
  const before = came.length
  for (const url of [`https://localhost:${port}/`, `https://127.0.0.1:${port}/`, `http://localhost:${port}/`])
    expect(await postWebhook(url, message, { toPrivate: false })).toMatchObject({ problem: 'private_address' })
  expect(came).toHaveLength(before)
})

test('a server that speaks no TLS is told apart from one that is not there', async () => {
  expect(await postWebhook(`https://127.0.0.1:${port}/`, message, { toPrivate: true })).toMatchObject({
    problem: 'no_tls',
  })
})

async function freePort(): Promise<number> {
  const probe = createSocketServer()
  await new Promise<void>((resolve) => probe.listen(0, resolve))
  const { port: free } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return free
}
