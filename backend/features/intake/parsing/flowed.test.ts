import { expect, test } from '@jest/globals'
import { unflowed } from './flowed.ts'

test.each([
  ['lines that end by a space go on', 'one \r\ntwo\r\nthree', 'one two\nthree'],
  ['what stands behind a quoted line that goes on goes with it', '> one \n> two\nthree', '> one > two\nthree'],
  ['a signature mark ends by a space and is no broken line', 'bye\n-- \nAda', 'bye\n-- \nAda'],
  ['a space that was put before a line for safety goes', ' From here\n  two', 'From here\n two'],
  ['a last line that goes on ends all the same', 'one \ntwo ', 'one two '],
  ['nothing is nothing', '', ''],
])('text that flows: %s', (_name, text, whole) => {
  expect(unflowed(text, { deletes: false })).toBe(whole)
})

test('the space of a break goes where it was put there for it', () => {
  expect(unflowed('Donau \ndampf \nschiff\nAda', { deletes: true })).toBe('Donaudampfschiff\nAda')
})
