import { expect, test } from '@jest/globals'
import { answersTo } from './following-answers.ts'

const mail = (id: string, answers: string | null = null) => ({
  id,
  mailKey: `key-${id}`,
  answersKey: answers && `key-${answers}`,
})

test('answers to a mail, and answers to those, follow it; siblings stay', () => {
  const mails = [mail('a'), mail('b', 'a'), mail('c', 'b'), mail('d', 'a'), mail('x'), mail('y', 'x')]
  expect(answersTo(new Set(['b']), mails)).toEqual(['c'])
  expect(answersTo(new Set(['a']), mails).sort()).toEqual(['b', 'c', 'd'])
  expect(answersTo(new Set(['x', 'y']), mails)).toEqual([])
})

test('mails that answer each other in a circle, or themselves, come to an end', () => {
  expect(answersTo(new Set(['a']), [mail('a', 'b'), mail('b', 'a'), mail('c', 'c')])).toEqual(['b'])
})

test('a note answers nothing and nothing answers it', () => {
  const note = { id: 'n', mailKey: null, answersKey: null }
  expect(answersTo(new Set(['n']), [note, mail('a')])).toEqual([])
})

test('ten thousand answers in a row are followed to the last', () => {
  const row = Array.from({ length: 10_000 }, (_, n) => mail(String(n), n === 0 ? null : String(n - 1)))
  expect(answersTo(new Set(['0']), row)).toHaveLength(9_999)
})
