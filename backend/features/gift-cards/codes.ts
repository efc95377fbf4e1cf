import { randomInt } from 'node:crypto'

/** All our codes begin with it, so that they are known wherever somebody pastes one. */
const PREFIX = 'ccgc'
/** Letters and digits that nobody takes for another one: no 0 1 i l o. */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz'
/** With the prefix 20 characters, the most that Shopify takes (facts/shopify-meta.md section 1.8); 79 bits. */
const SECRET_LENGTH = 16
const LAST_LENGTH = 4

/** A new code from the system's secure source; letters are small, as Shopify stores them. */
export const newCode = (): string =>
  PREFIX + Array.from({ length: SECRET_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')

/** What may be shown of a code. */
export const lastOf = (code: string): string => code.slice(-LAST_LENGTH)

export const maskedCode = (last: string): string => `${PREFIX}…${last}`

/** What people, mail programs and JSON put between the characters of a code: blanks, dashes, line breaks, the > of a quoted mail. */
const BETWEEN = String.raw`(?:\\[nrt]|[\s\p{Pd}\u00ad\u200b-\u200d\u2060\ufeff._>*]){0,6}`
const SECRET = `[${ALPHABET}]`
const WHOLE = `c${BETWEEN}c${BETWEEN}g${BETWEEN}c(?:${BETWEEN}${SECRET}){${SECRET_LENGTH}}`
/** The beginning of a code that was cut off: from here on the rest could be guessed. */
const CUT = `${PREFIX}(?:[ -]?${SECRET}){8,${SECRET_LENGTH - 1}}`
const SHORTEST = PREFIX.length + 8
const CODES = new RegExp(`${WHOLE}|${CUT}`, 'giu')

/**
 * Any text without our gift card codes: `ccgc…` and the last four characters stand in their place. Codes are known however they are
 * written, with capitals, blanks, dashes or line breaks; of one that was cut off nothing but the prefix is left.
 */
export const maskCodes = (text: string): string =>
  text.length < SHORTEST
    ? text
    : text.replace(CODES, (found) => {
        const bare = found.replace(/\\[nrt]|[^a-z0-9]/giu, '').toLowerCase()
        return maskedCode(bare.length === PREFIX.length + SECRET_LENGTH ? lastOf(bare) : '')
      })
