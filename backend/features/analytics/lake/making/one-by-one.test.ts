import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { writeLines } from './one-by-one.ts'

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sidedesk-lines-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

const LONG = 'x'.repeat(300_000)

test('lines are in the file in their order, however many', async () => {
  const file = join(dir, 'all.csv')
  await writeLines(file, async ({ write }) => {
    for (let n = 0; n < 5; n++) await write(`${n}${LONG}\n`)
  })
  expect((await readFile(file, 'utf8')).split('\n').map((line) => line.slice(0, 1))).toEqual([...'01234', ''])
})

/** Breaks off with bytes on their way to the disk, at another moment each time. Jest hears errors that would end a process, so it is one of its own. */
const BREAKS_OFF = `
  import { setImmediate as turn } from 'node:timers/promises'
  import { writeLines } from '${new URL('one-by-one.ts', import.meta.url).href}'
  for (let time = 0; time < 200; time++)
    await writeLines(process.argv[1] + time % 3, async ({ write }) => {
      for (let n = 0; n < 4; n++) await write('x'.repeat(10_000))
      for (let n = 0; n < time % 8; n++) await turn()
      for (let n = 0; n < 2; n++) await write('y'.repeat(10_000))
      throw new Error('gone')
    }).catch(({ message }) => process.stdout.write(message + ' '))
  await new Promise((resolve) => setTimeout(resolve, 100))`

test('a database that goes away in the middle is told each time, and what is on its way to the disk ends no process', async () => {
  const args = ['--input-type=module', '-e', BREAKS_OFF, join(dir, 'half-')]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  expect(stdout.trim().split(' ')).toEqual(Array.from({ length: 200 }, () => 'gone'))
})

test('a folder that is gone is told', async () => {
  await expect(writeLines(join(dir, 'gone', 'x.csv'), ({ write }) => write('x'))).rejects.toThrow('ENOENT')
})
