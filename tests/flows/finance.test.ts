import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { bookSteps } from '../../backend/features/finance/booking.ts'
import { dayBefore } from '../../backend/features/finance/days.ts'
import { exportBooks } from '../../backend/features/finance/exporting.ts'
import { dayIn } from '../../backend/platform/calendar.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { closePeriod, exportFinance, listPayouts, listPeriods, markPayoutPaid } from '../../shared/finance.ts'
import { type Books, booksOf, downloadAs, parseCsv } from '../support/books.ts'
import { refusalOf } from '../support/caller.ts'
import { FERN, FIG, type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
let books: Books
let [fern, fig] = ['', '']

const gbp = (minor: number) => ({ minor, currency: 'GBP' })
const payee = { name: 'Ada Moss', account: 'GB33BUKB20201555555555' }
const frank = () => desk.as('frank')
const today = (shopId: string) => dayIn(shopId === fern ? 'Europe/London' : 'Europe/Amsterdam', desk.clock.now())
const yesterday = (shopId: string) => dayBefore(today(shopId))

beforeAll(async () => {
  desk = await startShopDesk()
  books = booksOf(desk)
  fern = desk.shopId(FERN)
  fig = desk.shopId(FIG)
})
afterAll(() => desk.stop())

const close = (shopId: string, to: string) => frank().call(closePeriod, { params: { shopId }, body: { to } })
const payouts = async (state: 'to_pay' | 'paid' = 'to_pay') =>
  (await frank().call(listPayouts, { query: { state } })).items
const paid = (payoutId: string, reference: string, key?: string) =>
  frank().call(markPayoutPaid, { params: { payoutId }, body: { reference }, ...(key && { key }) })

test('a step that was done is a line of the books, once, and hostile words in it stay words', async () => {
  const { actionId } = await books.done({
    shopId: fern,
    order: '=cmd|calc',
    amount: gbp(1_200),
    customerAmount: { minor: 16_000, currency: 'SEK' },
    tax: 200,
    route: 'original',
    source: 'refund/77',
    transactions: [
      {
        id: 'gid://shopify/OrderTransaction/9',
        status: 'SUCCESS',
        gateway: '@paypal,"x"\r\n',
        parentId: 'gid://shopify/OrderTransaction/8',
        amount: { shop: gbp(1_200), presentment: { minor: 16_000, currency: 'SEK' } },
      },
    ],
  })
  await books.tick()
  await books.tick()
  expect(await books.lines(fern)).toMatchObject([
    {
      entry: 'step',
      action_id: actionId,
      order: "'=cmd|calc",
      step: 'refund',
      agent: 'Nora',
      shop_amount: '12.00',
      shop_currency: 'GBP',
      customer_amount: '160.00',
      customer_currency: 'SEK',
      rate_used: '0.07500000',
      shop_tax: '2.00',
      route: 'original',
      gateway: '\'@paypal,"x"\r\n',
      parent_transaction: '8',
      transaction_status: 'SUCCESS',
      corrects_entry_id: '',
    },
  ])
  expect(await books.lines(fig)).toEqual([])
})

test('of a refund that a bank turned down in part before it was booked, the part that moved is in the books, with its part of the tax', async () => {
  const part = (id: number, status: string) => ({
    id: `gid://shopify/OrderTransaction/${id}`,
    status,
    gateway: 'shopify_payments',
    parentId: 'gid://shopify/OrderTransaction/8',
    amount: { shop: gbp(600), presentment: gbp(600) },
  })
  const transactions = [part(31, 'SUCCESS'), part(32, 'FAILURE')]
  const given = { shopId: fern, amount: gbp(600), tax: 200, source: 'refund/78', transactions }
  const { actionId } = await books.done(given)
  await books.tick()
  const [line] = (await books.lines(fern)).filter((one) => one['action_id'] === actionId)
  expect(line).toMatchObject({ shop_amount: '6.00', shop_tax: '1.00', transaction_status: 'SUCCESS; FAILURE' })
})

test('the file begins so that Excel reads its letters, has a name, and is on record', async () => {
  const response = await downloadAs(desk, fern)
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(response.headers.get('content-disposition')).toMatch(/fern-open-\d{4}-\d\d-\d\d\.csv$/)
  expect(Buffer.from(await response.arrayBuffer()).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
  expect((await desk.events('finance.exported')).at(-1)).toMatchObject({
    actorId: desk.staff.frank.id,
    payload: { shopId: fern },
  })
})

test('nobody but finance and admins gets books, payees or periods', async () => {
  for (const name of ['nora', 'vera', 'rhea'] as const) {
    expect((await downloadAs(desk, fern, undefined, name)).status).toBe(403)
    expect((await refusalOf(desk.as(name).call(listPayouts))).code).toBe('forbidden')
    const closing = desk.as(name).call(closePeriod, { params: { shopId: fern }, body: { to: yesterday(fern) } })
    expect((await refusalOf(closing)).code).toBe('forbidden')
  }
  expect((await downloadAs(desk, fern, undefined, 'ada')).status).toBe(200)
})

test('a shop or a period that is not there is refused before anything is sent', async () => {
  const nobody = '01890000-0000-7000-8000-000000000000'
  expect((await downloadAs(desk, nobody)).status).toBe(404)
  expect((await downloadAs(desk, fern, nobody)).status).toBe(404)
  expect(
    (await refusalOf(frank().call(exportFinance, { params: { shopId: fern }, query: { period: 'x' } }))).code,
  ).toBe('invalid_request')
})

test('finance sees whom to pay, pays once, and both are on record', async () => {
  const { payoutId, actionId } = await books.done({ shopId: fern, amount: gbp(2_500), route: 'payout', payee })
  expect(await payouts()).toMatchObject([
    { id: payoutId, actionId, payee, state: 'to_pay', amount: { text: '£25.00' }, by: 'Nora' },
  ])
  expect((await desk.events('payees.seen')).at(-1)).toMatchObject({
    actorId: desk.staff.frank.id,
    payload: { count: 1 },
  })
  const key = 'pay-once-0001'
  expect(await paid(payoutId, '=TX 4711', key)).toMatchObject({ state: 'paid', reference: '=TX 4711' })
  expect(await paid(payoutId, '=TX 4711', key)).toMatchObject({ state: 'paid' })
  expect(await refusalOf(paid(payoutId, 'TX 4712'))).toMatchObject({
    code: 'already_done',
    message: expect.stringMatching(
      /marked as paid on \d{4}-\d\d-\d\d with the reference =TX 4711\. Do not pay it again/,
    ),
  })
  expect(await desk.events('payout.paid')).toHaveLength(1)
  expect(await payouts()).toEqual([])
  expect(await payouts('paid')).toMatchObject([{ id: payoutId, reference: '=TX 4711' }])
  const [step, change] = (await books.lines(fern)).filter((line) => line['action_id'] === actionId)
  expect(step).toMatchObject({ entry: 'step', shop_amount: '25.00', payout_state: 'to_pay', payout_reference: '' })
  expect(change).toMatchObject({
    entry: 'change',
    shop_amount: '',
    payout_state: 'paid',
    payout_reference: "'=TX 4711",
    corrects_entry_id: step?.['entry_id'],
  })
})

test('ten people who mark one payout at the same moment are one payment', async () => {
  const { payoutId } = await books.done({ shopId: fern, amount: gbp(300), route: 'payout', payee })
  const before = (await desk.events('payout.paid')).length
  const ends = await Promise.allSettled(Array.from({ length: 10 }, (_, at) => paid(payoutId, `T${at}`)))
  expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect((await desk.events('payout.paid')).length).toBe(before + 1)
})

test('a period is closed up to a day that is over, once, and the next begins the day after', async () => {
  const day = today(fig)
  expect((await refusalOf(close(fig, day))).message).toMatch(/is not over yet for Fig Outlet \(Europe\/Amsterdam\)/)
  expect((await refusalOf(close(fig, '2026-02-30'))).code).toBe('invalid_request')
  await books.done({ shopId: fig, amount: { minor: 900, currency: 'EUR' }, order: '#1' })
  await desk.travel('2 days')
  const first = await close(fig, day)
  expect(first).toMatchObject({ rows: 1, to: day, by: 'Frank' }) // also what nobody had booked yet
  expect((await refusalOf(close(fig, day))).message).toMatch(`closed up to ${day} already`)
  expect((await refusalOf(close(fig, '2020-01-01'))).code).toBe('move_not_allowed')
  const second = await close(fig, yesterday(fig))
  expect(second).toMatchObject({ rows: 0, from: yesterday(fig), to: yesterday(fig) })
  const { items } = await frank().call(listPeriods, { params: { shopId: fig }, query: { limit: 1 } })
  expect(items).toMatchObject([{ id: second.id }])
  expect(await books.lines(fig, first.id)).toMatchObject([{ order: '#1', entry: 'step' }])
  expect(await books.lines(fig)).toEqual([])
})

test('two who close at the same moment make one period', async () => {
  await desk.travel('2 days')
  const ends = await Promise.allSettled([
    close(fig, yesterday(fig)),
    close(fig, yesterday(fig)),
    close(fig, yesterday(fig)),
  ])
  expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('steps that are booked while a period is closed are in one file each, whoever comes first', async () => {
  const steps = await Promise.all(
    Array.from({ length: 8 }, () =>
      books.done({ shopId: fig, amount: { minor: 100, currency: 'EUR' }, order: '#race' }),
    ),
  )
  const ids = steps.map(({ stepId }) => stepId)
  await desk.travel('2 days')
  const book = (stepId: string) =>
    inWorkspace(desk.ctx, desk.workspaceId, async (tx) => bookSteps(tx, await desk.ctx.keyring.box(tx), [stepId]))
  const [closed] = await Promise.all([close(fig, yesterday(fig)), ...ids.map(book), ...ids.map(book)])
  const of = (lines: Record<string, string>[]) => lines.filter(({ order }) => order === '#race')
  const all = [...of(await books.lines(fig, closed.id)), ...of(await books.lines(fig))]
  expect(all.map((line) => line['action_id']).sort()).toEqual(steps.map(({ actionId }) => actionId).sort())
  await desk.travel('1 day')
  await close(fig, yesterday(fig))
  expect(of(await books.lines(fig))).toEqual([])
})

test('what changes after its period was closed comes as a correction of the next one, and the closed one stays as it was', async () => {
  const { payoutId, actionId } = await books.done({
    shopId: fern,
    amount: gbp(700),
    route: 'payout',
    payee,
    order: 'FF-7',
  })
  await books.tick()
  await desk.travel('2 days')
  const closed = await close(fern, yesterday(fern))
  const before = await books.text(fern, closed.id)
  await paid(payoutId, 'TX 9')
  expect(await books.text(fern, closed.id)).toBe(before)
  const step = (await books.lines(fern, closed.id)).find((line) => line['action_id'] === actionId)
  expect(await books.lines(fern)).toMatchObject([
    { entry: 'correction', order: 'FF-7', payout_state: 'paid', corrects_entry_id: step?.['entry_id'] },
  ])
})

test('a step that reaches the books only after its day was closed is a correction, too', async () => {
  await desk.travel('-2 days')
  await books.done({ shopId: fern, amount: gbp(100), order: 'FF-late' })
  await desk.travel('2 days')
  await books.tick()
  expect((await books.lines(fern)).find(({ order }) => order === 'FF-late')).toMatchObject({
    entry: 'correction',
    corrects_entry_id: '',
  })
})

test('an export of many lines is whole although its period is closed while it is read, and the next one does not repeat it', async () => {
  const count = 4_500
  await books.many(fig, count, '#many')
  await desk.travel('2 days')
  const by = { ...desk.staff.frank, kind: 'staff' as const, workspaceId: desk.workspaceId, role: 'finance' as const }
  const { pieces } = await exportBooks(desk.ctx, by, { shopId: fig, periodId: undefined })
  let text = ''
  for await (const piece of pieces) {
    if (text !== '' && !text.includes('#many')) await close(fig, yesterday(fig)) // a first batch is out, more is to come
    text += piece
  }
  const lines = parseCsv(text).filter(({ order }) => order === '#many')
  expect(new Set(lines.map(({ entry_id }) => entry_id)).size).toBe(count)
  expect(lines).toHaveLength(count)
  expect(await books.lines(fig)).toEqual([])
})
