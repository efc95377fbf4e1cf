import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import express from 'express'
import { createHub } from '../../backend/platform/live/hub.ts'
import { createLog } from '../../backend/platform/log.ts'
import { watching } from '../support/watching.ts'

const WORKSPACE = '01890000-0000-7000-8000-000000000001'

let server: Server | null = null
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** A page with one part, for whoever has a key; what becomes of it between the door and the room happens there. */
async function opened(between: (hub: ReturnType<typeof createHub>) => string | null) {
  const hub = createHub(createLog('silent', 'test'), { closing: ['display.revoked'], counted: () => undefined })
  const topic = { name: 'wall', hears: () => false, render: async () => 'A wall' }
  const app = express()
  app.get('/', (_request, response) => {
    const refusal = between(hub)
    const viewer = { workspaceId: WORKSPACE, id: 'screen', most: 1, proof: 'key', refusal: async () => refusal }
    hub.watch(response, viewer, [{ topic, seen: null }])
  })
  server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return watching(await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`))
}

const news = { kinds: new Set(['display.revoked']), tickets: new Set<string>() }

test('a link that was revoked when its screen had just been let in closes at once, not within the minute', async () => {
  const screen = await opened((hub) => {
    hub.heard(WORKSPACE, news)
    return 'This link is not valid any more.'
  })
  await screen.ends()
  expect(screen.said.at(-1)).toMatchObject({ event: 'gone', data: 'This link is not valid any more.' })
})

test('whoever may look goes on looking, though another link was revoked at that moment', async () => {
  const screen = await opened((hub) => {
    hub.heard(WORKSPACE, news)
    return null
  })
  await screen.shows('A wall')
  expect(screen.isOver()).toBe(false)
  await screen.close()
})
