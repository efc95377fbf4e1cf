import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { getPriority } from 'node:os'
import { text } from 'node:stream/consumers'
import { expect, test } from '@jest/globals'

/** What this process starts begins as nice as it is, and nobody but an administrator may make it less so. */
const OWN = getPriority()
const WAY = Math.max(10, OWN)

/** Sessions share the processor, and this machine lets them say how: some containers have these files to read alone. */
const tellsSessions = (): boolean => {
  try {
    accessSync('/proc/self/autogroup', constants.W_OK)
    return true
  } catch {
    return false
  }
}

const PRIORITY = new URL('./priority.ts', import.meta.url).href
/**
 * How nice its threads are, and how nice its session was and is. A system that shares nothing among sessions has no such file, and of the
 * first session, in which a machine starts, there is nothing in it: the kernel counts that one among no group.
 */
const SCRIPT = `
  import { existsSync, readdirSync, readFileSync } from 'node:fs'
  const FILE = '/proc/self/autogroup'
  const session = () => Number((existsSync(FILE) ? readFileSync(FILE, 'utf8') : '').match(/nice (-?\\d+)/)?.[1] ?? 0)
  const before = session()
  const { giveWay } = await import('${PRIORITY}')
  await giveWay()
  const threads = readdirSync('/proc/self/task').map((thread) => readFileSync('/proc/self/task/' + thread + '/stat', 'utf8'))
  const nice = threads.map((stat) => Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]))
  console.log(JSON.stringify({ nice: [...new Set(nice)], before, after: session() }))`

async function gaveWay(isOwnSession: boolean, born = 0): Promise<unknown> {
  const child = spawn('nice', ['-n', String(born), process.execPath, '--input-type=module', '-e', SCRIPT], {
    detached: isOwnSession,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return JSON.parse(await text(child.stdout))
}

test('a process that leads its session makes way with all of it', async () => {
  expect(await gaveWay(true)).toEqual({ nice: [WAY], before: 0, after: tellsSessions() ? 10 : 0 })
})

test('a process in the session of others makes way among them, and leaves the session as it is', async () => {
  const { before, ...is } = (await gaveWay(false)) as { before: number; after: number }
  expect(is).toEqual({ nice: [WAY], after: before })
})

test('a process that somebody made still nicer stays as nice', async () => {
  expect(await gaveWay(true, 19)).toMatchObject({ nice: [Math.max(10, Math.min(19, OWN + 19))] })
})
