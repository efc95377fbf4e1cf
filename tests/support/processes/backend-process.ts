import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { COMPILED } from './compiled.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

export type Ended = { code: number | null; signal: NodeJS.Signals | null }

export type BackendProcess = {
  pid: number
  /** The last lines it wrote, for a failure's message. */
  lines: string[]
  ended: Promise<Ended>
  isRunning(): boolean
  kill(signal: NodeJS.Signals): Promise<Ended>
}

/**
 * A real process of ours, such as backend/api.ts, with an environment and nothing else of ours.
 * @param ready the log line that says it does its work
 * @throws Error with its last lines when it ends before
 */
export async function startProcess(
  file: string,
  env: Record<string, string>,
  ready: RegExp,
  args: string[] = [],
): Promise<BackendProcess> {
  const child = spawn(process.execPath, [file, ...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', ...COMPILED, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<Ended>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })))
  const lines: string[] = []
  await saying(child, ready, lines, ended, file)
  const isRunning = () => child.exitCode === null && child.signalCode === null
  return {
    pid: child.pid ?? 0,
    lines,
    ended,
    isRunning,
    kill(signal) {
      if (isRunning()) child.kill(signal)
      return ended
    },
  }
}

/** Resolves at the line; goes on keeping the newest ones. */
async function saying(
  child: ChildProcess,
  ready: RegExp,
  lines: string[],
  ended: Promise<Ended>,
  file: string,
): Promise<void> {
  const said = Promise.withResolvers<void>()
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) throw new Error('a process was started without its output')
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      if (lines.length > 60) lines.shift()
      if (ready.test(line)) said.resolve()
    })
  }
  child.once('error', said.reject)
  void ended.then(({ code, signal }) =>
    said.reject(new Error(`${file} ended (${signal ?? code}) before it was ready:\n${lines.join('\n')}`)),
  )
  await said.promise
}

export const startApi = (env: Record<string, string>) => startProcess('backend/api.ts', env, /the API listens/)
/** With the flag of docs/guides/deployment.md. */
export const startWorkerProcess = (env: Record<string, string>) =>
  startProcess('backend/worker.ts', { NODE_OPTIONS: '--max-semi-space-size=16', ...env }, /the worker takes jobs/)
