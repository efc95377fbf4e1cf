import { expect, test } from '@jest/globals'
import { type Done, differences } from './comparing.ts'
import { amountsIn, mayClaim, saidIn } from './reading.ts'

const NOTHING: Done = { refunds: [], giftCards: [], codes: [] }
const TWENTY: Done = {
  refunds: [{ minor: 2_000, currency: 'EUR' }],
  giftCards: [{ minor: 1_000, currency: 'EUR' }],
  codes: ['wxyz'],
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
  expect(mayClaim('Die Erstattung ist unterwegs.')).toBe(true)
})
