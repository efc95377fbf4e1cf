import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import pg from 'pg'
import { isDatabaseAway } from './database-errors.ts'

/** A port at which nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('A server has a port')
  return address.port
}

const failureAt = async (host: string, port: number): Promise<unknown> => {
  const client = new pg.Client({ host, port, user: 'nobody', database: 'none' })
  client.on('error', () => undefined)
  return client.connect().then(
    () => null,
    (error: unknown) => error,
  )
}

test('a PostgreSQL that is not there is away, by whatever name of this machine it is looked for', async () => {
  const port = await closedPort()
  for (const host of ['127.0.0.1', 'localhost']) expect(isDatabaseAway(await failureAt(host, port))).toBe(true)
})

test('a PostgreSQL that is stopped is away, though its socket is a file that is no longer there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sidedesk-no-socket-'))
  try {
    const failure = await failureAt(folder, 5432)
    expect(failure).toMatchObject({ code: 'ENOENT', syscall: 'connect' })
    expect(isDatabaseAway(failure)).toBe(true)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('of a name with several addresses any that is refused says that it is away', () => {
  const told = (code: string) => Object.assign(new Error(code), { code, syscall: 'connect' })
  const both = new AggregateError([told('EADDRNOTAVAIL'), told('ECONNREFUSED')])
  expect(isDatabaseAway(Object.assign(both, { code: 'EADDRNOTAVAIL' }))).toBe(true)
  expect(isDatabaseAway(new AggregateError([new Error('anything')]))).toBe(false)
})

test('a PostgreSQL that hangs up before it says anything is away', async () => {
  const server = createServer((socket) => socket.destroy())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('A server has a port')
  expect(isDatabaseAway(await failureAt('127.0.0.1', address.port))).toBe(true)
  await new Promise((resolve) => server.close(resolve))
})

test('what a statement got wrong, and what has no code, is not the database being away', () => {
  expect(isDatabaseAway(Object.assign(new Error('no such column'), { code: '42703', severity: 'ERROR' }))).toBe(false)
  expect(isDatabaseAway(Object.assign(new Error('no such file'), { code: 'ENOENT' }))).toBe(false)
  expect(isDatabaseAway(new Error('anything'))).toBe(false)
  expect(isDatabaseAway('words')).toBe(false)
})
