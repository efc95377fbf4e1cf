import { hashOf } from '../../platform/crypto.ts'
import { maskCodes } from '../gift-cards/index.ts'

/**
 * The look-up key of an RFC 822 Message-ID: without brackets and white space, domain in lower case, hashed so that ids of any
 * length index well. Clients fold, re-case and re-bracket ids (facts/mail.md section 2).
 */
export function mailKeyOf(messageId: string): string {
  const bare = messageId.replace(/[<>\s]/g, '')
  const at = bare.lastIndexOf('@')
  return hashOf(at < 0 ? bare : bare.slice(0, at) + bare.slice(at).toLowerCase())
}

/** Characters of a header that are looked at, and of an id that is one. */
const LOOKED_AT = 20_000
const LONGEST = 1_000
const NEWEST = 100

/**
 * The newest ids in a References or In-Reply-To header, as keys, in the order written. Time grows with the length only: a pattern
 * that looks for brackets and @ signs takes minutes for a header that was written to make it so.
 */
export function mailKeysIn(header: string): string[] {
  const newest = header.length > LOOKED_AT ? header.slice(-LOOKED_AT).replace(/^[^\s<]*/, '') : header
  const ids = newest.split('<').flatMap((part, position) => {
    const end = position === 0 ? -1 : part.indexOf('>')
    return [...(end > 0 ? [part.slice(0, end)] : []), ...bareIdsIn(part.slice(end + 1))]
  })
  return ids
    .filter((id) => id.length < LONGEST)
    .slice(-NEWEST)
    .map(mailKeyOf)
}

const bareIdsIn = (text: string): string[] => text.split(/[\s,>]+/).filter((word) => word.includes('@'))

/** A subject without the prefixes that replies and forwards add, for comparing. */
export const baseSubject = (subject: string): string => {
  let base = subject.trim()
  for (let before = ''; before !== base; ) {
    before = base
    base = base
      .replace(/^(re|aw|sv|vs|antw|ref|rif|rép|res|odp|fwd?|wg|tr|enc|回复|转发|返信)\s*(\[\d+\])?\s*[:：]\s*/i, '')
      .trim()
  }
  return base.replace(/\s+/g, ' ').toLowerCase()
}

/** Characters below which a subject is too short to be looked for in another. */
const TELLING = 4

/** Whether an answer is about something else than its ticket by its subject: what only adds or takes away words is not. */
export function changesSubject(ticket: string, mail: string): boolean {
  const [one, other] = [baseSubject(ticket), baseSubject(maskCodes(mail))]
  if (one === other || one === NO_SUBJECT || other === '') return false
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  return short.length < TELLING || !long.includes(short)
}

/** What stands in the place of an empty subject. */
const NO_SUBJECT = '(no subject)'

const ANSWER_MARK = /^(re|aw|sv|vs|antw|ref|rif|rép|res|odp|回复|返信)\s*(\[\d+\])?\s*[:：]/i

/** Whether a subject says by its beginning that its mail answers one; a forwarded mail does not. */
export const looksLikeAnswer = (subject: string): boolean => ANSWER_MARK.test(subject.trim())

/** The ticket number that a subject names: TKT-000042. */
export function numberIn(subject: string): number | null {
  const [, digits] = /\bTKT-(\d{6,9})\b/i.exec(subject) ?? []
  return digits ? Number(digits) : null
}
