import { expect, test } from '@jest/globals'
import { excerptOf } from './excerpt.ts'
import { replyIn } from './reply/reply.ts'

test.each([
  ['On Mon wrote', 'Thanks!\n\nOn Mon, 2 Nov 2026, Shop <s@shop.example> wrote:\n> old', 'Thanks!'],
  [
    'the same over two lines',
    'Thanks!\n\nOn Mon, 2 Nov 2026 at 10:00,\nShop <s@shop.example> wrote:\n> old',
    'Thanks!',
  ],
  ['Outlook', 'Danke\n\n-----Ursprüngliche Nachricht-----\nVon: Shop', 'Danke'],
  ['a signature', 'Yes\n-- \nAda', 'Yes'],
  ['an answer below its quote shows all', '> Which size?\n', '> Which size?'],
  ['an answer between quotes', '> Which size?\nXL\n> Which colour?\nred', 'XL red'],
])('the excerpt is what is new: %s', (_name, text, excerpt) => {
  expect(excerptOf(replyIn(text))).toBe(excerpt)
})

test('a quoted megabyte costs no time: only its beginning is looked at', () => {
  const text = `New\n${'> '.repeat(200_000)}\n`.repeat(20)
  const before = process.cpuUsage().user
  excerptOf(replyIn(text))
  expect((process.cpuUsage().user - before) / 1_000).toBeLessThan(5_000) // the libraries measured took 20 s and more
})
