import { expect, test } from '@jest/globals'
import { backendEnvironment } from '../support/processes/backend-environment.ts'
import { startProcess } from '../support/processes/backend-process.ts'
import { until } from '../support/until.ts'

const nowhere = 'postgresql://nobody@127.0.0.1:1/desk'
const env = backendEnvironment({
  urls: { owner: nowhere, app: nowhere, jobs: nowhere, lake: nowhere },
  folder: '/nowhere',
  googleUrl: 'http://127.0.0.1:1',
  masterKey: Buffer.alloc(32, 1).toString('base64'),
  port: 0,
})
const start = (kind: string) => startProcess('tests/support/processes/unwilling.ts', env, /it runs/, [kind])

/** How it ends after it was told to, and why, by its log. */
async function stopped(kind: string, says: string) {
  const running = await start(kind)
  const ended = await running.kill('SIGTERM')
  const line = () => running.lines.find((one) => one.includes(`"msg":"${says}"`))
  await until(`"${says}"`, () => line() !== undefined, { found: async () => JSON.stringify(ended) })
  const { err } = JSON.parse(line() ?? '{}') as { err?: { message: string } }
  return { ...ended, why: err?.message }
}

test('a process that is told to stop ends well', async () => {
  expect(await stopped('willing', 'stopping')).toEqual({ code: 0, signal: null, why: undefined })
})

test('a process whose stop fails says why and ends as failed', async () => {
  expect(await stopped('failing', 'could not stop')).toEqual({ code: 1, signal: null, why: 'cannot stop [value]' })
})

test('a process whose work does not come to an end is ended all the same', async () => {
  expect(await stopped('hanging', 'could not stop')).toEqual({
    code: 1,
    signal: null,
    why: 'Still at work after 0.3 s',
  })
})

test('a process that cannot start says why and ends as failed', async () => {
  await expect(start('unknown')).rejects.toThrow(/ended \(1\) before it was ready:[\s\S]*could not start/)
})
