import type { Work } from './jobs.ts'

/** Recurring work: at each tick one job per workspace, or a single one for the desk as a whole. */
export type Recurring = { job: Pick<Work<never>, 'name' | 'maxAttempts' | 'scope'>; cron: string }

const UNITS: Record<string, (n: number) => string> = {
  minute: (n) => (n === 1 ? '* * * * *' : `*/${n} * * * *`),
  hour: (n) => (n === 1 ? '0 * * * *' : `0 */${n} * * *`),
}

/** @param interval `1 minute`, `5 minutes`, `1 hour`, `6 hours` */
export function every(interval: string, job: Recurring['job']): Recurring {
  const [, count, unit] = /^(\d+) (minute|hour)s?$/.exec(interval) ?? []
  const cron = unit && UNITS[unit]?.(Number(count))
  if (!cron) throw new Error(`Not an interval: ${interval}`)
  return { job, cron }
}

/** @param time `03:10`, UTC */
export function daily(time: string, job: Recurring['job']): Recurring {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(time) ?? []
  if (!hours || !minutes) throw new Error(`Not a time of day: ${time}`)
  return { job, cron: `${Number(minutes)} ${Number(hours)} * * *` }
}
