import type { Enclosed, Person } from './parsed-mail.ts'
import { isForwarding, isQuotedHeader, isSender } from './reply/marks.ts'

/** Forwarded heads stand near the beginning: above them somebody writes a few words. Lines. */
const LOOKED_AT = 200
const HEAD = 12

/** How mail programs begin the subject of a mail that is passed on. */
const PREFIX = /^\s*((fwd?|wg|tr|rv|enc|doorst|vs|vb|i|pd|továbbítás)\s*:\s*)+/i

/**
 * Who wrote a mail that this one passes on, as the head above its text says; null when it passes none on. An answer quotes such a
 * head, too, so either the words «forwarded message» or the prefix of the subject has to be there. Anybody may write this: only whom
 * the desk trusts is believed.
 */
export function forwardedIn({ subject, text }: { subject: string; text: string }): Person | null {
  const lines = text.slice(0, 64_000).split('\n').slice(0, LOOKED_AT)
  const said = lines.findIndex(isForwarding)
  const begin =
    said >= 0 ? said + 1 : PREFIX.test(subject) ? lines.findIndex((_line, at) => isQuotedHeader(lines, at)) : -1
  if (begin < 0) return null
  const sender = lines.slice(begin, begin + HEAD).findIndex(isSender)
  return sender < 0 ? null : personOf(`${lines[begin + sender]} ${lines[begin + sender + 1] ?? ''}`)
}

/** `From: Ada Lovell <ada@home.example>`, also wrapped, with `mailto:` in it or in square brackets. */
function personOf(line: string): Person | null {
  const value = line.slice(line.search(/[:：]/) + 1, 600).replace(/\*/g, '')
  const found = /([^<>[\]()\s"',;:]{1,64}@[^<>[\]()\s"',;:@]{1,255})/.exec(value)
  if (!found?.[1]) return null
  const name = value
    .slice(0, found.index)
    .replace(/mailto:|[<>[\]()"]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return { name: name.slice(0, 200), address: found[1].replace(/[.>]+$/, '') }
}

type Passing = { subject: string; text: string; enclosed?: Enclosed | null }

/** Who wrote a mail that is passed on, about what, and all that there is to read of it. */
export type PassedOn = { from: Person; subject: string; text: string }

/** Passed on in the text, or as a file: then the subject says so, is the same, or says nothing. Who encloses a mail to show it writes of something else. */
export function passedOnIn({ subject, text, enclosed }: Passing): PassedOn | null {
  const from = forwardedIn({ subject, text })
  if (from) return { from, subject: withoutForward(subject), text }
  if (!enclosed || !(PREFIX.test(subject) || ['', enclosed.subject].includes(subject.trim()))) return null
  const { name, address } = enclosed.from
  const head = `---------- Forwarded message ---------\nFrom: ${name} <${address}>\nSubject: ${enclosed.subject}`
  return {
    from: enclosed.from,
    subject: enclosed.subject || withoutForward(subject),
    text: [text.trim(), head, enclosed.text.trim()].filter((part) => part !== '').join('\n\n'),
  }
}

export const withoutForward = (subject: string): string => subject.replace(PREFIX, '').trim()
