import { expect, test } from '@jest/globals'
import { entryLine, headerLine } from './columns.ts'
import type { Entry, FinanceLine } from './line.ts'

const gbp = (minor: number) => ({ minor, currency: 'GBP' })
const sek = (minor: number) => ({ minor, currency: 'SEK' })

const line: FinanceLine = {
  order: 'FF-1001',
  step: 'refund',
  reasonCode: 'spilled',
  reason: 'Spilled',
  agent: 'Nora',
  amount: gbp(1_200),
  customerAmount: sek(16_000),
  tax: gbp(200),
  goods: null,
  route: 'original',
  transactions: [],
  payout: null,
  giftCard: null,
  reshipOrder: null,
}
const entry = (patch: Partial<FinanceLine> = {}, about: Partial<Entry> = {}): Entry => ({
  id: '01890000-0000-7000-8000-000000000001',
  actionId: '01890000-0000-7000-8000-000000000002',
  at: new Date('2026-11-20T23:30:00Z'),
  firstId: null,
  late: false,
  line: { ...line, ...patch },
  ...about,
})

const headers = headerLine().trim().split(',')
const cells = (given: Entry, timeZone = 'Europe/Amsterdam') => {
  const written = entryLine(given, timeZone).slice(0, -2).split(',')
  return Object.fromEntries(headers.map((header, at) => [header, written[at]]))
}

test('a line says its day in the shop and its time, its amounts and the rate between them', () => {
  expect(cells(entry())).toMatchObject({
    entry: 'step',
    shop_date: '2026-11-21',
    utc_time: '2026-11-20T23:30:00.000Z',
    shop_amount: '12.00',
    shop_currency: 'GBP',
    customer_amount: '160.00',
    customer_currency: 'SEK',
    rate_used: '0.07500000',
    shop_tax: '2.00',
  })
})

test('a rate holds across currencies without and with three places, and for money that comes back', () => {
  const kwd = { minor: -1_500, currency: 'KWD' }
  const rates = [
    [gbp(100), { minor: 190, currency: 'JPY' }, '0.00526316'],
    [{ minor: 190, currency: 'JPY' }, gbp(100), '190.00000000'],
    [gbp(-400), kwd, '2.66666667'],
    [gbp(5), gbp(5), '1'],
  ] as const
  for (const [amount, customerAmount, rate] of rates)
    expect(cells(entry({ amount, customerAmount })).rate_used).toBe(rate)
  expect(cells(entry({ amount: gbp(0), customerAmount: sek(0) })).rate_used).toBe('')
})

test('each transaction of a refund keeps its place in each of its columns', () => {
  const transactions = [
    {
      id: 't1',
      parentId: 'gid://shopify/OrderTransaction/7',
      gateway: 'gift_card',
      status: 'SUCCESS',
      amount: { shop: gbp(500), presentment: gbp(500) },
    },
    {
      id: 't2',
      parentId: 'gid://shopify/OrderTransaction/8',
      gateway: 'paypal',
      status: 'PENDING',
      amount: { shop: gbp(700), presentment: gbp(700) },
    },
  ]
  expect(entryLine(entry({ transactions }), 'UTC')).toContain(
    '"gift_card; paypal","7; 8","5.00; 7.00","SUCCESS; PENDING"',
  )
})

test('names, reasons and references of people cannot become formulas', () => {
  const hostile = { order: '=1', reason: '+cmd', agent: '@x', payout: { state: 'paid' as const, reference: '-2+3' } }
  expect(cells(entry(hostile))).toMatchObject({
    order: "'=1",
    reason: "'+cmd",
    agent: "'@x",
    payout_reference: "'-2+3",
  })
  expect(cells(entry({ amount: gbp(-1_200) })).shop_amount).toBe('-12.00')
})

test('a change of a closed period is a correction that names what it corrects', () => {
  const firstId = '01890000-0000-7000-8000-000000000009'
  expect(cells(entry({}, { firstId, late: true }))).toMatchObject({ entry: 'correction', corrects_entry_id: firstId })
  expect(cells(entry({}, { firstId }))).toMatchObject({ entry: 'change', corrects_entry_id: firstId })
})
