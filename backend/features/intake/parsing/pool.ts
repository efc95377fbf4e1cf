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
}

const LIMITS: ParserLimits = {
  timeoutMs: 10_000,
  memoryBytes: 600_000_000,
  smallMemoryBytes: 300_000_000,
  idleMs: 60_000,
}

/**
 * Child processes that parse mail, started when there is work and ended when there is none.
 * @param size the most children at a time
 */
export function createMailParser(size = availableParallelism(), limits: Partial<ParserLimits> = {}): MailParser {
  const held: ParserLimits = { ...LIMITS, ...limits }
  const idle: Child[] = []
  const all = new Set<Child>()
  const waiting: ((child: Child) => void)[] = []
  let closed = false

  const start = (): Child => {
    const child = startChild(held, () => {
      all.delete(child)
      const at = idle.indexOf(child)
      if (at >= 0) idle.splice(at, 1)
      const next = closed ? undefined : waiting.shift()
      if (next) next(start())
    })
    all.add(child)
    return child
  }
  const free = (): Promise<Child> => {
    const resting = idle.pop()
    if (resting) return Promise.resolve(resting)
    return all.size < size ? Promise.resolve(start()) : new Promise((resolve) => waiting.push(resolve))
  }
  const giveBack = (child: Child): void => {
    if (!child.alive()) return
    const next = waiting.shift()
    if (next) next(child)
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
      await Promise.all([...all].map((child) => child.end()))
    },
  }
}
