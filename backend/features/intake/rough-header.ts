import { mailKeyOf } from '../tickets/index.ts'
import type { Person } from './parsing/parsed-mail.ts'
import { storable } from './parsing/text.ts'
import { personIn } from './writer.ts'

/** What can be told of a mail that no parser reads. */
export type RoughHeader = { subject: string; from: Person | null }

const LOOKED_AT = 32_000

/** Reads two header lines by hand, undecoded. */
export function roughHeader(raw: Buffer): RoughHeader {
  const [head = ''] = raw.toString('utf8', 0, LOOKED_AT).split(/\r?\n\r?\n/, 1)
  const lines = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)
  const fieldOf = (name: string) => lines.find((line) => line.toLowerCase().startsWith(name))?.slice(name.length) ?? ''
  return { subject: storable(fieldOf('subject:').trim(), 200), from: personIn(storable(fieldOf('from:'), 1_000)) }
}

/** The look-up key of the Message-ID as it stands in the bytes; null where there is none. */
export function roughMailKey(raw: Buffer): string | null {
  const [head = ''] = raw.toString('utf8', 0, LOOKED_AT).split(/\r?\n\r?\n/, 1)
  const [, field = ''] = /^message-id:[ \t]*(?:\r?\n[ \t]+)?([^\r\n]+)/im.exec(head) ?? []
  const id = /<[^<>\s]+>/.exec(field)?.[0] ?? field.trim()
  return id === '' ? null : mailKeyOf(id)
}
