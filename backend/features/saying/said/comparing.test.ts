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
const told = (text: string, done: Done) => differences(saidIn(text, '2026-11-13'), done)

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
  expect(mayClaim('Your parcel is on its way.')).toBe(false)
  expect(mayClaim('I am back on Tuesday.')).toBe(false)
  expect(mayClaim('Your parcel arrives on Tuesday.')).toBe(true)
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

test.each([
  ['Your order was shipped yesterday.', 'yesterday', 'the parcel left on 10 November 2026'],
  ['We shipped it to you last Monday.', 'last Monday', 'the parcel left on 10 November 2026'],
  ['Your parcel left our warehouse today.', 'today', 'the parcel left on 10 November 2026'],
  ['It was sent out by Royal Mail on Wednesday.', 'Wednesday', 'the parcel left on 10 November 2026'],
  ['Your parcel will arrive today.', 'today', 'it is expected on 14 November 2026'],
  ['It will be delivered on Monday.', 'Monday', 'it is expected on 14 November 2026'],
  ['The parcel is expected to arrive by tonight.', 'tonight', 'it is expected on 14 November 2026'],
  ['We refunded you in full today.', 'today', 'the refund was on 12 November 2026'],
  [
    'You placed your order last Friday.',
    'last Friday',
    'the order was placed on 3 November 2026; the order was placed on 4 November 2026',
  ],
])('days in words are taken from the day of the mail, a Friday: «%s»', (text, words, known) => {
  expect(told(text, DAYS)).toEqual([`You wrote ${words}; the desk knows: ${known}.`])
})

test.each([
  'Your order was shipped on Tuesday.',
  'Your order was shipped last Tuesday.',
  'We dispatched your parcel this Tuesday.',
  'It will arrive tomorrow.',
  'It will be delivered on Saturday.',
  'Your parcel will arrive by tomorrow.',
  'Your parcel will arrive by Friday at the latest.',
  'Your parcel will arrive by Monday at the latest.',
  'Your parcel is expected no later than next Wednesday.',
  'It will arrive by 15 November.',
  'It will arrive by November 15th.',
  'It will arrive by Sunday, 15 November 2026.',
  'It will arrive by 2026-11-15.',
  'It will arrive by 3 January.',
  'Ihr Paket wird bis zum 16. November geliefert.',
  'Votre colis arrivera avant le 20 novembre.',
  'It was shipped on Tuesday, 10 November.',
  'We refunded you yesterday.',
  'Thank you for your order of last Tuesday.',
])('«%s» is right on a Friday', (text) => {
  expect(told(text, DAYS)).toEqual([])
})

test('a day in words is the same one across a month, a year and a weekday that is today', () => {
  const on = (day: string, shipped: string, text: string) =>
    differences(saidIn(text, day), { ...DAYS, days: { ...DAYS.days, shipped: [shipped] } })
  expect(on('2027-01-01', '2026-12-31', 'It was shipped yesterday.')).toEqual([])
  expect(on('2028-03-01', '2028-02-29', 'It was shipped yesterday.')).toEqual([])
  expect(on('2026-11-13', '2026-11-13', 'It was shipped on Friday.')).toEqual([])
  expect(on('2026-11-13', '2026-11-06', 'It was shipped last Friday.')).toEqual([])
  expect(on('2026-11-16', '2026-11-13', 'It was shipped last Friday.')).toEqual([])
  expect(on('2026-11-16', '2026-11-12', 'It was shipped last Friday.')).toHaveLength(1)
})

test.each([
  'I looked at your order yesterday.',
  'Yesterday you asked when it was shipped.',
  'Was it shipped yesterday?',
  'It was not shipped yesterday.',
  'Your parcel hasn’t been delivered today.',
  'If it was delivered yesterday, please look at the neighbours.',
  'We will have it shipped on Monday.',
  'It will be shipped tomorrow.',
  'It can be delivered on Monday.',
  'Your replacement was shipped today.',
  'A new jar was sent out yesterday.',
  'Your return arrived yesterday.',
  'The parcel that you sent back arrived at our warehouse today.',
  'The invoice was sent out yesterday.',
  'Your gift card was sent out today.',
  'Your message was delivered yesterday.',
  'I wrote to the carrier today about your parcel.',
  'The carrier told us yesterday that it was delivered.',
  'It was shipped as I wrote to you yesterday.',
  'It was shipped after we spoke yesterday.',
  'The parcel will arrive on Friday or Monday.',
  'It will arrive next week.',
  'It will arrive the Friday after next.',
  'Your parcel will arrive Monday to Wednesday.',
  'Orders placed before noon are usually shipped today.',
  'Orders placed by noon are shipped today.',
  'We are closed on Monday.',
  'The sale ends tomorrow.',
  'I will get back to you by Monday.',
  'We will refund you tomorrow.',
  'The refund will arrive on Monday.',
  'Your refund of 20.00 EUR was made, and I will call you on Monday.',
  'We shipped the parcel that you asked about yesterday.',
  'If you order again today, it will be delivered by 20 November.',
  'It was not shipped on 9 November.',
  'I hope it arrives today.',
  'Everything that is left will arrive with the second parcel on Monday.',
])('«%s» raises no alarm', (text) => {
  expect(told(text, DAYS)).toEqual([])
})
