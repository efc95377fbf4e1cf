import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from '@jest/globals'
import pg from 'pg'
import { type Postgres, placeOf, startPostgres } from '../../workbench/postgres.ts'
import { until } from '../support/until.ts'

const root = process.getuid?.() === 0
const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  for (const work of cleanUp.splice(0).reverse()) await work()
})

test('what was written is there after a restart', async () => {
  const dataDir = newDataDir()
  const first = await start(dataDir)
  await ask(first.url, 'create table kept as select 7 as seven')
  await first.stop()
  const second = await start(dataDir)
  expect(await ask(second.url, 'select seven from kept')).toEqual([{ seven: 7 }])
})

test('durable data is kept with the defaults of PostgreSQL, throw-away data without them', async () => {
  const safety =
    "select current_setting('fsync') || current_setting('synchronous_commit') || current_setting('full_page_writes') as is"
  const dataDir = newDataDir()
  const durable = await start(dataDir, { durable: true })
  expect(await ask(durable.url, safety)).toEqual([{ is: 'ononon' }])
  await durable.stop()
  const fast = await start(dataDir)
  expect(await ask(fast.url, safety)).toEqual([{ is: 'offoffoff' }])
})

test('a second server on the same data is refused, and says which process has it', async () => {
  const dataDir = newDataDir()
  await start(dataDir)
  await expect(start(dataDir)).rejects.toThrow(/already runs on .* \(process \d+\)/)
})

test('a port that is taken is refused by its number', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  cleanUp.push(() => taken.close())
  const { port } = taken.address() as AddressInfo
  await expect(start(newDataDir(), { port })).rejects.toThrow(`Port ${port}, wanted for PostgreSQL, is taken`)
})

test('a pid file whose number now belongs to another program does not stop the start', async () => {
  const dataDir = newDataDir()
  await (await start(dataDir)).stop()
  const other = spawn('/bin/sh', ['-c', 'read -r _'], { stdio: ['pipe', 'ignore', 'ignore'] })
  cleanUp.push(() => other.kill('SIGKILL'))
  writeFileSync(join(placeOf(dataDir), 'postmaster.pid'), `${other.pid}\n`)
  expect(await ask((await start(dataDir)).url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('the server ends with the process that started it, even a killed one', async () => {
  const dataDir = newDataDir()
  const program = fileURLToPath(new URL('../../workbench/postgres.ts', import.meta.url))
  const code = `const { startPostgres } = await import(${JSON.stringify(program)})
    console.log((await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, durable: false })).url); setInterval(() => {}, 1000)`
  const starter = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  cleanUp.push(() => rmSync(placeOf(dataDir), { recursive: true, force: true }))
  const [line] = (await once(starter.stdout, 'data')) as [Buffer]
  const client = new pg.Client({ connectionString: String(line).trim() })
  client.on('error', () => {}) // the connection is meant to break
  await client.connect()
  const gone = new Promise<void>((resolve) => client.once('end', resolve))
  starter.kill('SIGKILL')
  await gone
  await until('the server to leave its data', () => !existsSync(join(placeOf(dataDir), 'postmaster.pid')))
})

/** Of interest to root alone: anybody else's database runs as they do. */
if (root)
  test('as root, in a folder that only root may enter, the data lies where the database may go', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sidedesk-closed-'))
    cleanUp.push(() => rmSync(folder, { recursive: true }))
    chmodSync(folder, 0o700)
    const dataDir = join(folder, 'data')
    const postgres = await start(dataDir)
    expect(postgres.dataDir).toBe(placeOf(dataDir))
    expect(postgres.dataDir).not.toContain(folder)
    expect(existsSync(dataDir)).toBe(false)
  })

function newDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sidedesk-postgres-test-'))
  chmodSync(folder, 0o711)
  cleanUp.push(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'data')
}

async function start(dataDir: string, options: { durable?: boolean; port?: number } = {}): Promise<Postgres> {
  const postgres = await startPostgres({ dataDir, durable: false, ...options })
  cleanUp.push(async () => {
    await postgres.stop()
    rmSync(postgres.dataDir, { recursive: true, force: true })
  })
  return postgres
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
