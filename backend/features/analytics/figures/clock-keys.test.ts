import { DuckDBInstance } from '@duckdb/node-api'
import { expect, test } from '@jest/globals'
import { beginOfTime, keyOfTime, onTheWall } from './clock-keys.ts'
import { stretchOf } from './periods.ts'

/** Clocks that are turned at night, at midnight itself, by half an hour, by a whole day, and never; a year and ten. */
const PERIODS = [
  ['Europe/Berlin', '2026-08-20', '2026-11-17'],
  ['America/Sao_Paulo', '2018-02-17', '2018-11-05'],
  ['America/Havana', '2026-10-30', '2026-11-02'],
  ['Australia/Lord_Howe', '2026-04-01', '2026-10-10'],
  ['Pacific/Apia', '2011-12-20', '2012-01-10'],
  ['Asia/Kathmandu', '2026-01-01', '2026-01-01'],
  ['America/New_York', '2017-01-01', '2026-12-31'],
] as const
const INTERVALS = ['day', 'week', 'month'] as const

test('days and weeks that are counted begin when those of the calendar begin, wherever clocks are turned', async () => {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    for (const [zone, from, to] of PERIODS)
      for (const interval of INTERVALS) {
        const stretch = stretchOf({ from, to, zone })
        const { fromAt, toAt } = stretch
        const asked = { interval, stretch }
        const sql = `with instants as (
            select make_timestamp(${fromAt}000::bigint + (n * (${toAt - fromAt}000::bigint / 5000)::bigint)) as "at" from range(5000) r(n)
            union all select make_timestamp(${fromAt}000::bigint) union all select make_timestamp(${toAt}000::bigint - 1)),
          placed as (select *, ${onTheWall(stretch, 'i."at"')} from instants as i),
          keyed as (select ${keyOfTime(asked, 's."at"', 's.')} as bucket, epoch_ms(date_trunc('${interval}', s.local))::double as calendar from placed as s)
          select count(*)::integer as n, count(*) filter (${beginOfTime(asked)} is distinct from calendar)::integer as wrong from keyed`
        const [row] = (await connection.runAndReadAll(sql)).getRowObjectsJS()
        expect({ zone, interval, ...row }).toEqual({ zone, interval, n: 5_002, wrong: 0 })
      }
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
})
