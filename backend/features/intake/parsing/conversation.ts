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
  const kill = (reason: string) => {
    failure ??= new ParserFailed('killed', reason)
    child.kill('SIGKILL')
  }
  const most = rawBytes > LARGE_MAIL ? limits.memoryBytes : Math.min(limits.memoryBytes, limits.smallMemoryBytes)
  const memory = setInterval(() => void look(child, most, kill), LOOK_MS)

  const say: Say = (word) =>
    new Promise((resolve, reject) => {
      const began = performance.now()
      const time = setTimeout(() => kill(`it took more than ${limits.timeoutMs} ms`), Math.max(1, left))
      const settle = (act: () => void) => {
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
      clearInterval(memory)
      child.off('exit', exited)
    },
  }
}

async function look(child: ChildProcess, most: number, kill: (reason: string) => void): Promise<void> {
  const statm = await readFile(`/proc/${child.pid}/statm`, 'utf8').catch(() => '') // not Linux, or just ended
  const resident = Number(statm.split(' ')[1] ?? 0) * PAGE_BYTES
  if (resident > most) kill(`it took more than ${Math.round(most / 1e6)} MB of memory`)
}
