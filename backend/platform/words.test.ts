import { expect, test } from '@jest/globals'
import { fold, otherSpellings, searchable, searchableName, stemmable, wordsIn } from './words.ts'

test.each([
  ['Zoë ÆRØ Straße naïve ŁÓDŹ', ['zoe', 'aero', 'strasse', 'naive', 'lodz']],
  ['Order #FF-20418, ff 20418 and FF20418', ['order', 'ff', '20418', 'ff', '20418', 'and', 'ff', '20418']],
  ["it's ada.lovelace@example.com", ['it', 's', 'ada', 'lovelace', 'example', 'com']],
  ['Ёлка и Ζεύς', ['елка', 'и', 'ζευς']],
  ['返金してください', ['返金', '金し', 'して', 'てく', 'くだ', 'ださ', 'さい']],
  ['が', ['が']],
  ['ﬁne ｆｕｌｌ １２', ['fine', 'full', '12']],
  ['zero\u0000byte \u202eright\u202c 🎁', ['zero', 'byte', 'right']],
  ['🎁 … --- "" \u0000', []],
])('the words of «%s»', (text, words) => {
  expect(wordsIn(text)).toEqual(words)
})

test('a text of any size has an end', () => {
  const hostile = Array.from({ length: 100_000 }, (_, n) => n.toString(36).replace(/\d/g, 'x')).join(' ')
  expect(wordsIn(hostile).length).toBe(30_000)
  expect(searchable('ü'.repeat(1_000_000))).toBe('u'.repeat(60))
})

test('letters that some keyboards have not are written out as well', () => {
  expect(otherSpellings('Herr Müller-Lüdenscheid aus Århus isst Crème')).toEqual(['mueller', 'luedenscheid', 'aarhus'])
  expect(searchableName('Jo\u0308rg')).toBe('jorg joerg')
})

test('the quick ways give what the long way gives', () => {
  const letters = [...'abZ09 .-_#éßØæŁαΖς漢かガไทยЁ🎁ﬁ·ー', 'e\u0301', '\u0130', '\u200d', '\u3099']
  for (const first of letters)
    for (const second of letters) {
      const text = `${first}${second}a ${second}1${first}`
      // a character of a script without blanks takes the whole text the long way
      expect([text, wordsIn(`${text} 漢`)]).toEqual([text, [...wordsIn(text), '漢']])
    }
})

test('words that may have other forms are given once', () => {
  expect(stemmable(searchable('The jars of FF-20418: two jars, 30 jars'))).toBe('the jars two')
})

test('each line is folded as it would be alone, and no letter is lost between lines', () => {
  const text = 'PLAIN Line\nΟΔΟΣ\n\u0301Ärger\r\nnaïve CAFÉ\n\nﬁn 東京'
  expect(fold(text)).toBe('plain line\nοδος\n\u0301arger\r\nnaive cafe\n\nfin 東京')
  expect(wordsIn(text)).toEqual(['plain', 'line', 'οδος', '\u0301arger', 'naive', 'cafe', 'fin', '東京'])
})
