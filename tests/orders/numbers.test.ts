import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { numbersIn } from '../../backend/features/orders/numbers.ts'
import { seedOfRun } from '../support/random.ts'

const FERN = { numberPrefix: 'FF-', numberSuffix: '' }
const PLAIN = { numberPrefix: '#', numberSuffix: '' }
const NORTH = { numberPrefix: 'EU', numberSuffix: '-N' }
const shops = [FERN, PLAIN, NORTH]

test.each([
  ['Where is FF-20418?', ['FF20418']],
  ['ff 20418 never came', ['FF20418']],
  ['ff20418', ['FF20418']],
  ['Order FF–20418 and FF_20419', ['FF20418', 'FF20419']],
  ['Re: [Fern] F.F. 20418', ['FF20418']],
  ['order EU1017-N is late', ['EU1017N']],
  ['my order #1001', ['1001']],
  ['# 1001', ['1001']],
  ['(#1001)', ['1001']],
  ['order 20418', ['20418']],
  ['Order number: 20418.', ['20418']],
  ['Order no. 20418, please', ['20418']],
  ['order id 20418!', ['20418']],
  ['my order is 20418', ['20418']],
  ['orders 20418 and #20419', ['20419', '20418']],
  ['Bestellung Nr. 20418', ['20418']],
  ['Bestellnummer 20418', ['20418']],
  ['commande n° 20418', ['20418']],
  ['Order FF-20418 (order 20418)', ['FF20418']],
  ['order #20418\n1600 Elm Street', ['20418']],
  ['FF-20418 120 €', ['FF20418']],
  ['#1001 #1002 #1003 #1004 #1005 #1006', ['1001', '1002', '1003', '1004', '1005']],
])('an order number is found: %s', (text, keys) => {
  expect(numbersIn(text, shops)).toEqual(keys)
})

test.each([
  ['a date', 'order from 2026-11-05, my order 2026-11-05, order 2026/11/05, order 2026.11.05'],
  ['a price', 'order 120.50, order 1,200, order 120 €, order 120 EUR, order 120 dollars, order 120$'],
  ['a count', 'order 100 items, order 250 pcs, order 500 g'],
  ['a phone number', 'order 01234 567890, #07700 900123, call +44 7700 900123, order 555-0123, #555 012 3456'],
  ['a flat', 'Apt #204, Suite #1204, flat # 301'],
  ['a tracking number', 'order 00340434161094042557, #1Z999AA10123456784, FF1234567890123'],
  ['a postcode', '10115 Berlin, SW1A 1AA, order to 90210'],
  ['too few digits', 'order 12, #7, FF-12'],
  ['letters of another word', 'STAFF-20418, OFF 20418x, border 20418'],
  ['an entity', '&#8217;'],
  ['a year', 'the order I made in 2024'],
])('nothing is found in %s', (_what, text) => {
  expect(numbersIn(text, shops)).toEqual([])
})

test('a shop without letters of its own finds no bare number', () => {
  expect(numbersIn('20418 FF-20418', [PLAIN])).toEqual([])
})

test('an order number is found wherever it stands in a mail', () => {
  const word = fc.constantFrom(
    'hello',
    'parcel',
    'never',
    'came',
    'thanks',
    'Berlin',
    'on',
    '–',
    'my',
    'Ada',
    '\n',
    '>',
  )
  const around = fc.array(word, { maxLength: 8 }).map((words) => words.join(' '))
  const written = fc.constantFrom('FF-', 'ff-', 'FF ', 'Ff', 'FF#')
  const property = fc.property(around, written, fc.integer({ min: 100, max: 9_999_999 }), around, (a, prefix, n, b) => {
    expect(numbersIn(`${a} ${prefix}${n} ${b}`, shops)).toContain(`FF${n}`)
  })
  fc.assert(property, { seed: seedOfRun(), numRuns: 200 })
})

test('no text makes it hang', () => {
  const nasty = `${'order '.repeat(20_000)}${'F.'.repeat(20_000)}${'order no. nr. '.repeat(5_000)}#${'1'.repeat(50_000)}`
  expect(numbersIn(nasty, shops)).toEqual([])
})
