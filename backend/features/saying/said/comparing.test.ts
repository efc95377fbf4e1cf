import { expect, test } from '@jest/globals'
import { type Done, differences } from './comparing.ts'
import { amountsIn, mayClaim, saidIn } from './reading.ts'

const NO_DAYS: Done['days'] = { refunded: [], ordered: [], shipped: [], delivered: [], expected: [] }
const NOTHING: Done = { refunds: [], giftCards: [], codes: [], days: NO_DAYS }
const TWENTY: Done = {
  refunds: [{ minor: 2_000, currency: 'EUR' }],
  giftCards: [{ minor: 1_000, currency: 'EUR' }],
  codes: ['wxyz'],
  days: NO_DAYS,
}
const told = (text: string, done: Done) => differences(saidIn(text), done)

test.each([
  ['25.00 EUR', 25_000, 'EUR'],
  ['€25', 25_000, 'EUR'],
  ['25,5 €', 25_500, 'EUR'],
  ['1.234,50 €', 1_234_500, 'EUR'],
  ['$1,234.50', 1_234_500, null],
  ['EUR 25,-', 25_000, 'EUR'],
  ['25 euros', 25_000, 'EUR'],
  ['1 234 SEK', 1_234_000, 'SEK'],
])('%s is an amount', (text, thousandths, currency) => {
  expect(amountsIn(`It is ${text} now`)).toMatchObject([{ thousandths, currency }])
})

test.each(['Order 1042', 'call 0800 123 456', '3 EURO-pallets of it', 'size 42', 'v1.25'])('%s is none', (text) => {
  expect(amountsIn(text)).toEqual([])
})

test.each([
  ['We have refunded 25.00 EUR to your card.', 'You wrote 25.00 EUR refunded; the refund is €20.00.'],
  ['Wir haben Ihnen 25,00 € erstattet.', 'You wrote 25,00 € refunded; the refund is €20.00.'],
  ['We will refund 25 EUR today.', 'You wrote 25 EUR refunded; the refund is €20.00.'],
  ['Here is a gift card of 15 EUR.', 'You wrote a gift card of 15 EUR; the card is €10.00.'],
  ['Your code is ccgc…abcd.', 'You wrote a gift card code that ends in abcd; no such card belongs to this ticket.'],
])('«%s» is not what was done', (text, words) => {
  expect(told(text, TWENTY)).toEqual([words])
})

test.each([
  'We have refunded 20.00 EUR.',
  'Of the 50 EUR that you paid we have refunded 20,00 €.',
  'We refunded $20.',
  'We refunded 20 € and sent a gift card of 10 €.',
  'Your card ccgc…wxyz is on its way.',
  'The jar costs 25 EUR.',
  'Your refund is on its way.',
])('«%s» is right, or says nothing that could be wrong', (text) => {
  expect(told(text, TWENTY)).toEqual([])
})

test('where nothing was done, only what is said as done is told', () => {
  expect(told('We have refunded 25.00 EUR.', NOTHING)).toHaveLength(1)
  expect(told('We can refund 25.00 EUR if you like.', NOTHING)).toEqual([])
  expect(told('We will refund 25.00 EUR.', NOTHING)).toEqual([])
})

test('an answer without money or codes is not looked at', () => {
  expect(mayClaim('Your parcel arrives on Tuesday.')).toBe(false)
  expect(mayClaim('Thank you, we look into it in 2026.')).toBe(false)
  expect(mayClaim('Your order FF-1042 is on its way.')).toBe(true)
  expect(mayClaim('Your parcel left on 10 November.')).toBe(false)
  expect(mayClaim('It was shipped on 10 November.')).toBe(true)
  expect(mayClaim('Die Erstattung ist unterwegs.')).toBe(true)
})

const DAYS: Done = {
  ...NOTHING,
  days: {
    refunded: ['2026-11-12'],
    ordered: ['2026-11-03', '2026-11-04'],
    shipped: ['2026-11-10'],
    delivered: [],
    expected: ['2026-11-14'],
  },
}

test.each([
  ['Your jar was shipped on 9 November.', 'You wrote 9 November; the desk knows: the parcel left on 10 November 2026.'],
  [
    'Ihr Paket wurde am 09.11. verschickt.',
    'You wrote 9 November; the desk knows: the parcel left on 10 November 2026.',
  ],
  [
    'Votre colis a été expédié le 9 novembre.',
    'You wrote 9 November; the desk knows: the parcel left on 10 November 2026.',
  ],
  ['It will arrive on November 15th.', 'You wrote 15 November; the desk knows: it is expected on 14 November 2026.'],
  ['We refunded it on 2026-11-13.', 'You wrote 13 November; the desk knows: the refund was on 12 November 2026.'],
  [
    'It was shipped on 10 November 2025.',
    'You wrote 10 November; the desk knows: the parcel left on 10 November 2026.',
  ],
])('«%s» names another day than what happened', (text, words) => {
  expect(told(text, DAYS)).toEqual([words])
})

test.each([
  'Your jar was shipped on 10 November.',
  'Your order of 3 November was shipped on 10 November.',
  'Ihre Bestellung vom 4.11. wurde am 10.11. verschickt.',
  'It will arrive on 14 Nov.',
  'It was delivered on 13 November.',
  'We will refund it on 20 November.',
  'We are closed on 25 December.',
  'Was it shipped on 9 November?',
])('«%s» is right, or nobody knows better', (text) => {
  expect(told(text, DAYS)).toEqual([])
})
