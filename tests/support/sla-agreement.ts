import { expect } from '@jest/globals'
import { judge } from '../../backend/features/sla/clock/judging.ts'
import { allTime, openTime } from '../../backend/features/sla/clock/measure.ts'
import { randomFrom } from './random.ts'
import { slaCase } from './sla-cases.ts'
import { slowClocks, wall } from './slow-clock.ts'

/** The clock and the slow one are given the same random tickets, and must say the same to the minute. @param seed told before anything can fail */
export function expectAgreement(seed: number, cases: number): void {
  process.stderr.write(`SEED=${seed}\n`)
  const random = randomFrom(seed)
  for (let number = 0; number < cases; number++) {
    const given = slaCase(random)
    const { hours, marks, limits, until } = given
    const business = random() < 0.8
    const slow = slowClocks({ marks, limits, counts: business ? wall(hours) : () => true }, until)
    const measure = business ? openTime(hours) : allTime
    const fast = judge(marks, { measure, limits, warnings: { first: null, next: null, resolution: null } }).clocks
    const inSight = (at: number | null) => (at === null || at > until ? null : at)
    const told = <T extends { target: string; since: number }>(clocks: readonly T[]) =>
      [...clocks].sort((a, b) => a.since - b.since || a.target.localeCompare(b.target))
    expect({
      number,
      business,
      given,
      clocks: told(
        fast.map(({ target, since, used, dueAt, endedAt }) => ({
          target,
          since,
          used,
          dueAt: inSight(dueAt),
          endedAt,
        })),
      ),
    }).toEqual({
      number,
      business,
      given,
      clocks: told(
        slow.map(({ target, since, used, dueAt, endedAt }) => ({
          target,
          since,
          used,
          dueAt: inSight(dueAt),
          endedAt,
        })),
      ),
    })
  }
}
