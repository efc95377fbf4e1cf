import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { ParsedMail } from './parsed-mail.ts'
import type { ParserLimits } from './pool.ts'

/** `killed`: the mail took too much time or memory; `threw`: the parser gave up on it; `died`: its process ended, maybe for another reason. */
export class ParserFailed extends Error {
  override name = 'ParserFailed'
  readonly how: 'killed' | 'threw' | 'died'

  constructor(how: ParserFailed['how'], why: string) {
    super(`The mail could not be parsed: ${why}`)
    this.how = how
  }
}

/** No parser process can be started: that is no mail's fault. */
export class ParserUnavailable extends Error {
  override name = 'ParserUnavailable'
}

export type Child = {
  parse(raw: Buffer): Promise<ParsedMail>
  alive(): boolean
  /** Starts the idle clock. */
  rest(): void
  end(): Promise<void>
}

type Answer = { mail: ParsedMail } | { problem: string }

const ENTRY = fileURLToPath(new URL('./child.ts', import.meta.url))
const PAGE_BYTES = 4_096
const LOOK_MS = 100

/** @param gone called once, when the process has ended for whatever reason */
export function startChild(limits: ParserLimits, gone: () => void): Child {
  const process_ = fork(ENTRY, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [`--max-old-space-size=${Math.round(limits.memoryBytes / 2e6)}`, '--disable-warning=ExperimentalWarning'],
    env: {},
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
  const end = async (): Promise<void> => {
    if (!alive) return
    const ended = once(process_, 'exit')
    process_.kill('SIGKILL')
    await ended
  }
  return {
    alive: () => alive,
    end,
    rest() {
      process_.unref()
      process_.channel?.unref()
      idle = setTimeout(() => void end(), limits.idleMs).unref()
    },
    async parse(raw) {
      clearTimeout(idle)
      process_.ref()
      process_.channel?.ref()
      await ready
      return ask(process_, raw, limits)
    },
  }
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

/** One mail through one child, within its limits; a child that breaks them is killed, and its pool starts another. */
function ask(child: ChildProcess, raw: Buffer, limits: ParserLimits): Promise<ParsedMail> {
  return new Promise((resolve, reject) => {
    let failure = new ParserFailed('died', 'its process ended')
    const kill = (reason: string) => {
      failure = new ParserFailed('killed', reason)
      child.kill('SIGKILL')
    }
    const time = setTimeout(() => kill(`it took more than ${limits.timeoutMs} ms`), limits.timeoutMs)
    const memory = setInterval(() => void look(child, limits, kill), LOOK_MS)
    const settle = (act: () => void) => {
      clearTimeout(time)
      clearInterval(memory)
      child.off('message', answered).off('exit', died)
      act()
    }
    const answered = (answer: Answer) => {
      if ('mail' in answer) settle(() => resolve(answer.mail))
      else settle(() => reject(new ParserFailed('threw', answer.problem)))
    }
    const died = () => settle(() => reject(failure))
    child.on('message', answered).once('exit', died)
    child.send({ raw }, (error) => {
      if (error) child.kill('SIGKILL')
    })
  })
}

async function look(child: ChildProcess, { memoryBytes }: ParserLimits, kill: (reason: string) => void): Promise<void> {
  const statm = await readFile(`/proc/${child.pid}/statm`, 'utf8').catch(() => '') // not Linux, or just ended
  const resident = Number(statm.split(' ')[1] ?? 0) * PAGE_BYTES
  if (resident > memoryBytes) kill(`it took more than ${Math.round(memoryBytes / 1e6)} MB of memory`)
}
