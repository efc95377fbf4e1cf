import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { getPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { engineMemory } from '../../backend/features/analytics/lake/memory.ts'
import { startDesk } from '../support/desk.ts'
import { backendEnvironment } from '../support/processes/backend-environment.ts'
import { startProcess } from '../support/processes/backend-process.ts'

/** How nice each thread is, by field 19 of its stat (man 5 proc). */
async function nicenessOf(pid: number): Promise<Set<number>> {
  const threads = await readdir(`/proc/${pid}/task`)
  const stats = await Promise.all(
    threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/stat`, 'utf8').catch(() => '')),
  )
  return new Set(
    stats.filter((stat) => stat !== '').map((stat) => Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])),
  )
}

test('every thread of the process that keeps the lake gives way to the desk, those of its engine too', async () => {
  const desk = await startDesk()
  const folder = await mkdtemp(join(tmpdir(), 'sidedesk-nice-lake-'))
  const { ownerUrl: owner, url: app, jobsUrl: jobs, lakeUrl } = desk.database
  const env = backendEnvironment({
    urls: { owner, app, jobs, lake: lakeUrl },
    folder,
    googleUrl: desk.google.url,
    masterKey: Buffer.alloc(32, 7).toString('base64'),
    port: 0,
  })
  try {
    const lake = await startProcess('backend/lake.ts', { ...env, LOG_LEVEL: 'debug' }, /the lake moved on/)
    expect([...(await nicenessOf(lake.pid))]).toEqual([Math.max(10, getPriority())]) // nobody is made less nice than their parent
    await lake.kill('SIGTERM')
  } finally {
    await desk.stop()
    await rm(folder, { recursive: true, force: true })
  }
})

test('the engine has what the process may use, less what lies beside it', () => {
  expect(['768MB', '2GB', '512MB', '100MB'].map(engineMemory)).toEqual(['328MB', '1560MB', '96MB', '96MB'])
})
