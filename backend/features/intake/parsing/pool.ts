import { availableParallelism } from 'node:os'
import { type Child, startChild } from './child-process.ts'
import type { Take } from './conversation.ts'
import type { ParsedMail } from './parsed-mail.ts'

export type MailParser = {
  /**
   * Parses one mail in a child process; waits while all are busy.
   * @param take takes the attachments as they come out of the mail; left out, their bytes are in the answer
   * @throws ParserFailed, ParserUnavailable, and what `take` throws
   */
  parse(raw: Buffer, take?: Take): Promise<ParsedMail>
  close(): Promise<void>
}

export type ParserLimits = {
  /** Milliseconds for one mail. */
  timeoutMs: number
  /** Resident memory of one child, in bytes; watched on Linux, elsewhere the child's heap alone is limited. */
  memoryBytes: number
  /** The same for a mail of up to 25 MB. */
  smallMemoryBytes: number
  /** Milliseconds after which a child without work is ended. */
  idleMs: number
  /**
   * Mails wait so long in line before one more process is started: one reads a thousand mails a second, and a second one has to learn
   * everything anew. A mail that takes seconds holds up those behind it no longer than this and a start. Milliseconds.
   */
  inLineMs: number
}

const LIMITS: ParserLimits = {
  timeoutMs: 10_000,
  memoryBytes: 600_000_000,
  smallMemoryBytes: 300_000_000,
  idleMs: 60_000,
  inLineMs: 50,
}

type Waiting = { since: number; take: (child: Child) => void }

/**
 * Child processes that parse mail, started when there is work and ended when there is none.
 * @param size the most children at a time
 */
export function createMailParser(size = availableParallelism(), limits: Partial<ParserLimits> = {}): MailParser {
  const held: ParserLimits = { ...LIMITS, ...limits }
  const idle: Child[] = []
  const all = new Set<Child>()
  const waiting: Waiting[] = []
  let closed = false
  let growth: NodeJS.Timeout | undefined

  const start = (): Child => {
    const child = startChild(held, () => {
      all.delete(child)
      const at = idle.indexOf(child)
      if (at >= 0) idle.splice(at, 1)
      const next = closed ? undefined : waiting.shift()
      if (next) next.take(start())
    })
    all.add(child)
    return child
  }
  /** Who waits goes to whichever is free first: a start may take a second, and the mail before them is mostly done sooner. */
  const startBeside = (): void => {
    const child = start()
    const join = () => giveBack(child)
    child.ready.then(join, () => undefined) // one that does not start is gone, and the next in line gets another
  }
  const free = (): Promise<Child> => {
    const resting = idle.pop()
    if (resting) return Promise.resolve(resting)
    if (all.size === 0) return Promise.resolve(start())
    return new Promise((take) => {
      waiting.push({ since: performance.now(), take })
      growLater(held.inLineMs)
    })
  }
  const growLater = (ms: number): void => {
    if (growth === undefined && all.size < size) growth = setTimeout(grow, ms)
  }
  const grow = (): void => {
    growth = undefined
    const [first] = waiting
    if (first === undefined || closed) return
    const begun = Math.max(first.since, ...[...all].map((child) => child.readySince()))
    const left = begun + held.inLineMs - performance.now()
    if (left <= 0 && all.size < size) startBeside()
    growLater(Math.max(left, 1))
  }
  const giveBack = (child: Child): void => {
    if (!child.alive()) return
    const next = waiting.shift()
    if (next) next.take(child)
    else {
      idle.push(child)
      child.rest()
    }
  }
  return {
    async parse(raw, take) {
      if (closed) throw new Error('The parser is closed')
      const child = await free()
      try {
        return await child.parse(raw, take ?? null)
      } finally {
        giveBack(child)
      }
    },
    async close() {
      closed = true
      clearTimeout(growth)
      await Promise.all([...all].map((child) => child.end()))
    },
  }
}
