import type { ChildProcess } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { ParserFailed } from './failures.ts'
import type { AttachmentHead, ParsedMail } from './parsed-mail.ts'
import type { ParserLimits } from './pool.ts'

/** What the parent says to a parser process: a mail, or whether it wants more of the attachment at hand. */
export type Word = { raw: Uint8Array; streams: boolean } | { wants: boolean }

/** What a parser process says. It goes on when it is answered; `mail` and `problem` end the conversation. */
export type Said =
  | { part: AttachmentHead }
  | { chunk: Uint8Array }
  | { ended: true }
  /** `last`: the mail has left so much memory behind that the next one is for another process. */
  | { mail: ParsedMail; last: boolean }
  | { problem: string }

/** Takes one attachment as it comes out of the mail; it need not read all of it. What it throws ends the reading of the mail. */
export type Take = (head: AttachmentHead, content: AsyncIterable<Uint8Array>) => Promise<void>

/**
 * One mail through one child, within its limits. A child that breaks them is killed, and its pool starts another. Only the child's own
 * time counts: while an attachment is written down the clock stands still.
 */
export async function ask(
  child: ChildProcess,
  raw: Buffer,
  limits: ParserLimits,
  take: Take | null,
): Promise<ParsedMail> {
  const watch = watching(child, limits, raw.length)
  try {
    let said = await watch.say({ raw, streams: take !== null })
    while (!('mail' in said)) {
      if ('problem' in said) throw new ParserFailed('threw', said.problem)
      if (!('part' in said) || !take) throw new ParserFailed('died', 'it said something out of turn')
      said = await handOn(said.part, watch.say, take)
    }
    if (said.last) await watch.end()
    return said.mail
  } catch (error) {
    if (!(error instanceof ParserFailed && error.how === 'threw')) await watch.end() // it stands in the middle of a mail
    throw error
  } finally {
    watch.over()
  }
}

type Say = (word: Word) => Promise<Said>

async function handOn(head: AttachmentHead, say: Say, take: Take): Promise<Said> {
  let hasEnded = false
  async function* chunks() {
    for (;;) {
      const said = await say({ wants: true })
      if (!('chunk' in said)) break
      yield said.chunk
    }
    hasEnded = true
  }
  await take(head, chunks())
  if (!hasEnded) await say({ wants: false }) // its next word is that the part has ended
  return say({ wants: true })
}

const PAGE_BYTES = 4_096
const LOOK_MS = 100
/** A mail of up to 25 MB, the most that other systems send, and what is more. */
const LARGE_MAIL = 25 * 1_048_576

function watching(child: ChildProcess, limits: ParserLimits, rawBytes: number) {
  let failure: ParserFailed | undefined
  let left = limits.timeoutMs
  let hasExited = child.exitCode !== null || child.signalCode !== null
  let exited = () => {}
  const gone = new Promise<void>((resolve) => {
    exited = () => {
      hasExited = true
      resolve()
    }
  })
  child.once('exit', exited)
  const kill = (reason: string, how: ParserFailed['how'] = 'killed') => {
    failure ??= new ParserFailed(how, reason)
    child.kill('SIGKILL')
  }
  let cpuBefore: number | undefined
  const most = rawBytes > LARGE_MAIL ? limits.memoryBytes : Math.min(limits.memoryBytes, limits.smallMemoryBytes)
  const looks = setInterval(() => {
    void look(child, most, kill)
    if (cpuBefore === undefined) void cpuOf(child).then((ms) => (cpuBefore ??= ms))
  }, LOOK_MS)

  const say: Say = (word) =>
    new Promise((resolve, reject) => {
      const began = performance.now()
      let isSettled = false
      const late = async () => {
        const cpuNow = await cpuOf(child)
        if (isSettled) return
        const starved = cpuNow !== undefined && cpuBefore !== undefined && cpuNow - cpuBefore < limits.timeoutMs / 2
        if (starved) kill(`it had little of a processor in ${limits.timeoutMs} ms`, 'starved')
        else kill(`it took more than ${limits.timeoutMs} ms`)
      }
      const time = setTimeout(() => void late(), Math.max(1, left))
      const settle = (act: () => void) => {
        isSettled = true
        clearTimeout(time)
        left -= performance.now() - began
        child.off('message', answered).off('exit', died)
        act()
      }
      const answered = (said: Said) => settle(() => resolve(said))
      const died = () => settle(() => reject(failure ?? new ParserFailed('died', 'its process ended')))
      if (hasExited) return died()
      child.on('message', answered).once('exit', died)
      child.send(word, (error) => {
        if (error) child.kill('SIGKILL')
      })
    })

  return {
    say,
    async end() {
      if (hasExited) return
      child.kill('SIGKILL')
      await gone
    },
    over() {
      clearInterval(looks)
      child.off('exit', exited)
    },
  }
}

async function look(child: ChildProcess, most: number, kill: (reason: string) => void): Promise<void> {
  const statm = await readFile(`/proc/${child.pid}/statm`, 'utf8').catch(() => '') // not Linux, or just ended
  const resident = Number(statm.split(' ')[1] ?? 0) * PAGE_BYTES
  if (resident > most) kill(`it took more than ${Math.round(most / 1e6)} MB of memory`)
}

/** Linux counts processor time for its users in hundredths of a second, whatever the machine (proc_pid_stat(5)). */
const TICK_MS = 10

/** @returns the processor time that the process has had, in milliseconds; undefined where the system does not tell it */
async function cpuOf(child: ChildProcess): Promise<number | undefined> {
  const stat = await readFile(`/proc/${child.pid}/stat`, 'utf8').catch(() => '') // not Linux, or just ended
  const [, , , , , , , , , , , user, system] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return user === undefined ? undefined : (Number(user) + Number(system)) * TICK_MS
}
