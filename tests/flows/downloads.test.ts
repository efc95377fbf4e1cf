import { once } from 'node:events'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import express from 'express'
import { sendFlow } from '../../backend/platform/mount.ts'
import { until } from '../support/until.ts'

const MEGABYTE = 'x'.repeat(1_000_000)
const PIECES = 2_000

type Making = { made: number; ended: boolean; failed: unknown }
let stop: (() => void) | undefined
afterEach(() => stop?.())

/** Serves a download of two gigabytes, made piece by piece. */
async function serve(piece: (number: number) => string): Promise<{ url: string; making: Making }> {
  const making: Making = { made: 0, ended: false, failed: null }
  async function* pieces() {
    try {
      for (let number = 0; number < PIECES; number++) {
        making.made = number + 1
        yield piece(number)
      }
    } finally {
      making.ended = true
    }
  }
  const app = express()
  app.get('/', async (_request, response) => {
    await sendFlow(response, { pieces: pieces(), contentType: 'text/csv', name: 'böcker.csv' }).catch(
      (error: unknown) => {
        making.failed = error
      },
    )
  })
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  stop = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, making }
}

test('a download is made no faster than its reader takes it, and ends when the reader leaves', async () => {
  const { url, making } = await serve(() => MEGABYTE)
  const asking = request(url).end()
  const [response] = await once(asking, 'response')
  expect(response.headers['content-disposition']).toBe("attachment; filename*=UTF-8''b%C3%B6cker.csv")
  let read = 0
  for await (const part of response) {
    read += part.length
    if (read > 50_000_000) break // which leaves
  }
  expect(making.made).toBeLessThan(150)
  await until('the making to end', () => making.ended)
  expect(making.made).toBeLessThan(150)
  expect(making.failed).toBeNull()
})

test('a download that fails on the way is cut off, so that nobody takes it for whole', async () => {
  const { url, making } = await serve((number) => {
    if (number === 3) throw new Error('The database is away')
    return 'a piece\r\n'
  })
  const response = await fetch(url)
  expect(response.status).toBe(200)
  await expect(response.text()).rejects.toThrow()
  await until('the failure to be told', () => making.failed !== null)
  expect(making.failed).toMatchObject({ message: 'The database is away' })
})
