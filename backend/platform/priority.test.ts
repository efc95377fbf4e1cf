import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { expect, test } from '@jest/globals'

const PRIORITY = new URL('./priority.ts', import.meta.url).href
/** How nice its threads are, and how nice its session is where sessions share the processor. */
const SCRIPT = `
  import { readdirSync, readFileSync } from 'node:fs'
  const group = () => /nice (-?\\d+)/.exec(readFileSync('/proc/self/autogroup', 'utf8'))?.[1]
  const { giveWay } = await import('${PRIORITY}')
  await giveWay()
  const threads = readdirSync('/proc/self/task').map((thread) => readFileSync('/proc/self/task/' + thread + '/stat', 'utf8'))
  const nice = threads.map((stat) => Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]))
  console.log(JSON.stringify({ nice: [...new Set(nice)], group: ${existsSync('/proc/self/autogroup')} ? Number(group()) : null }))`

async function gaveWay(isOwnSession: boolean): Promise<unknown> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', SCRIPT], {
    detached: isOwnSession,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return JSON.parse(await text(child.stdout))
}

/** How nice a session is, where Linux shares the processor among sessions. */
const sessions = (nice: number) => (existsSync('/proc/self/autogroup') ? nice : null)

test('a process that leads its session makes way with all of it', async () => {
  expect(await gaveWay(true)).toEqual({ nice: [10], group: sessions(10) })
})

test('a process in the session of others makes way among them, and leaves the session as it is', async () => {
  expect(await gaveWay(false)).toEqual({ nice: [10], group: sessions(0) })
})
