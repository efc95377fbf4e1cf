import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Everything that can be said about the code without running it. Each line is a program of node_modules or of this folder. */
const CHECKS: [string, string[]][] = [
  ['types', ['node_modules/typescript/bin/tsc', '-b']],
  ['format and lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings']],
  // It holds the types of the whole tree at once, more than Node gives a process by itself.
  ['promises', ['--max-old-space-size=6144', 'node_modules/eslint/bin/eslint.js', '--max-warnings=0']],
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

async function runTwoAtATime(checks: [string, string[]][]): Promise<number> {
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

async function passes(name: string, args: string[]): Promise<boolean> {
  const started = performance.now()
  const { code, said } = await run(args)
  const seconds = ((performance.now() - started) / 1_000).toFixed(1)
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)${code === 0 ? '' : `\n${said.trimEnd()}\n`}`)
  return code === 0
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
