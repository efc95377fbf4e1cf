import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { newId } from '../../backend/platform/ids.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { closePeriod } from '../../shared/finance.ts'
import { downloadAs } from '../support/books.ts'
import { FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const LINES = Number(process.env['FINANCE_LINES'] ?? 1_000_000)
const AT_ONCE = 2_000
/** What a large shop does in a month; a period is closed in one go. */
const IN_PERIOD = Math.min(50_000, LINES / 2)

let desk: ShopDesk
beforeAll(async () => {
  desk = await startShopDesk({ connect: [FERN] })
  await writeBooks(desk.shopId(FERN))
}, 1_200_000)
afterAll(() => desk.stop())

const gbp = (minor: number) => ({ minor, currency: 'GBP' })

async function writeBooks(shopId: string): Promise<void> {
  const { ctx, workspaceId } = desk
  const line = {
    order: 'FF-1001',
    step: 'refund' as const,
    reasonCode: 'spilled',
    reason: 'Spilled or leaked',
    agent: 'Nora',
    amount: gbp(1_234),
    customerAmount: gbp(1_234),
    tax: gbp(206),
    goods: null,
    route: 'original' as const,
    transactions: [],
    payout: null,
    giftCard: null,
    reshipOrder: null,
  }
  const json = JSON.stringify(line)
  for (let written = 0; written < LINES; written += AT_ONCE)
    await inWorkspace(ctx, workspaceId, async (tx) => {
      const at = written < IN_PERIOD ? new Date(tx.now.getTime() - 3 * 86_400_000) : tx.now
      const box = await ctx.keyring.box(tx)
      const rows = Array.from({ length: Math.min(AT_ONCE, LINES - written) }, () => {
        const id = newId(tx.now)
        return { id, line: box.seal('finance_entry.line', id, json).toString('base64') }
      })
      await tx.$executeRaw`
        insert into desk.finance_entry (workspace_id, id, shop_id, step_id, action_id, change, change_key, at, recorded_at, line)
        select ${workspaceId}::uuid, id, ${shopId}::uuid, gen_random_uuid(), gen_random_uuid(), 'done', 'done', ${at}, ${tx.now}, decode(line, 'base64')
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id uuid, line text)`
    })
}

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
    collectGarbage()
    const { heapUsed, external } = process.memoryUsage()
    held.push((heapUsed + external) / 1e6)
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
