import { expect, test } from '@jest/globals'
import { baseSubject, mailKeyOf, mailKeysIn } from './mail-key.ts'

test('an id is the same with or without brackets, folds and capitals in its domain', () => {
  expect(mailKeyOf('<Abc.1@Mail.Example>')).toBe(mailKeyOf(' Abc.1@mail.example\r\n'))
})

test('the part before the @ keeps its case, because it may tell two mails apart', () => {
  expect(mailKeyOf('<abc@x.example>')).not.toBe(mailKeyOf('<ABC@x.example>'))
})

test('a References header gives its ids in order, whatever separates them', () => {
  expect(mailKeysIn('<a@x.example>\r\n <b@x.example>,<c@x.example>')).toEqual(
    ['a@x.example', 'b@x.example', 'c@x.example'].map(mailKeyOf),
  )
})

test('ids without brackets, without @, and in brackets that never close are read as far as they are ids', () => {
  expect(mailKeysIn('a@x.example <b> <c@x.example <d@x.example>, e')).toEqual(
    ['a@x.example', 'b', 'c@x.example', 'd@x.example'].map(mailKeyOf),
  )
})

test('of endless references the newest hundred count', () => {
  const ids = Array.from({ length: 3_000 }, (_, index) => `<${index}@x.example>`)
  expect(mailKeysIn(ids.join(' '))).toEqual(ids.slice(-100).map(mailKeyOf))
})

test.each([
  ['one word without end', 'a'.repeat(2_000_000)],
  ['brackets that open only', '<'.repeat(2_000_000)],
  ['words and brackets', '<a '.repeat(700_000)],
  ['at signs', '@'.repeat(2_000_000)],
])('a header that is %s names nobody and stops nothing', (_name, header) => {
  expect(mailKeysIn(header)).toEqual([])
})

test('a subject is compared without the prefixes that clients of many languages pile up', () => {
  expect(baseSubject('Re: AW: Fwd: RE[2]: Broken  jar')).toBe('broken jar')
})
