import { spawn } from 'node:child_process'
import { generate } from './setup/generate.mjs'
import { install } from './setup/install.mjs'
import { chooseNode, requireMachine } from './setup/machine.mjs'
import { ROOT, SetupError } from './setup/root.mjs'

/**
 * Every npm script comes through here, on whatever Node (20 or newer) the machine has: it installs and generates what is missing,
 * then runs the task on the project's own Node. Plain JavaScript without a dependency, because it runs before any is there.
 */
/** A desk makes much that lives shortly: with room for it a run spends 7 % less of the processors on collecting garbage. Workers inherit it. */
const JEST = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=64', 'node_modules/jest/bin/jest.js']
const slow = (pattern, milliseconds) => [
  `--testMatch=${pattern}`,
  '--testPathIgnorePatterns=/node_modules/',
  '--maxWorkers=1',
  `--testTimeout=${milliseconds}`,
]
const TASKS = {
  // a year is made of short-lived rows by the million: room for the young spares a tenth of it
  start: { command: ['--max-semi-space-size=64', 'workbench/main.ts'] },
  test: { command: JEST },
  check: { command: ['toolchain/check.ts'] },
  'check:corpora': { command: ['--disable-warning=ExperimentalWarning', 'tests/mail/corpora/check.ts'] },
  'test:long': { command: JEST, after: slow('**/*.long.test.ts', 1_800_000) },
  'test:faults': { command: JEST, after: slow('**/tests/faults/**/*.test.ts', 600_000) },
  bench: { command: ['tests/load/bench.ts'] },
  build: { command: ['toolchain/build-addon.ts'] },
  deploy: { command: ['toolchain/deploy.ts'] },
  admin: { command: ['backend/admin.ts'] },
  reset: { command: ['workbench/reset.ts'] },
}

try {
  const [name, ...args] = process.argv.slice(2)
  const task = TASKS[name]
  if (!task) throw new SetupError(`There is no task "${name ?? ''}". Tasks: ${Object.keys(TASKS).join(', ')}`)
  requireMachine()
  await install()
  const node = chooseNode()
  await generate(node)
  run(node, [...task.command, ...args, ...(task.after ?? [])])
} catch (error) {
  if (!(error instanceof SetupError)) throw error
  console.error(`\n${error.message}`)
  process.exitCode = 1
}

/** Whatever ends the task ends us in the same way, and a signal that reaches only us is passed on. */
function run({ path, env }, args) {
  const child = spawn(path, args, { cwd: ROOT, env, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      const terminalToldIt = signal === 'SIGINT' && process.stdin.isTTY
      if (!terminalToldIt) child.kill(signal)
    })
  }
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}
