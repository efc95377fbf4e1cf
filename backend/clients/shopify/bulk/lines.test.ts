import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mock } from 'node:test'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { jsonLines } from './lines.ts'

let answer: (response: ServerResponse) => unknown
const server = createServer((_request, response) => answer(response))
let url = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const reading = { idleMs: 10_000, longestLine: 1_000 }
const all = async (settings = reading) => {
  const lines: unknown[] = []
  for await (const line of jsonLines(url, settings)) lines.push(line)
  return lines
}

test('lines come whole, however the bytes are cut, with or without a last line break', async () => {
  const text = Buffer.from('{"name":"Zoë 🌿"}\n\n{"n":2}\r\n{"n":3}')
  const send = (response: ServerResponse, at: number): unknown =>
    at === text.length ? response.end() : response.write(text.subarray(at, at + 1), () => send(response, at + 1))
  answer = (response) => send(response, 0)
  expect(await all()).toEqual([{ name: 'Zoë 🌿' }, { n: 2 }, { n: 3 }])
})

test('an empty file has no lines', async () => {
  answer = (response) => response.end()
  expect(await all()).toEqual([])
})

test('a line that is too long ends the reading before it fills the memory', async () => {
  answer = (response) => response.end(`{"n":1}\n"${'x'.repeat(2_000)}"\n`)
  await expect(all()).rejects.toMatchObject({ code: 'shopify_unavailable', message: expect.stringContaining('1000') })
})

test.each<[string, (response: ServerResponse) => void]>([
  ['is gone', (response) => response.writeHead(404).end()],
  [
    'breaks off',
    (response) => response.writeHead(200, { 'content-length': '100' }).write('{"n":1}\n', () => response.destroy()),
  ],
  ['is cut in a line', (response) => response.end('{"n":1}\n{"n":')],
])('a file that %s is said to be so', async (_name, told) => {
  answer = told
  await expect(all()).rejects.toMatchObject({ code: 'shopify_unavailable' })
})

test('a download that stands still is given up', async () => {
  answer = (response) => response.write('{"n":1}\n')
  await expect(all({ ...reading, idleMs: 50 })).rejects.toMatchObject({ code: 'shopify_unavailable' })
})

test('a download goes on however long its reader takes for a line', async () => {
  let response: ServerResponse | undefined
  answer = (given) => {
    response = given
    return given.write('{"n":0}\n')
  }
  mock.timers.enable({ apis: ['setTimeout'] })
  try {
    const seen: unknown[] = []
    for await (const line of jsonLines(url, reading)) {
      seen.push(line)
      mock.timers.tick(reading.idleMs * 2)
      if (seen.length < 4) response?.write(`{"n":${seen.length}}\n`)
      else response?.end()
    }
    expect(seen).toHaveLength(4)
  } finally {
    mock.timers.reset()
  }
})
