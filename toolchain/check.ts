import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A name and what it runs, one program after another: each is of node_modules or of this folder. */
type Check = [name: string, ...programs: string[][]]

/** Everything that can be said about the code without running it. */
const CHECKS: Check[] = [
  ['types', ['node_modules/ts7/bin/tsc', '-b', '--builders', '1', '--checkers', '1']], // one at a time: each needs 1.5 GB, and each checker more
  ['format and lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings']],
  ['promises', ...typedParts().map(lint)],
  [
    'boundaries',
    ['node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', '--config', '.dependency-cruiser.cjs', ...parts()],
  ],
  ['unused', ['node_modules/knip/bin/knip.js', '--no-progress']],
  ['schema drift', ['toolchain/drift.ts']],
  ['lock', ['toolchain/lock-stubs.mjs', '--check']],
]

const wanted = process.argv.slice(2)
const chosen = CHECKS.filter(([name]) => wanted.length === 0 || wanted.includes(name))
if (chosen.length === 0) console.error(`No such check. Checks: ${CHECKS.map(([name]) => name).join(', ')}`)
const failed = chosen.length === 0 ? 1 : await runTwoAtATime(chosen)
console.log(failed === 0 ? 'All is well.' : `${failed} of ${chosen.length} checks failed.`)
process.exitCode = failed === 0 ? 0 : 1

function parts() {
  return ['shared', 'backend', 'addon', 'workbench', 'tests', 'toolchain']
}

/** What eslint reads with one set of types. Tests that lie in shared/ are compiled with the tests. */
function typedParts(): string[][] {
  const testsElsewhere = 'shared/**/*.test.ts'
  return [
    ['shared', '--ignore-pattern', testsElsewhere],
    ['backend'],
    ['workbench'],
    ['tests', testsElsewhere],
    ['toolchain', 'prisma.config.ts'],
  ]
}

/** A process for each part: all their types at once do not fit into the memory of one. The largest needs more than Node gives by itself. */
function lint(part: string[]): string[] {
  return ['--max-old-space-size=4096', 'node_modules/eslint/bin/eslint.js', '--max-warnings=0', ...part]
}

async function runTwoAtATime(checks: Check[]): Promise<number> {
  const waiting = [...checks]
  const failed: string[] = []
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (!(await passes(...next))) failed.push(next[0])
    }
  }
  await Promise.all([lane(), lane()])
  return failed.length
}

async function passes(name: string, ...programs: string[][]): Promise<boolean> {
  const started = performance.now()
  const complaints: string[] = []
  for (const program of programs) {
    const { code, said } = await run(program)
    if (code !== 0) complaints.push(`${said.trimEnd()}\n`)
  }
  const seconds = ((performance.now() - started) / 1_000).toFixed(1)
  const well = complaints.length === 0
  console.log([`${well ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`, ...complaints].join('\n'))
  return well
}

function run(args: string[]): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const cwd = fileURLToPath(new URL('..', import.meta.url))
    const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, said }))
  })
}
