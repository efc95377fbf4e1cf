import { flushCompileCache } from 'node:module'
import type { Said, Word } from './conversation.ts'
import type { Sink } from './parsed-mail.ts'
import { readMail } from './reading.ts'

/** Entry of a parser process: one mail in, its attachments and one answer out. The parent holds the time and the memory limit. */
process.on('message', (word: Word) => {
  if ('raw' in word) void read(word)
  else heard?.(word)
})

let heard: ((word: Exclude<Word, { raw: unknown }>) => void) | undefined

/** Says one thing and waits until the parent has taken it, so that no more than one piece is ever under way. */
const say = (said: Said): Promise<Exclude<Word, { raw: unknown }>> =>
  new Promise((resolve) => {
    heard = resolve
    process.send?.(said)
  })

/** Whether what Node has compiled is kept for the next process, after the first mail: this one is killed, and keeps nothing then. */
let isKept = false

async function read({ raw, streams }: Extract<Word, { raw: unknown }>): Promise<void> {
  try {
    const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
    const mail = await readMail(bytes, ...(streams ? [handOver] : []))
    process.send?.({ mail, last: process.memoryUsage.rss() > RETIRES_AT })
    if (!isKept) flushCompileCache()
    isKept = true
  } catch (error) {
    process.send?.({ problem: error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : 'unknown' })
  }
}

/** What a mail takes counts from here: one that is left less than the rest of its limit would pay for those before it. Bytes. */
const RETIRES_AT = 160_000_000

const handOver: Sink = async (head, content) => {
  let word = await say({ part: head })
  for await (const chunk of content) if (word.wants) word = await say({ chunk })
  await say({ ended: true })
  return null
}

// A parent that dies takes its pipe with it.
process.on('disconnect', () => process.exit())
process.send?.({ ready: true })
