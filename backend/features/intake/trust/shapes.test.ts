import { expect, test } from '@jest/globals'
import { beginsLike, hasOtherEnding, isDisguised, isOneEditAway, LETTERS, looksLike, shapeOf } from './shapes.ts'

test.each([
  ['rn for m', 'exarnple.com', 'example.com'],
  ['digits for letters', 'paypa1.com', 'paypal.com'],
  ['Cyrillic for Latin', 'xn--pple-43d.com', 'apple.com'],
  ['an accent', 'xn--bcher-kva.de', 'bucher.de'],
  ['a dash', 'otto-haus.de', 'ottohaus.de'],
  ['a letter more', 'ottohauss.de', 'ottohaus.de'],
  ['a letter less', 'ottohas.de', 'ottohaus.de'],
  ['two letters that changed places', 'ottohuas.de', 'ottohaus.de'],
  ['another end', 'ottohaus.dee', 'ottohaus.de'],
])('%s looks alike', (_how, one, other) => {
  expect(looksLike(one, other, LETTERS.theirs)).toBe(true)
  expect(looksLike(other, one, LETTERS.theirs)).toBe(true)
})

test.each([
  ['the same domain', 'shop.example', 'shop.example'],
  ['a part of it', 'mail.shop.example', 'shop.example'],
  ['two short names', 'abc.de', 'abd.de'],
  ['two letters', 'ottohass.de', 'ottohaus.com'],
  ['another word', 'garden.de', 'market.de'],
])('%s does not', (_how, one, other) => {
  expect(looksLike(one, other, LETTERS.theirs)).toBe(false)
})

test('a domain in front of another is seen, its own parts and words that only begin alike are not', () => {
  const seen = ['shop.test.evil.test', 'pay-shop.test', 'shop-test.com', 'login.shop.test.co']
  expect(seen.map((domain) => beginsLike(domain, 'shop.test'))).toEqual(seen.map(() => true))
  const honest = ['shop.test', 'mail.shop.test', 'shop.tests', 'workshop.test', 'shop.com']
  expect(honest.map((domain) => beginsLike(domain, 'shop.test'))).toEqual(honest.map(() => false))
})

test('one name under two endings is seen, of names that are long enough', () => {
  expect(['lamps.de', 'lamps.co.uk', 'lamps.com.au'].every((one) => hasOtherEnding(one, 'lamps.com', 4))).toBe(true)
  expect(['lamps.com', 'mail.lamps.com', 'lamp.de'].some((one) => hasOtherEnding(one, 'lamps.com', 4))).toBe(false)
  expect(hasOtherEnding('abc.de', 'abc.com', 4)).toBe(false)
})

test('an edit is one letter more, less, other, or two that changed places', () => {
  expect(['abc', 'abcd', 'bacd', 'abxd', 'abdc'].map((text) => isOneEditAway(text, 'abcd'))).toEqual([
    true,
    false,
    true,
    true,
    true,
  ])
  expect(['ab', 'abcdef', 'dcba', ''].map((text) => isOneEditAway(text, 'abcd'))).toEqual([false, false, false, false])
})

test('a label of two alphabets is a disguise, one of its own alphabet is not', () => {
  expect(isDisguised('xn--pple-43d.com')).toBe(true)
  expect(isDisguised('xn--e1afmkfd.xn--p1ai')).toBe(false)
  expect(isDisguised('shop.example')).toBe(false)
})

test('the shape of an address keeps the local part, so that addresses of one local part stand beside each other', () => {
  expect(shapeOf('ada.berg@0ttohaus.de')).toBe('ada.berg@ottohaus.de')
})
