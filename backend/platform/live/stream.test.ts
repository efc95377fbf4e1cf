import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import express, { type Response } from 'express'
import { goneFor, openStream, partOf, type Stream } from './stream.ts'

let server: Server | null = null
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

type Opened = { response: Response; stream: Stream; gone: Promise<void> }

/** Somebody with a plain socket asks for a stream, and we hold its other end. */
async function opened(): Promise<Opened & { socket: ReturnType<typeof connect> }> {
  const app = express()
  const other = Promise.withResolvers<Opened>()
  app.get('/', (_request, response) => {
    const left = Promise.withResolvers<void>()
    const stream = openStream(response, left.resolve)
    other.resolve({ response, stream, gone: left.promise })
  })
  server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nHost: desk\r\n\r\n')
  return { ...(await other.promise), socket }
}

const LARGE = 2_000_000
const large = (n: number) => partOf(`part ${n} ${'x'.repeat(LARGE)}`, 'wall')

test('whoever does not read costs one part at most, and is shown the newest when they read again', async () => {
  const { stream, response, socket } = await opened()
  socket.pause()
  for (let n = 1; n <= 40; n++) stream.show(large(n))
  expect(stream.stuckSince).not.toBeNull()
  expect(response.writableLength).toBeLessThan(2 * LARGE)

  let text = ''
  socket.on('data', (bytes) => {
    text = (text + bytes.toString()).replaceAll(/x+/g, 'x')
  })
  socket.resume()
  while (!text.includes('part 40')) await once(socket, 'data')
  const shown = [...text.matchAll(/part (\d+)/g)].map(([, n]) => Number(n))
  expect(shown.at(-1)).toBe(40)
  expect(shown.length).toBeLessThan(10)
  expect(new Set(shown).size).toBe(shown.length)
})

test('of a page with several parts the newest of each is shown when they read again', async () => {
  const { stream, socket } = await opened()
  socket.pause()
  stream.show(large(1))
  stream.show(large(2))
  for (const words of ['an old list', 'a new list']) stream.show(partOf(words, 'queue'))
  stream.show(large(3))
  let text = ''
  socket.on('data', (bytes) => {
    text = (text + bytes.toString()).replaceAll(/x+/g, 'x')
  })
  socket.resume()
  while (!(text.includes('part 3') && text.includes('a new list'))) await once(socket, 'data')
  expect(text).not.toContain('an old list')
  expect(text).not.toContain('part 2')
})

test('what is small is left out for whoever does not read, and whoever is stuck is let go', async () => {
  const { stream, response, socket, gone } = await opened()
  socket.pause()
  stream.show(large(1))
  stream.show(large(2))
  const length = response.writableLength
  for (let n = 0; n < 1_000; n++) stream.note(Buffer.from('event: beat\n\n'))
  expect(response.writableLength).toBe(length)
  stream.drop()
  await gone
})

test('the last thing is said also to whoever was slow', async () => {
  const { stream, socket } = await opened()
  socket.pause()
  stream.show(large(1))
  stream.show(large(2))
  stream.end(goneFor('You are signed out.'))
  let text = ''
  socket.on('data', (bytes) => {
    text = (text + bytes.toString()).replaceAll(/x+/g, 'x')
  })
  socket.resume()
  await once(socket, 'close')
  expect(text).toContain('event: gone\ndata: You are signed out.')
})

test('who leaves is gone, and nothing is written to them any more', async () => {
  const { stream, socket, gone } = await opened()
  socket.destroy()
  await gone
  stream.show(partOf('anything', 'wall'))
  stream.note(Buffer.from('anything'))
  stream.end()
})

test('a part of many lines is one event, which names its topic and what it shows', () => {
  const part = partOf('<p>one</p>\n<p>two</p>\r\n<p>three</p>', 'wall')
  expect(part.bytes.toString()).toBe(
    `event: part\nid: wall.${part.id}\ndata: <p>one</p>\ndata: <p>two</p>\ndata: <p>three</p>\n\n`,
  )
  expect(partOf('<p>one</p>', 'wall').id).toBe(partOf('<p>one</p>', 'queue').id)
  expect(partOf('<p>one</p>', 'wall').id).not.toBe(partOf('<p>two</p>', 'wall').id)
})
