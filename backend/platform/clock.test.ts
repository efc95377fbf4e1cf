import { mkdtempSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { fileClock, travellingClock } from './clock.ts'

const HOUR = 3_600_000
const aheadBy = (now: Date) => now.getTime() - Date.now()

/** Looks until the clock has looked into its file again. */
function until(holds: () => boolean): void {
  const end = Date.now() + 5_000
  while (!holds()) if (Date.now() > end) throw new Error('The clock did not follow its file')
}

test('two processes that share a file agree on the time, and travel together', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'sidedesk-clock-')), 'offset')
  const [api, worker] = [fileClock(path), fileClock(path)]
  expect(Math.abs(aheadBy(api.now()))).toBeLessThan(1_000)
  writeFileSync(path, String(2 * HOUR))
  utimesSync(path, new Date(1), new Date(1)) // a file system with coarse times still shows a change
  for (const clock of [api, worker]) until(() => aheadBy(clock.now()) > 2 * HOUR - 1_000)
})

test('a file that holds no number is an error that names it, not a silent zero', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'sidedesk-clock-')), 'offset')
  writeFileSync(path, 'tomorrow')
  expect(() => fileClock(path).now()).toThrow(`${path} must hold a number of milliseconds`)
})

test('a clock of one process travels by what it is told', () => {
  const clock = travellingClock()
  clock.travel(HOUR)
  expect(Math.round(aheadBy(clock.now()) / HOUR)).toBe(1)
  expect(clock.offset).toBe(HOUR)
})
