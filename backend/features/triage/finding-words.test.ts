import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { finderOf } from './finding-words.ts'

const found = (words: string[], text: string) => finderOf([{ name: 'list', words }])(text).get('list') ?? null

test.each([
  ['asap', 'Please answer ASAP!', 'asap'],
  ['asap', 'asaps', null],
  ['broken', 'The lid is un\u00ADbroken', null],
  ['urgent', 'ur\u00ADgent: no honey', 'urgent'],
  ['not working', 'It is\nNOT  working.', 'not working'],
  ['not working', 'I do not. Working hours?', null],
  ['not working', 'It is not\n\nworking', null],
  ['größe', 'Falsche GROSSE', 'größe'],
  ['défaut', 'un defaut', 'défaut'],
  ['a.*b', 'aXXb', null],
  ['a.*b', 'plan a, b', 'a.*b'],
  ['(urgent', 'so urgent', '(urgent'],
  ['至急', 'これは至急です', '至急'],
  ['срочно', 'Это СРОЧНО', 'срочно'],
])('%j is looked for in %j as a whole word: %j', (word, text, expected) => {
  expect(found([word], text)).toBe(expected)
})

test('the first word that is said counts for each list, and no pattern takes long', () => {
  const finder = finderOf([
    { name: 'urgent', words: ['down', 'asap'] },
    { name: 'high', words: ['soon', 'asap'] },
  ])
  expect([...finder('asap, the site is down')].sort()).toEqual([
    ['high', 'asap'],
    ['urgent', 'asap'],
  ])
  expect(found(['(a+)+$', 'a '.repeat(5)], `${'a'.repeat(50_000)}!`)).toBeNull()
})

/** Words of two letters with signs between them: a slow reference cuts them at the signs and compares word by word. */
const Word = fc.constantFrom('ab', 'ba', 'AB', 'aa', 'bb')
const Phrase = fc.array(Word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '))
const Text = fc.array(fc.tuple(Word, fc.constantFrom(' ', ', ', '\n', ' - ')), { maxLength: 30 })

test('it finds what a word-by-word comparison finds, wherever it stands and however it is written', () => {
  fc.assert(
    fc.property(fc.array(Phrase, { minLength: 1, maxLength: 5 }), Text, (phrases, pieces) => {
      const text = pieces.map(([word, sign]) => word + sign).join('')
      const said = ` ${pieces.map(([word]) => word.toLowerCase()).join(' ')} `
      const expected = phrases.some((phrase) => said.includes(` ${phrase.toLowerCase()} `))
      expect(found(phrases, text) !== null).toBe(expected)
    }),
  )
})

test('no keyword that anybody types breaks the search, and each finds itself', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 200 }), (word, text) => {
      found([word], text)
      if (/^[\p{L}\p{N}]+$/u.test(word)) expect(found([word], `so ${word} it is`)).toBe(word)
    }),
  )
})
