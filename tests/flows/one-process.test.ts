import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { createDatabase } from '../support/database.ts'
import { backendEnvironment } from '../support/processes/backend-environment.ts'
import { startProcess } from '../support/processes/backend-process.ts'

test('a small desk runs in one process: the API answers, the worker takes jobs, and both end well', async () => {
  const database = await createDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'sidedesk-one-'))
  const urls = { owner: database.ownerUrl, app: database.url, jobs: database.jobsUrl, lake: database.lakeUrl }
  const masterKey = Buffer.alloc(32, 1).toString('base64')
  const env = backendEnvironment({ urls, folder, masterKey, googleUrl: 'http://127.0.0.1:1', port: 0 })
  try {
    const desk = await startProcess('backend/desk.ts', env, /the worker takes jobs/)
    const lineOf = (words: string) => desk.lines.findIndex((line) => line.includes(`"${words}"`))
    const { port } = JSON.parse(desk.lines[lineOf('the API listens')] ?? '{}') as { port: number }
    expect(lineOf('hot views are planned')).toBeGreaterThanOrEqual(0)
    expect(lineOf('hot views are planned')).toBeLessThan(lineOf('the API listens'))
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`)
    expect(await ready.json()).toEqual({ status: 'ready', problems: [] })
    expect(await desk.kill('SIGTERM')).toEqual({ code: 0, signal: null })
  } finally {
    await database.drop()
    rmSync(folder, { recursive: true, force: true })
  }
})
