import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import express, { type Response } from 'express'
import pino from 'pino'
import { createHub } from './hub.ts'
import { partId } from './stream.ts'

let server: Server | null = null
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

const WALL = { name: 'wall', hears: () => true, render: async () => 'the wall' }
const VERA = { workspaceId: 'fern', id: 'vera', most: 20, proof: 'session', refusal: async () => null }

const newHub = () => createHub(pino({ level: 'silent' }), { closing: [], counted() {} })

/** Somebody with a plain socket asks for a stream. @param serve what we do then */
async function asking(serve: (response: Response) => Promise<void> | void) {
  const app = express()
  const came = Promise.withResolvers<void>()
  const served = Promise.withResolvers<void>()
  app.get('/', async (_request, response) => {
    came.resolve()
    await serve(response)
    served.resolve()
  })
  server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nHost: desk\r\n\r\n')
  await came.promise
  return { socket, served: served.promise }
}

test('whoever has left before they are let in takes no place', async () => {
  const hub = newHub()
  const { socket, served } = await asking(async (response) => {
    await once(response, 'close')
    hub.watch(response, VERA, [{ topic: WALL, seen: null }])
  })
  socket.destroy()
  await served
  expect(hub.size).toBe(0)
})

test('whoever comes while nothing is heard of the database is told so, and also when it is heard again', async () => {
  const hub = newHub()
  hub.deaf()
  const { socket } = await asking((response) => hub.watch(response, VERA, [{ topic: WALL, seen: partId('the wall') }]))
  let text = ''
  socket.on('data', (bytes) => {
    text += bytes.toString()
  })
  while (!text.includes('event: late')) await once(socket, 'data')
  text = ''
  hub.hears()
  while (!text.includes('event: beat')) await once(socket, 'data')
  hub.stop()
})
