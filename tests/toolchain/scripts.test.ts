import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sidedesk-scripts-'))
  mkdirSync(join(folder, 'toolchain'))
  copyFileSync(join(ROOT, 'toolchain/lock-stubs.mjs'), join(folder, 'toolchain/lock-stubs.mjs'))
})
afterAll(() => rmSync(folder, { recursive: true }))

test('a task that does not exist is refused with the list of those that do', () => {
  const { status, stderr } = run(ROOT, 'toolchain/run.mjs', 'nonsense')
  expect(stderr).toContain('There is no task "nonsense". Tasks: start, test, check')
  expect(status).toBe(1)
})

test("a task's own failure is the exit code of its script", () => {
  const { status, stderr } = run(ROOT, 'toolchain/run.mjs', 'check', 'nonsense')
  expect(stderr).toContain('No such check')
  expect(status).toBe(1)
})

test('the bench begins without a test runner, and lists its figures when it is asked for one that there is not', () => {
  const { status, stderr } = run(ROOT, 'toolchain/run.mjs', 'bench', '--only', 'nonsense')
  expect(stderr).toContain('There is no figure "nonsense". Figures: memory,')
  expect(status).toBe(1)
})

test('every npm script is a task of the same name', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  for (const [name, command] of Object.entries(scripts)) expect(command).toBe(`node toolchain/run.mjs ${name}`)
})

test('platform packages that npm left out of the lock are added, exactly as they stand in ours', () => {
  const ours = readFileSync(join(ROOT, 'package-lock.json'), 'utf8')
  const lock = JSON.parse(ours) as { packages: Record<string, { integrity?: string; resolved?: string }> }
  const stubs = Object.keys(lock.packages).filter((path) => path !== '' && !lock.packages[path]?.integrity)
  expect(stubs.length).toBeGreaterThan(0)
  for (const path of stubs) delete lock.packages[path]
  writeLock(lock)
  expect(run(folder, 'toolchain/lock-stubs.mjs', '--check').status).toBe(1)
  expect(run(folder, 'toolchain/lock-stubs.mjs').status).toBe(0)
  expect(readFileSync(join(folder, 'package-lock.json'), 'utf8')).toBe(ours)
})

test("a registry's address does not stay in the lock", () => {
  writeLock({
    packages: { '': {}, 'node_modules/a': { version: '1.0.0', resolved: 'https://registry.example/a.tgz' } },
  })
  expect(run(folder, 'toolchain/lock-stubs.mjs', '--check').status).toBe(1)
  run(folder, 'toolchain/lock-stubs.mjs')
  expect(readFileSync(join(folder, 'package-lock.json'), 'utf8')).not.toContain('registry.example')
})

const run = (cwd: string, ...args: string[]) => spawnSync(process.execPath, args, { cwd, encoding: 'utf8' })
const writeLock = (lock: object) =>
  writeFileSync(join(folder, 'package-lock.json'), `${JSON.stringify(lock, null, 2)}\n`)
