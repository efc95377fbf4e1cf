import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from '@jest/globals'
import { clasp } from '../../toolchain/addon/clasp.ts'
import { scriptIdOf, stampedProject } from '../../toolchain/addon/stamped-project.ts'
import { buildAddon } from '../../toolchain/build-addon.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const BACKEND = 'https://desk.honeyhill.example'
const folder = mkdtempSync(join(tmpdir(), 'sidedesk-push-'))
afterAll(() => rmSync(folder, { recursive: true }))

const filesToPush = async (where: string) =>
  (
    JSON.parse((await clasp(where, ['show-file-status', '--json'])).said) as { filesToPush: string[] }
  ).filesToPush.sort()

test('from the repository clasp would push the manifest and the bundle, and nothing else', async () => {
  await buildAddon({ backendUrl: BACKEND, outDir: join(ROOT, 'dist') })
  expect(await filesToPush(ROOT)).toEqual(['appsscript.json', 'dist/Code.js'])
})

test('from the stamped copy clasp would push the same two, for this backend and this script', async () => {
  const { code } = await stampedProject(folder, BACKEND, 'script-1234')
  expect(await filesToPush(folder)).toEqual(['Code.js', 'appsscript.json'])
  expect(readdirSync(folder).sort()).toEqual(['.clasp.json', '.claspignore', 'Code.js', 'appsscript.json'])
  expect(JSON.parse(readFileSync(join(folder, '.clasp.json'), 'utf8'))).toEqual({ scriptId: 'script-1234' })
  expect(readFileSync(join(folder, 'Code.js'), 'utf8')).toBe(code)
  expect(readFileSync(join(folder, 'appsscript.json'), 'utf8')).toContain(`"${BACKEND}/"`)
})

test('deploying without a script id says where to find one', async () => {
  await expect(scriptIdOf(undefined)).rejects.toThrow('Give --script-id ID')
  await expect(scriptIdOf('../etc')).rejects.toThrow('is not a script id')
  expect(await scriptIdOf('1AbC-dEf_123')).toBe('1AbC-dEf_123')
})

test.each([
  [[], 1, '--backend     https address of the backend'],
  [['--backend', 'http://desk.example.com'], 1, 'is not https'],
  [['--backend', BACKEND], 1, 'Give --script-id ID'],
  [['--backend', BACKEND, '--dry-run'], 0, 'Nothing was pushed'],
])('deploy %j ends with %i and says so', (args, code, words) => {
  const done = deploy(args)
  expect(done.stdout + done.stderr).toContain(words)
  expect(done.status).toBe(code)
})

test('somebody who is not logged in is told so before anything is pushed', () => {
  const args = ['--backend', BACKEND, '--script-id', 'script-1234']
  const done = deploy(args)
  expect(done.stderr).toContain('You are not logged in to Google')
  expect(done.status).toBe(1)
})

/** Runs the command as somebody without a Google login, whoever runs the tests: nothing can be pushed from here. */
function deploy(args: readonly string[]) {
  const env = { ...process.env, HOME: folder, clasp_config_auth: join(folder, 'nobody.json') }
  return spawnSync(process.execPath, [join(ROOT, 'toolchain/deploy.ts'), ...args], { encoding: 'utf8', env })
}
