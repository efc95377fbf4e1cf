import { expect, test } from '@jest/globals'
import { problemsOf } from './problems.ts'
import type { OrderRow, ShopRow } from './viewing.ts'

const NOW = new Date('2026-11-20T10:00:00Z')
const shop = (other: Partial<ShopRow> = {}): ShopRow => ({
  name: 'Fern',
  state: 'connected',
  problem: null,
  seesAll: true,
  loadState: 'done',
  loadedCount: 1_200,
  loadTotal: null,
  loadProblem: null,
  sweptAt: '2026-11-20T09:58:00Z',
  ...other,
})
const said = (given: Partial<ShopRow>, orders: OrderRow[] = []) => problemsOf({ shops: [shop(given)], orders }, NOW)

test('a shop that is well, or was connected a moment ago, is no problem', () => {
  expect(said({})).toEqual([])
  expect(said({ loadState: 'none', sweptAt: null })).toEqual([])
})

test.each([
  [
    'a shop in trouble says what to do',
    { state: 'frozen', problem: 'Its owner settles that.' },
    'Its owner settles that.',
  ],
  [
    'a shop that lets us in, and whose orders we do not understand any more, says so',
    { problem: 'Shopify changed what it tells of orders.' },
    'Shopify changed what it tells of orders.',
  ],
  ['without words it is named', { state: 'needs_access' }, 'Fern cannot be read now'],
  ['a first load that failed', { loadState: 'failed', loadProblem: 'Shopify stopped it' }, 'Shopify stopped it'],
  ['a first load that runs', { loadState: 'reading' }, 'still being loaded (1,200 so far)'],
  ['a shop that was not swept for long', { sweptAt: '2026-11-20T09:00:00Z' }, 'could not be read for a while'],
])('%s', (_what, given, words) => {
  expect(said(given)).toEqual([expect.stringContaining(words)])
})

test('what Shopify hides of older orders is said only where no order is found', () => {
  expect(said({ seesAll: false })).toEqual([
    expect.stringMatching(/last 60 days only.*ask Shopify for read_all_orders/),
  ])
  expect(said({ seesAll: false }, [{} as OrderRow])).toEqual([])
})
