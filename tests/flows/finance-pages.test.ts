import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { markPayoutPaid } from '../../shared/finance.ts'
import { type Books, booksOf, parseCsv } from '../support/books.ts'
import { FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'
import { visitor } from '../support/visitor.ts'

let desk: ShopDesk
let books: Books
let fern = ''
const eur = (minor: number) => ({ minor, currency: 'EUR' })
const payee = { name: 'Ada <b>Moss</b>', account: 'DE02120300000000202051' }

beforeAll(async () => {
  desk = await startShopDesk()
  books = booksOf(desk)
  fern = desk.shopId(FERN)
})
afterAll(() => desk.stop())

test('finance pays on a page, with the reference of the transfer, and the page says what is left', async () => {
  const { payoutId } = await books.done({ shopId: fern, amount: eur(1_990), route: 'payout', payee })
  const frank = visitor(desk, 'frank')
  const shown = await frank.open('/finance')
  expect(shown.text).toContain('€19.90')
  expect(shown.text).toContain('Ada &lt;b>Moss&lt;/b>')
  expect(shown.text).toContain('DE02120300000000202051')
  const empty = await frank.send(`/finance/payouts/${payoutId}`, { reference: ' ' }, '/finance')
  expect([empty.status, empty.text]).toEqual([400, expect.stringContaining('>Type the reference of the transfer.<')])
  expect(empty.text).toContain('€19.90')
  const paid = await frank.send(`/finance/payouts/${payoutId}`, { reference: 'TX 1' }, '/finance')
  expect(paid).toMatchObject({
    status: 200,
    path: '/finance?paid=yes',
    text: expect.stringContaining('Nothing waits to be paid'),
  })
  const again = await frank.send(`/finance/payouts/${payoutId}`, { reference: 'TX 2' }, '/finance')
  expect([again.status, again.text]).toEqual([409, expect.stringContaining('Do not pay it again')])
  expect(again.text).toContain('You had typed the reference: TX 2')
})

test('a period is closed on the page of its shop, and downloaded from it', async () => {
  await books.tick()
  await desk.travel('2 days')
  const frank = visitor(desk, 'frank')
  const address = `/finance/shops/${fern}`
  const before = await frank.open(address)
  const day = /max="([\d-]+)"/.exec(before.text)?.[1] ?? ''
  expect(before.text).toContain('Everything so far. Days go by the clocks of the shop')
  const closed = await frank.send(`${address}/periods`, { to: day }, address)
  expect(closed.text).toContain(`Closed up to ${day}: 2 lines.`)
  const link = /href="([^"]+period=[^"]+)"/.exec(closed.text)?.[1] ?? ''
  const file = await frank.ask(link.replaceAll('&amp;', '&'))
  expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await file.arrayBuffer())
  expect(parseCsv(text)).toHaveLength(2)
  expect((await frank.ask(`${address}/export?period=nothing`)).status).toBe(400)
  const twice = await frank.send(`${address}/periods`, { to: day }, address)
  expect([twice.status, twice.text]).toEqual([409, expect.stringContaining(`closed up to ${day} already`)])
  expect(twice.text).toContain(`value="${day}"`)
  const never = await frank.send(`${address}/periods`, { to: '2026-02-30' }, address)
  expect([never.status, never.text]).toEqual([400, expect.stringContaining('Choose the last day of the period')])
})

test('a reference that is refused stays in its field, on the page of the list where it was typed', async () => {
  const payouts: string[] = []
  for (let one = 0; one < 22; one++)
    payouts.push((await books.done({ shopId: fern, amount: eur(100 + one), route: 'payout', payee })).payoutId)
  const frank = visitor(desk, 'frank')
  const more = /href="(\/finance\?after=[^"]+)"/.exec((await frank.open('/finance')).text)?.[1] ?? ''
  const form = new RegExp(`action="(/finance/payouts/${payouts[21]}[^"]*)"`).exec((await frank.open(more)).text)
  const typed = `TX <i>1</i> ${'x'.repeat(130)}`
  const refused = await frank.send(form?.[1] ?? '', { reference: typed }, '/finance')
  expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('Shorten the reference to 140')])
  expect(refused.text).toContain(`value="${typed.replaceAll('<', '&lt;')}"`)
  expect(refused.text.match(/value="TX/g)).toHaveLength(1)
  expect([refused.text.includes('€1.21'), refused.text.includes('€1.00')]).toEqual([true, false])
  for (const payoutId of payouts)
    await desk.as('frank').call(markPayoutPaid, { params: { payoutId }, body: { reference: 'TX 3' } })
  const late = await frank.send(form?.[1] ?? '', { reference: 'TX 4' }, '/finance')
  expect(late.text).toContain('You had typed the reference: TX 4')
  expect(late.text).toContain('Nothing more waits to be paid here.')
})

test('nobody else opens these pages, and no form of another site pays anything', async () => {
  const { payoutId } = await books.done({ shopId: fern, amount: eur(100), route: 'payout', payee })
  for (const name of ['nora', 'vera', 'rhea'] as const) {
    const other = visitor(desk, name)
    for (const path of ['/finance', `/finance/shops/${fern}`, `/finance/shops/${fern}/export`])
      expect((await other.open(path)).status).toBe(403)
    expect((await other.send(`/finance/payouts/${payoutId}`, { reference: 'x' }, '/')).status).toBe(403)
  }
  const frank = visitor(desk, 'frank')
  await frank.open('/finance')
  const forged = await frank.ask(`/finance/payouts/${payoutId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://evil.example' },
    body: 'reference=x',
  })
  expect(forged.status).toBe(403)
  expect((await frank.open('/finance')).text).toContain('€1.00')
})
