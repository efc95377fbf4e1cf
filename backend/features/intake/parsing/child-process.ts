import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ask, type Take } from './conversation.ts'
import { ParserUnavailable } from './failures.ts'
import type { ParsedMail } from './parsed-mail.ts'
import type { ParserLimits } from './pool.ts'

export { ParserFailed, ParserUnavailable } from './failures.ts'

export type Child = {
  parse(raw: Buffer, take: Take | null): Promise<ParsedMail>
  alive(): boolean
  /** Comes when it takes mails; fails when it could not be started. */
  ready: Promise<void>
  /** When it began to take mails, or will at the latest, by `performance.now()`. */
  readySince(): number
  /** Starts the idle clock. */
  rest(): void
  end(): Promise<void>
}

/** After so long a process that starts counts as one that reads: others need not wait for it. Milliseconds. */
const STARTS_MS = 2_000

/** Half of what is young; Node's own choice is twice as much and frees nothing sooner, and counts towards what a mail may take. */
const YOUNG_MB = 16

const ENTRY = fileURLToPath(new URL('./child.ts', import.meta.url))

/** @param gone called once, when the process has ended for whatever reason */
export function startChild(limits: ParserLimits, gone: () => void): Child {
  const process_ = fork(ENTRY, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [
      `--max-old-space-size=${Math.round(limits.memoryBytes / 2e6)}`,
      `--max-semi-space-size=${YOUNG_MB}`,
      '--disable-warning=ExperimentalWarning',
    ],
    env: environment(),
  })
  let alive = true
  let idle: NodeJS.Timeout | undefined
  const over = () => {
    if (!alive) return
    alive = false
    clearTimeout(idle)
    gone()
  }
  process_.once('exit', over).once('error', over)
  const ready = untilReady(process_)
  ready.catch(() => undefined) // whoever parses is told
  let readySince = performance.now() + STARTS_MS
  void ready.then(
    () => (readySince = performance.now()),
    () => undefined,
  )
  const end = async (): Promise<void> => {
    if (!alive) return
    process_.ref() // one that rests is all that may be left of us: its end would come when nobody waits any more
    const ended = once(process_, 'exit')
    process_.kill('SIGKILL')
    await ended
  }
  return {
    alive: () => alive,
    ready,
    readySince: () => readySince,
    end,
    rest() {
      process_.unref()
      process_.channel?.unref()
      idle = setTimeout(() => void end(), limits.idleMs).unref()
    },
    async parse(raw, take) {
      clearTimeout(idle)
      process_.ref()
      process_.channel?.ref()
      await ready
      return ask(process_, raw, limits, take)
    },
  }
}

/**
 * Nothing of ours, but for where Node keeps what it has compiled, if it does: with that a start takes half as long. Of glibc's memory one
 * heap is enough: with one for each thread a process has grown too large for the next mail after some hundreds of small ones.
 */
function environment(): Record<string, string> {
  const compiled = getCompileCacheDir() // a folder for this version of Node in the one that was named
  return { MALLOC_ARENA_MAX: '1', ...(compiled !== undefined && { NODE_COMPILE_CACHE: dirname(compiled) }) }
}

const untilReady = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    const failed = (cause: unknown) => reject(new ParserUnavailable('A parser process could not be started', { cause }))
    child.once('message', () => {
      child.off('exit', failed).off('error', failed)
      resolve()
    })
    child.once('exit', failed).once('error', failed)
  })
