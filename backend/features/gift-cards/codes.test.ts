import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { lastOf, maskCodes, newCode } from './codes.ts'

const code = fc.string({ unit: fc.constantFrom(...'23456789abcdefghjkmnpqrstuvwxyz'), minLength: 16, maxLength: 16 })
const codes = code.map((secret) => `ccgc${secret}`)
/** Words of people, in which nothing looks like a code. */
const words = fc.stringMatching(/^[A-FH-Z !?.,\n]{0,40}$/)
const grouping = fc.constantFrom('', ' ', '-', ' - ', '–', '\u00a0', '\u200b', '\n', '\r\n> ', '\n\n> > ', '.', '_')

/** As people write a code: in groups, with capitals or without. */
const written = fc
  .tuple(codes, grouping, fc.constantFrom(2, 4, 5, 20), fc.boolean())
  .map(([bare, between, size, loud]) => {
    const groups = (bare.match(new RegExp(`.{1,${size}}`, 'g')) ?? []).join(between)
    return { bare, text: loud ? groups.toUpperCase() : groups }
  })

test('a code is ccgc and 16 characters that nobody takes for another, within the 20 that Shopify takes', () => {
  for (let n = 0; n < 500; n++) expect(newCode()).toMatch(/^ccgc[2-9a-hjkmnp-z]{16}$/)
  expect(new Set(Array.from({ length: 500 }, newCode)).size).toBe(500)
})

test('a code that is masked shows its last four characters and not one more, however it is written', () => {
  fc.assert(
    fc.property(words, written, words, (before, { bare, text }, after) => {
      const masked = maskCodes(`${before} ${text} ${after}`)
      expect(masked).toBe(`${before} ccgc…${lastOf(bare)} ${after}`)
    }),
  )
})

test('a code that stands in the middle of other characters is masked all the same', () => {
  fc.assert(
    fc.property(codes, (bare) => {
      expect(maskCodes(`gift-${bare}.pdf, code=${bare};${bare}${bare}`)).not.toContain(bare.slice(4, 16))
    }),
  )
})

test('masking inside JSON leaves JSON, and masking twice is masking once', () => {
  fc.assert(
    fc.property(written, ({ text }) => {
      const masked = maskCodes(JSON.stringify({ text }))
      expect(JSON.parse(masked).text).toMatch(/^ccgc…[2-9a-z]{4}$/)
      expect(maskCodes(masked)).toBe(masked)
    }),
  )
})

test('of a code that was cut off nothing is left but its beginning', () => {
  fc.assert(
    fc.property(codes, fc.integer({ min: 12, max: 19 }), (bare, length) => {
      expect(maskCodes(`My code is ${bare.slice(0, length)}`)).toBe('My code is ccgc…')
    }),
  )
})

test('what is no code stays as it was written', () => {
  for (const text of [
    'The last four are abcd.',
    'ccgc…abcd',
    'Dear CC, GC is our abbreviation for gift cards. Thanks!',
    'Is «CCGC» the start of every code?',
    'https://fern.example/cards?id=ccg23456789abcdefg',
  ])
    expect(maskCodes(text)).toBe(text)
})

test('a megabyte of beginnings is no work', () => {
  const beginnings = 'ccgc 0 '.repeat(150_000)
  expect(maskCodes(beginnings) === beginnings).toBe(true)
})
