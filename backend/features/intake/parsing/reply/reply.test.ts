import { expect, test } from '@jest/globals'
import { replyIn } from './reply.ts'

test.each([
  [
    'the bracket of a wrapped address is no mark of a quote',
    'Thank you.\n\nOn Tue, 11 Apr 2026 at 10:07 Support <support@fern.example\n> wrote:\nIt is on its way.\n',
  ],
  [
    'an address in brackets over several lines belongs to the line above the quote',
    'Thank you.\n\nOn Tue, Apr 11, 2026 at 10:07 PM Support\n\n<\nmailto:Support <support@fern.example>\n> wrote:\nIt is on its way.\n',
  ],
  ['a German answer is quoted whole', 'Thank you.\n\n-----Antwort Nachricht-----\nIt is on its way.\n'],
])('%s', (_name, text) => {
  expect(replyIn(text)).toBe('Thank you.')
})

test('a quoted mail of somebody who wrote something is a quote', () => {
  expect(replyIn('Thank you.\n\nOn 11 Apr 2026 10:07 support@fern.example\n> Ada wrote a letter:\n> dear Nora')).toBe(
    'Thank you.',
  )
})
