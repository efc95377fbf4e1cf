import { expect, test } from '@jest/globals'
import { ActionInput } from '../../../../shared/combined-actions.ts'
import type { LiveOrder } from '../planning/live-order.ts'
import type { Options } from '../planning/options.ts'
import { emptyFields, fieldsOf } from './filling.ts'
import { fieldAt, readForm } from './reading-fields.ts'

const gbp = (minor: number) => ({ minor, currency: 'GBP' })
const both = (minor: number) => ({ shop: gbp(minor), presentment: gbp(minor) })
const [TEA, MUG] = ['gid://shopify/LineItem/1', 'gid://shopify/LineItem/2'] as const
const line = (lineId: string, title: string) => ({ lineId, title, most: 3, why: null })

const OPTIONS: Options = {
  cancel: { why: null, whole: { why: null }, lines: [line(TEA, 'Tea'), line(MUG, 'Mug')] },
  reship: {
    why: null,
    lines: [line(TEA, 'Tea'), line(MUG, 'Mug')].map((one) => ({ ...one, variantId: null, available: 5 })),
    address: null,
    method: 'Standard',
    methods: [],
    countries: ['GB'],
  },
  refund: {
    why: null,
    most: both(3_700),
    shipping: { why: null, most: both(500) },
    lines: [line(TEA, 'Tea'), line(MUG, 'Mug')].map((one) => ({ ...one, each: both(1_200) })),
    routes: [
      { to: 'original', label: 'Back to Visa', most: both(3_700), why: null },
      { to: 'payout', label: 'Payout', most: both(3_700), why: null },
    ],
  },
  giftCard: { why: null, most: null, currency: 'GBP' },
}
const LIVE = {
  shop: { currency: 'GBP' },
  customerCurrency: 'GBP',
  customer: { id: null, name: 'Ada Moss', email: null, cardsTo: null },
} as LiveOrder

const ADDRESS = {
  firstName: 'Ada',
  lastName: 'Moss',
  address1: '4 Fern Lane',
  city: 'London',
  zip: 'SE1 7PB',
  country: 'GB',
}
const wish = (parts: object): ActionInput =>
  ActionInput.parse({ reason: { code: 'late', text: 'Two weeks' }, ...parts })

const read = (fields: ReturnType<typeof fieldsOf>, options = OPTIONS) =>
  readForm({ fields: { ...emptyFields(LIVE, options), ...fields }, live: LIVE, options })

test.each<[string, object]>([
  ['the whole order cancelled', { cancel: { lines: null, restock: false, notify: true, reason: 'quality' } }],
  ['lines cancelled', { cancel: { lines: [{ lineId: MUG, quantity: 2 }] } }],
  [
    'goods sent again, one of them as another',
    {
      hit: [TEA],
      reship: {
        lines: [
          { lineId: TEA, quantity: 1, variantId: 'gid://shopify/ProductVariant/9' },
          { lineId: MUG, quantity: 3 },
        ],
        address: ADDRESS,
        method: 'Express',
        pays: 'customer',
        fee: gbp(450),
      },
    },
  ],
  ['only the shipping', { refund: { what: 'shipping' } }],
  ['everything given back', { refund: { what: 'all', notify: true } }],
  ['lines and shipping', { refund: { what: 'lines', lines: [{ lineId: TEA, quantity: 2 }], shipping: true } }],
  [
    'an amount, by hand',
    { refund: { what: 'amount', amount: gbp(1_234), to: 'payout', payee: { name: 'Ada', account: 'GB33' } } },
  ],
  [
    'a gift card',
    { giftCard: { amount: gbp(750), expiresOn: '2027-12-31', message: 'Sorry', notify: false, reason: 'late' } },
  ],
])('%s: what a form is filled with is what it states again', (_, parts) => {
  const input = wish(parts)
  expect(read(fieldsOf(input))).toEqual({ input, problems: [] })
})

test('lines that were hit are meant, until another number is typed', () => {
  const chosen = { ...fieldsOf(wish({ hit: [MUG] })), refund: ['lines'], reship: ['no'] }
  expect(read(chosen).input?.refund?.lines).toEqual([{ lineId: MUG, quantity: 3 }])
  expect(read({ ...chosen, 'refund.line.2': ['1'], 'refund.line.1': ['2'] }).input?.refund?.lines).toEqual([
    { lineId: TEA, quantity: 2 },
    { lineId: MUG, quantity: 1 },
  ])
})

test('all that is wrong is said at once, each at its field', () => {
  const fields = {
    ...fieldsOf(wish({})),
    reason: ['none'],
    refund: ['lines'],
    'refund.line.1': ['two'],
    'refund.amount': ['much'],
    gift_card: ['yes'],
    reship: ['yes'],
    'reship.address.country': ['Britain'],
  }
  const { problems } = read(fields)
  expect(problems.map(({ field }) => field)).toEqual(
    expect.arrayContaining([
      'reason',
      'refund.line.1',
      'refund.amount',
      'gift_card.amount',
      'reship.address.lastName',
      'reship.address.country',
    ]),
  )
})

test('a part that the order does not allow is left out, whatever the fields say', () => {
  const options = { ...OPTIONS, cancel: { ...OPTIONS.cancel, why: 'It has been sent.' } }
  const { input } = read(fieldsOf(wish({ cancel: { lines: null }, refund: { what: 'all' } })), options)
  expect(input).toMatchObject({ cancel: null, refund: { what: 'all' } })
})

test.each([
  ['reason.code', 'reason'],
  ['reason.text', 'reason_text'],
  ['giftCard.expiresOn', 'gift_card.expires'],
  ['refund.payee.account', 'refund.payee_account'],
  ['reship.address.zip', 'reship.address.zip'],
  ['', ''],
])('%s of an intention is asked for as %s', (path, field) => {
  expect(fieldAt(path.split('.'))).toBe(field)
})
