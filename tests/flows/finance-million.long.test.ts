import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { closePeriod } from '../../shared/finance.ts'
import { booksOf, downloadAs } from '../support/books.ts'
import { heldBytes } from '../support/held-memory.ts'
import { FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'

const LINES = Number(process.env['FINANCE_LINES'] ?? 1_000_000)
/** What a large shop does in a month; a period is closed in one go. */
const IN_PERIOD = Math.min(50_000, LINES / 2)

let desk: ShopDesk
beforeAll(async () => {
  desk = await startShopDesk({ connect: [FERN] })
  const books = booksOf(desk)
  await books.many(desk.shopId(FERN), IN_PERIOD)
  await desk.travel('3 days')
  await books.many(desk.shopId(FERN), LINES - IN_PERIOD)
}, 1_200_000)
afterAll(() => desk.stop())

/** Reads an export as it comes, and what the process holds after every so many bytes. */
async function readThrough(
  period?: string,
): Promise<{ lines: number; bytes: number; held: number[]; seconds: number }> {
  const began = performance.now()
  const response = await downloadAs(desk, desk.shopId(FERN), period)
  let [lines, bytes, next] = [0, 0, 0]
  const held: number[] = []
  for await (const part of response.body ?? []) {
    bytes += part.length
    for (const byte of part) if (byte === 10) lines++
    if (bytes < next) continue
    next += 5_000_000
    held.push(heldBytes() / 1e6)
  }
  return { lines: lines - 1, bytes, held, seconds: (performance.now() - began) / 1_000 }
}

test('a million lines of books go out in the memory of a few thousand', async () => {
  const { lines, bytes, held, seconds } = await readThrough()
  expect(lines).toBe(LINES)
  const [first = 0, ...rest] = held
  const most = Math.max(...rest)
  console.info(
    `${lines} lines, ${(bytes / 1e6).toFixed(0)} MB in ${seconds.toFixed(0)} s; held ${first.toFixed(0)} MB at first, at most ${most.toFixed(0)} MB later`,
  )
  expect(most).toBeLessThan(first + 40)
}, 1_200_000)

test('a month of them is closed in one go, and both parts are whole', async () => {
  const to = new Date(desk.clock.now().getTime() - 2 * 86_400_000).toISOString().slice(0, 10)
  const { id, rows } = await desk.as('frank').call(closePeriod, { params: { shopId: desk.shopId(FERN) }, body: { to } })
  expect(rows).toBe(IN_PERIOD)
  expect((await readThrough(id)).lines).toBe(IN_PERIOD)
  expect((await readThrough()).lines).toBe(LINES - IN_PERIOD)
}, 1_200_000)
