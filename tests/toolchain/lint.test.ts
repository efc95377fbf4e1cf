import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const PARTS = ['shared', 'backend', 'workbench', 'tests', 'toolchain']
const CLIENT = "import { PrismaClient } from './generated/prisma/client.ts'\ndeclare const db: PrismaClient\n"
let tree: string
beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'sidedesk-lint-'))
  for (const part of PARTS) mkdirSync(join(tree, part))
  for (const file of [
    ...['package.json', 'tsconfig.json', 'tsconfig.base.json', 'eslint.config.js', 'biome.json', '.gitignore'],
    ...PARTS.map((part) => `${part}/tsconfig.json`),
    'toolchain/check.ts',
  ]) {
    copyFileSync(join(ROOT, file), join(tree, file))
  }
  symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'))
  symlinkSync(join(ROOT, 'backend/generated'), join(tree, 'backend/generated'))
})
afterAll(() => rmSync(tree, { recursive: true }))

describe('the check of promises', () => {
  const careless = [...PARTS.map((part) => `${part}/careless.ts`), 'shared/careless.test.ts', 'prisma.config.ts']
  let found: ReturnType<typeof run>
  beforeAll(() => {
    for (const path of careless) write(path, 'const save = async () => {}\nsave()\n')
    write('backend/forgotten.ts', `${CLIENT}export async function touch() {\n  db.$executeRaw\`select 1\`\n}\n`)
    write('backend/awaited.ts', `${CLIENT}export async function touch() {\n  await db.$executeRaw\`select 1\`\n}\n`)
    found = run('toolchain/check.ts', 'promises')
  })

  test('looks through every part of the tree, each with its own types', () => {
    expect(found.status).toBe(1)
    expect(found.stdout).toMatch(/^FAILED promises/)
    for (const path of careless) expect(found.stdout).toContain(`/${path}\n  2:1  error`)
  })

  test('finds a query that nobody awaits, though it is only a thenable', () => {
    expect(found.stdout).toMatch(/forgotten\.ts\n +4:3 +error .*no-floating-promises/)
    expect(found.stdout).not.toContain('awaited.ts')
  })
})

test('printing to the console and any are refused in the product', () => {
  write('backend/loud.ts', "export const say = (word: any) => console.log(word, 'loud')\n")
  write('workbench/loud.ts', "export const say = (word: string) => console.log(word, 'loud')\n")
  const { stdout, stderr } = run(
    'node_modules/@biomejs/biome/bin/biome',
    'check',
    '--reporter=github',
    'backend/loud.ts',
    'workbench/loud.ts',
  )
  const said = `${stdout}${stderr}`
  expect(said).toMatch(/noConsole.*backend\/loud\.ts/)
  expect(said).toMatch(/noExplicitAny.*backend\/loud\.ts/)
  expect(said).not.toContain('workbench/loud.ts')
})

const write = (path: string, text: string) => writeFileSync(join(tree, path), text)
const run = (program: string, ...args: string[]) =>
  spawnSync(process.execPath, [join(tree, program), ...args], { cwd: tree, encoding: 'utf8' })
