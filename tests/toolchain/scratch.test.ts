import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { makeScratch } from '../support/scratch.ts'

const { TMPDIR } = process.env
let disk: string
beforeAll(() => {
  disk = mkdtempSync(join(tmpdir(), 'sidedesk-scratch-'))
  process.env['TMPDIR'] = disk
})
afterAll(() => {
  if (TMPDIR === undefined) delete process.env['TMPDIR']
  else process.env['TMPDIR'] = TMPDIR
  rmSync(disk, { recursive: true })
})

test('a run removes what a killed one left, and nothing of one that is at work', async () => {
  const { pid: dead } = spawnSync(process.execPath, ['--version'])
  const [left, atWork, other] = [`sidedesk-run-${dead}-a`, `sidedesk-run-${process.pid}-b`, 'sidedesk-desk-1'].map(
    (name) => join(disk, name),
  ) as [string, string, string]
  for (const folder of [left, atWork, other]) mkdirSync(join(folder, 'data'), { recursive: true })

  const folder = await makeScratch(false)
  expect(folder.startsWith(join(disk, `sidedesk-run-${process.pid}-`))).toBe(true)
  expect([left, atWork, other, folder].map((path) => existsSync(path))).toEqual([false, true, true, true])
})
