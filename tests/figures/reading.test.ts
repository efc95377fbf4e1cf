import { mkdtempSync, rmSync } from 'node:fs'
import { readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { openLakePlace } from '../../backend/features/analytics/lake/places/reading.ts'
import { METRICS } from '../../backend/features/analytics/metrics/index.ts'
import { openEngine, rowsOf } from '../../backend/features/analytics/reading/engine.ts'
import { BOUNDS, createReaders, type Readers } from '../../backend/features/analytics/reading/readers.ts'
import { createLog } from '../../backend/platform/log.ts'
import { idOf, messageRow, ticketRow } from '../support/figure-desk.ts'
import { handLake } from '../support/hand-lake.ts'
import { randomWork, randomWorld } from '../support/random-weeks.ts'

const [OURS, THEIRS] = [idOf(1), idOf(2)]
const everything = {
  ...randomWorld({ seed: 41, from: '2026-10-05', tickets: 40 }),
  ...randomWork({ seed: 42, from: '2026-10-12' }),
}
const log = createLog('silent', 'test')

let dir: string
let lake: ReturnType<typeof handLake>
let readers: Readers
const open = (bounds: Partial<typeof BOUNDS> = {}) =>
  createReaders(openLakePlace({ dir, everyMs: 1_000 }), log, { ...BOUNDS, ...bounds })
const count = (workspaceId = OURS) =>
  readers.read(workspaceId, async (ask) => Number((await ask('select count(*)::double as n from ticket'))[0]?.['n']))
/** Where the parts of tickets lie. */
const ticketParts = async (workspaceId: string) =>
  (await readdir(join(dir, workspaceId)))
    .filter((file) => file.startsWith('ticket-'))
    .map((file) => join(dir, workspaceId, file))

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sidedesk-figures-'))
  lake = handLake(dir)
  readers = open()
})
afterEach(async () => {
  await readers.close()
  rmSync(dir, { recursive: true, force: true })
})

/** Longer than anybody waits, whatever the machine, and it keeps no row: a fast machine must not run out of memory first. */
const ENDLESS = 'select sum(sqrt(range)) as n from range(1000000000000000)'

describe('the engine of one workspace', () => {
  test('reads files of its own folder and nothing else, whatever its SQL says', async () => {
    await lake.write(OURS, { ticket: [ticketRow(1, '2026-11-02 09:00')] })
    await lake.write(THEIRS, { ticket: [ticketRow(2, '2026-11-02 09:00')] })
    const fileOf = async (id: string) => (await ticketParts(id))[0] ?? ''
    const engine = await openEngine(join(dir, OURS))
    const connection = await engine.connect()
    const run = (sql: string) => rowsOf(connection, sql, {})
    expect(await run(`select number::double as n from read_parquet('${await fileOf(OURS)}')`)).toEqual([{ n: 1 }])
    const foreign = await fileOf(THEIRS)
    for (const sql of [
      `select * from read_parquet('${foreign}')`,
      `select * from '${foreign}'`,
      `select * from read_parquet('${join(dir, OURS)}/../${THEIRS}/ticket-*.parquet')`,
      `select * from glob('${dir}/**')`,
      `select * from read_text('${join(dir, 'root.json')}')`,
      `select * from read_csv('/etc/passwd')`,
      `attach '${join(dir, 'other.db')}'`,
      `copy (select 1) to '${join(dir, 'out.csv')}'`,
      `set allowed_directories = ['${dir}/']`,
      'reset allowed_directories',
      'set enable_external_access = true',
      `set memory_limit = '64GB'`,
      'set lock_configuration = false',
      'install httpfs',
      'load httpfs',
    ])
      await expect(run(sql).then(() => sql)).rejects.toThrow(/Permission|Cannot change|disabled/)
    connection.closeSync()
    engine.close()
  })

  test('shows nothing of another workspace by any metric, although that one has something by each', async () => {
    await lake.write(THEIRS, everything)
    await lake.write(OURS, { ticket: [] })
    for (const { id, sql } of METRICS) {
      const values = sql.includes('$now') ? { now: Date.parse('2026-11-30T00:00:00Z') } : {}
      const of = (workspaceId: string) =>
        readers.read(workspaceId, (ask) => ask(`select count(*)::double as n from (${sql})`, values))
      expect([id, await of(THEIRS)]).not.toEqual([id, [{ n: 0 }]])
      expect([id, await of(OURS)]).toEqual([id, [{ n: 0 }]])
    }
  })
})

