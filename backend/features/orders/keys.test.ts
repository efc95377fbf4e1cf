import { expect, test } from '@jest/globals'
import { mayBeNumberOf, nameKeys, numberKeysOf, phoneKey, trackingKey } from './keys.ts'

const shop = (numberPrefix: string, numberSuffix = '') => ({ id: 'shop', numberPrefix, numberSuffix })

test.each([
  ['FF-20418', shop('FF-'), ['FF20418', '20418']],
  ['#1001', shop('#'), ['1001']],
  ['1001', shop(''), ['1001']],
  ['EU1017-N', shop('EU', '-N'), ['EU1017N', '1017']],
  ['#1001', shop('FF-'), ['1001']],
])('order %s is found by its number, with and without what the shop puts around it', (name, numbering, keys) => {
  expect(numberKeysOf(name, numbering)).toEqual(keys)
})

test.each([
  ['+49 171 1234567', '11234567'],
  ['0049 171 1234567', '11234567'],
  ['0171/123 45 67', '11234567'],
  ['+45 12 34 56 78', '12345678'],
  ['12345678', '12345678'],
  ['12345', null],
  ['call me', null],
])('the phone number %s is compared by %s', (text, key) => {
  expect(phoneKey(text)).toBe(key)
})

test.each([
  ["Zoë O'Neill", ['zoe', 'o', 'neill']],
  ['Ada  ADA Lovelace', ['ada', 'lovelace']],
  ['Søren Großmann-Łuczak', ['soren', 'grossmann', 'luczak']],
  ['李 明', ['李', '明']],
  ['', []],
])('the words of a name: %s', (name, words) => {
  expect(nameKeys(name)).toEqual(words)
})

test('a tracking number is compared without blanks and dashes', () => {
  expect(trackingKey('1z 999-aa1')).toBe('1Z999AA1')
})

test.each([
  ['FF20418', shop('FF-'), true],
  ['20418', shop('FF-'), true],
  ['20418', shop('#'), true],
  ['FF20418', shop('#'), false],
  ['FF20418', shop('FO-'), false],
  ['EU1017N', shop('EU', '-N'), true],
])('%s may be a number of this shop', (key, numbering, may) => {
  expect(mayBeNumberOf(numbering, key)).toBe(may)
})
