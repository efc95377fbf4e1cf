import { compile } from 'html-to-text'

/** HTML names fewer than these; a mail with more of its own making gets no more of them looked up. */
const MOST_NAMES = 2_500

const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|[a-z][a-z\d]{1,31});/gi

/**
 * Puts in the characters that HTML writes by name or number; what names none stays as it is written.
 * @returns a reader for the pieces of one mail, which looks each name up once
 */
export function readerOfCharacters(): (text: string) => string {
  const names = new Map<string, string>()
  const byName = (written: string): string => {
    const known = names.get(written)
    if (known !== undefined) return known
    if (names.size >= MOST_NAMES) return written
    const found = named(written)
    names.set(written, found)
    return found
  }
  return (text) =>
    text.replace(ENTITY, (written, decimal?: string, hexadecimal?: string) => {
      if (decimal !== undefined) return numbered(Number(decimal))
      return hexadecimal === undefined ? byName(written) : numbered(Number.parseInt(hexadecimal, 16))
    })
}

/** The library of short HTML has the table. It cuts white space off at both ends of a text. */
const named = (written: string): string => read(`.${written}.`).slice(1, -1)

const read = compile({ wordwrap: false })

const numbered = (code: number): string =>
  code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '\uFFFD' : String.fromCodePoint(code)
