import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** rule, the file that breaks it, its text */
const BREAKS: [string, string, string][] = [
  ['no-cycles', 'backend/platform/one.ts', "import './other.ts'"],
  ['unresolvable', 'backend/platform/lost.ts', "import './nowhere.ts'"],
  ['shared-knows-nobody', 'shared/from-backend.ts', "import '../backend/platform/leaf.ts'"],
  ['shared-takes-only-zod', 'shared/from-node.ts', "import 'node:fs'"],
  ['shared-takes-only-zod', 'shared/from-package.ts', "import 'uuid'"],
  [
    'addon-takes-only-types-of-shared',
    'addon/schema.ts',
    "import { leaf } from '../shared/leaf.ts'\nconsole.log(leaf)",
  ],
  ['addon-takes-only-types-of-shared', 'addon/zod.ts', "import { z } from 'zod'\nconsole.log(z)"],
  ['addon-stands-alone', 'addon/package.ts', "import 'uuid'"],
  ['addon-stands-alone', 'addon/node.ts', "import 'node:crypto'"],
  [
    'addon-stands-alone',
    'addon/backend.ts',
    "import type { leaf } from '../backend/platform/leaf.ts'\nexport type L = typeof leaf",
  ],
  ['platform-has-no-domain', 'backend/platform/feature.ts', "import '../features/a/index.ts'"],
  ['platform-has-no-domain', 'backend/platform/client.ts', "import '../clients/gmail.ts'"],
  ['clients-speak-protocol-only', 'backend/clients/contract.ts', "import '../../shared/leaf.ts'"],
  ['clients-speak-protocol-only', 'backend/clients/feature.ts', "import '../features/a/index.ts'"],
  ['features-meet-at-index', 'backend/features/b/window.ts', "import '../a/inside.ts'"],
  ['features-stay-inside', 'backend/features/b/process.ts', "import '../../api.ts'"],
  ['backend-never-sees-the-workbench', 'backend/bench.ts', "import '../workbench/leaf.ts'"],
  ['backend-never-sees-the-workbench', 'backend/clients/tests.ts', "import '../../tests/leaf.ts'"],
  ['backend-never-sees-the-workbench', 'backend/platform/tools.ts', "import '../../toolchain/leaf.ts'"],
  ['workbench-uses-the-backend-as-a-whole', 'workbench/reach.ts', "import '../backend/features/a/inside.ts'"],
  ['production-never-sees-tests', 'toolchain/tests.ts', "import '../tests/leaf.ts'"],
  ['no-undeclared-package', 'toolchain/borrowed.ts', "import 'accepts'"],
  ['production-takes-no-dev-package', 'backend/dev.ts', "import 'esbuild'"],
]

/** What must stay allowed, so that no rule passes by forbidding everything. */
const ALLOWED: [string, string][] = [
  ['shared/contract.ts', "import 'zod'\nimport './leaf.ts'"],
  [
    'addon/view.ts',
    "import type { z } from 'zod'\nimport type { leaf } from '../shared/leaf.ts'\nexport type L = z.infer<typeof leaf>",
  ],
  ['backend/platform/route.ts', "import 'node:fs'\nimport 'express'\nimport '../../shared/leaf.ts'"],
  ['backend/clients/gmail.ts', "import 'jose'\nimport '../platform/leaf.ts'"],
  ['backend/features/a/index.ts', "import './inside.ts'"],
  [
    'backend/features/c/acts.ts',
    "import '../a/index.ts'\nimport '../../clients/gmail.ts'\nimport '../../../shared/leaf.ts'",
  ],
  ['backend/api.ts', "import './features/a/index.ts'"],
  ['workbench/main.ts', "import '../backend/api.ts'\nimport '../shared/leaf.ts'\nimport 'esbuild'"],
  ['backend/platform/leaf.test.ts', "import '../../tests/leaf.ts'\nimport '@jest/globals'"],
]

/** Files that only stand on the other end of an import; d and e need each other through their doors, yet no file cycle exists. */
const LEAVES: [string, string][] = [
  ...['shared', 'backend/platform', 'workbench', 'tests', 'toolchain'].map((f): [string, string] => [
    `${f}/leaf.ts`,
    'export const leaf = 1',
  ]),
  ['backend/platform/other.ts', "import './one.ts'"],
  ['backend/features/a/inside.ts', 'export const inside = 1'],
  ['backend/features/d/index.ts', 'export const door = 1'],
  ['backend/features/e/index.ts', 'export const door = 1'],
  ['backend/features/d/pages/needs-e.ts', "import type { door } from '../../e/index.ts'\nexport type D = typeof door"],
  ['backend/features/e/needs-d.ts', "import '../d/index.ts'"],
]

interface Violation {
  from: string
  rule: { name: string }
}

let tree: string
let violations: Violation[]
beforeAll(async () => {
  tree = mkdtempSync(join(tmpdir(), 'sidedesk-boundaries-'))
  for (const [, path, text] of BREAKS) write(path, text)
  for (const [path, text] of [...ALLOWED, ...LEAVES]) write(path, text)
  for (const file of ['package.json', 'tsconfig.base.json', '.dependency-cruiser.cjs'])
    copyFileSync(join(ROOT, file), join(tree, file))
  symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'))
  violations = await cruise()
})
afterAll(() => rmSync(tree, { recursive: true }))

test.each(BREAKS)('%s is broken by %s', (rule, path) => {
  expect(violations).toContainEqual(
    expect.objectContaining({ from: path, rule: expect.objectContaining({ name: rule }) }),
  )
})

test('no-cycles-between-features is broken by two features that need each other, even for types alone', () => {
  const found = violations.filter(({ rule }) => rule.name === 'no-cycles-between-features').map(({ from }) => from)
  expect(found.sort()).toEqual(['backend/features/d', 'backend/features/e'])
})

test.each(ALLOWED)('%s breaks no rule', (path) => {
  expect(violations.filter(({ from }) => from === path)).toEqual([])
})

test('every rule of the configuration is broken by one of these files', () => {
  const config = createRequire(import.meta.url)(join(ROOT, '.dependency-cruiser.cjs')) as {
    forbidden: { name: string }[]
  }
  const broken = new Set(violations.map(({ rule }) => rule.name))
  expect([...broken].sort()).toEqual(config.forbidden.map(({ name }) => name).sort())
})

function write(path: string, text: string) {
  mkdirSync(join(tree, dirname(path)), { recursive: true })
  writeFileSync(join(tree, path), `${text}\n`)
}

function cruise(): Promise<Violation[]> {
  const program = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const folders = ['shared', 'addon', 'backend', 'workbench', 'tests', 'toolchain']
  const args = [program, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders]
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      args,
      { cwd: tree, maxBuffer: 64 * 1024 ** 2 },
      (_exitCodeCountsViolations, stdout, stderr) => {
        if (stdout === '') reject(new Error(stderr))
        else resolve((JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations)
      },
    )
  })
}
