import { availableParallelism } from 'node:os'
import { type Child, startChild } from './child-process.ts'
import type { ParsedMail } from './parsed-mail.ts'

export type MailParser = {
  /**
   * Parses one mail in a child process; waits while all are busy.
   * @throws ParserFailed, ParserUnavailable
   */
  parse(raw: Buffer): Promise<ParsedMail>
  close(): Promise<void>
}

export type ParserLimits = {
  /** Milliseconds for one mail. */
  timeoutMs: number
  /** Resident memory of one child, in bytes; watched on Linux, elsewhere the child's heap alone is limited. */
  memoryBytes: number
  /** Milliseconds after which a child without work is ended. */
  idleMs: number
}

const LIMITS: ParserLimits = { timeoutMs: 10_000, memoryBytes: 1_000_000_000, idleMs: 60_000 }

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
  const take = (): Promise<Child> => {
    const free = idle.pop()
    if (free) return Promise.resolve(free)
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
    async parse(raw) {
      if (closed) throw new Error('The parser is closed')
      const child = await take()
      try {
        return await child.parse(raw)
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