describe('a reader', () => {
  test('says that there is no lake, and follows a new root without a restart', async () => {
    expect(await count()).toBeNull()
    expect(await readers.version(OURS)).toBeNull()
    await lake.write(OURS, { ticket: [ticketRow(1, '2026-11-02 09:00')] })
    const before = await readers.version(OURS)
    expect(await count()).toBe(1)
    await lake.change(OURS, { ticket: [ticketRow(2, '2026-11-02 09:00')] })
    expect(await count()).toBe(2)
    expect(await readers.version(OURS)).not.toBe(before)
  })

  test('sees the newest row of each thing, all messages of a ticket that changed, and nothing of what is gone', async () => {
    await lake.write(OURS, {
      ticket: [1, 2, 3].map((n) => ticketRow(n, '2026-11-02 09:00', { category: 'old' })),
      message: [messageRow(1, '2026-11-02 09:00', 'in'), messageRow(2, '2026-11-02 09:00', 'in')],
    })
    await lake.change(OURS, {
      ticket: [ticketRow(1, '2026-11-02 09:00', { category: 'newer' }), { id: idOf(2), gone: true }],
      message: [
        messageRow(1, '2026-11-02 09:00', 'in'),
        messageRow(1, '2026-11-02 10:00', 'out'),
        { ticket_id: idOf(2), gone: true },
      ],
    })
    await lake.change(OURS, {
      ticket: [
        ticketRow(1, '2026-11-02 09:00', { category: 'newest' }),
        ticketRow(4, '2026-11-02 09:00', { category: 'added' }),
      ],
      message: [messageRow(1, '2026-11-02 11:00', 'note')],
    })
    const seen = await readers.read(OURS, async (ask) => ({
      tickets: (await ask('select t.number::double as n, t.category from ticket as t order by n')).map(
        ({ n, category }) => [n, category],
      ),
      messages: (await ask('select m.direction from message as m order by m."at"')).map(({ direction }) => direction),
    }))
    expect(seen).toEqual({
      tickets: [
        [1, 'newest'],
        [3, 'old'],
        [4, 'added'],
      ],
      messages: ['note'],
    })
  })

  const threads = (asked: number, isSingle: boolean) =>
    readers.read(
      OURS,
      async (ask) => {
        const rows = await Promise.all(
          Array.from({ length: asked }, () => ask(`select current_setting('threads')::double as n from ticket`)),
        )
        return rows.map(([row]) => row?.['n'])
      },
      isSingle,
    )

  test('works at a question of one figure with two threads, and at each of several with one, from the first of them on', async () => {
    await lake.write(OURS, { ticket: [ticketRow(1, '2026-11-02 09:00')] })
    const alone = Math.min(2, availableParallelism())
    expect(await threads(1, true)).toEqual([alone])
    expect(await threads(12, false)).toEqual(Array(12).fill(1))
    expect(await threads(1, false)).toEqual([1])
    expect(await threads(1, true)).toEqual([alone])
  })

  test('has as many threads again as it should after a question that failed', async () => {
    await lake.write(OURS, { ticket: [ticketRow(1, '2026-11-02 09:00')] })
    await expect(readers.read(OURS, (ask) => ask('select nothing from ticket'), true)).rejects.toThrow('nothing')
    expect(await threads(2, false)).toEqual([1, 1])
  })

  test('sees one state of the lake for as long as it reads', async () => {
    await lake.write(OURS, { ticket: [ticketRow(1, '2026-11-02 09:00')], message: [] })
    const seen = await readers.read(OURS, async (ask) => {
      await lake.change(OURS, { message: [messageRow(1, '2026-11-02 09:00', 'in')] })
      return ask('select count(*)::double as n from message')
    })
    expect(seen).toEqual([{ n: 0 }])
  })

  test('begins again when the parts that it reads were swept, and gives up when there are no others', async () => {
    await lake.write(OURS, { ticket: [ticketRow(1, '2026-11-02 09:00')] })
    let times = 0
    const seen = await readers.read(OURS, async (ask) => {
      if (++times === 1) {
        await lake.sweep(OURS)
        await lake.write(OURS, { ticket: [ticketRow(1, '2026-11-02 09:00'), ticketRow(2, '2026-11-02 09:00')] })
      }
      return ask('select count(*)::double as n from ticket')
    })
    expect({ seen, times }).toEqual({ seen: [{ n: 2 }], times: 2 })
    for (const part of await ticketParts(OURS)) await rm(part)
    expect(await count()).toBeNull()
  })

  test('takes a root or a part that is broken for none', async () => {
    await lake.write(OURS, { ticket: [ticketRow(1, '2026-11-02 09:00')] })
    for (const part of await ticketParts(OURS)) await truncate(part, 20)
    expect(await count()).toBeNull()
    await writeFile(join(dir, 'root.json'), '{ half a ro')
    expect(await count()).toBeNull()
    await lake.write(OURS, { ticket: [ticketRow(1, '2026-11-02 09:00')] })
    expect(await count()).toBe(1)
  })

  test('is interrupted when it takes too long, and answers the next one', async () => {
    readers = open({ limitMs: 1_500 }) // enough for the next one on a slow machine
    await lake.write(OURS, { ticket: [ticketRow(1, '2026-11-02 09:00')] })
    await expect(readers.read(OURS, (ask) => ask(ENDLESS))).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('longer than 1.5 seconds'),
    })
    expect(await count()).toBe(1)
  })

  test('answers a short question beside a long one, and stops the long one when the reading ends without it', async () => {
    await lake.write(OURS, { ticket: [ticketRow(1, '2026-11-02 09:00')] })
    const short: unknown[] = []
    const reading = readers.read(OURS, (ask) => {
      const shortOnes = async () => {
        for (let n = 0; n < 3; n++) short.push(...(await ask('select count(*)::double as n from ticket')))
        return ask('select nonsense from ticket')
      }
      return Promise.all([ask(ENDLESS), shortOnes()])
    })
    await expect(reading).rejects.toThrow('nonsense')
    expect(short).toEqual([{ n: 1 }, { n: 1 }, { n: 1 }])
    expect(await count()).toBe(1)
  })

  test('answers more questions than it has lanes, each with its own answer', async () => {
    await lake.write(OURS, { ticket: [ticketRow(1, '2026-11-02 09:00')] })
    const numbers = Array.from({ length: 12 }, (_, n) => n)
    const answers = await readers.read(OURS, (ask) =>
      Promise.all(numbers.map((n) => ask('select count(*)::double + $n as n from ticket', { n }))),
    )
    expect(answers).toEqual(numbers.map((n) => [{ n: n + 1 }]))
  })

  test('says that it has too little memory, and answers the next one', async () => {
    await lake.write(OURS, { ticket: [ticketRow(1, '2026-11-02 09:00')] })
    const huge = "select length(string_agg(repeat('x', 100000), '')) as n from range(20000)"
    await expect(readers.read(OURS, (ask) => ask(huge))).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('memory'),
    })
    expect(await count()).toBe(1)
  })

  test('lets few work, some wait and nobody beyond that', async () => {
    readers = open({ atOnce: 1, waiting: 1, waitMs: 60_000 })
    await lake.write(OURS, { ticket: [ticketRow(1, '2026-11-02 09:00')] })
    let end: () => void = () => undefined
    const busy = new Promise<void>((resolve) => {
      end = resolve
    })
    const order: string[] = []
    const first = readers.read(OURS, () => busy.then(() => order.push('first')))
    const second = readers.read(OURS, async () => order.push('second'))
    await expect(count()).rejects.toMatchObject({ code: 'unavailable', retryAfter: 5 })
    end()
    await Promise.all([first, second])
    expect(order).toEqual(['first', 'second'])
    expect(await count()).toBe(1)
  })

  test('sends away who waits too long for a turn', async () => {
    readers = open({ atOnce: 1, waiting: 5, waitMs: 50 })
    await lake.write(OURS, { ticket: [] })
    let end: () => void = () => undefined
    const busy = new Promise<void>((resolve) => {
      end = resolve
    })
    const first = readers.read(OURS, () => busy)
    await expect(count()).rejects.toMatchObject({ code: 'unavailable' })
    end()
    await first
    expect(await count()).toBe(0)
  })

  test('keeps few engines open, and opens the others anew', async () => {
    readers = open({ kept: 1 })
    await lake.write(OURS, { ticket: [ticketRow(1, '2026-11-02 09:00')] })
    await lake.write(THEIRS, { ticket: [] })
    expect([await count(OURS), await count(THEIRS), await count(OURS)]).toEqual([1, 0, 1])
    const both = await readers.read(OURS, async (ask) => {
      const theirs = await count(THEIRS) // ours goes, as soon as nobody uses it
      return [theirs, (await ask('select count(*)::double as n from ticket'))[0]?.['n']]
    })
    expect(both).toEqual([0, 1])
  })
})
