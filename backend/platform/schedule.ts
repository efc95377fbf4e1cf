import type { Clock } from './clock.ts'
import type { Database } from './database.ts'
import type { Work } from './jobs.ts'

/** The workspaces that recurring work is for: those of the directory, or those that answer a question with yes. */
export type Workspaces = (ctx: { db: Database; clock: Clock }) => Promise<string[]>

/** Recurring work: at each tick one job per workspace (of those `among`, or all), or a single one for the desk as a whole. */
export type Recurring = {
  job: Pick<Work<never>, 'name' | 'maxAttempts' | 'scope'>
  cron: string
  among?: Workspaces | undefined
}

const UNITS: Record<string, (n: number) => string> = {
  minute: (n) => (n === 1 ? '* * * * *' : `*/${n} * * * *`),
  hour: (n) => (n === 1 ? '0 * * * *' : `0 */${n} * * *`),
}

/**
 * @param interval `1 minute`, `5 minutes`, `1 hour`, `6 hours`
 * @param among spares workspaces that have nothing to do
 */
export function every(interval: string, job: Recurring['job'], among?: Workspaces): Recurring {
  const [, count, unit] = /^(\d+) (minute|hour)s?$/.exec(interval) ?? []
  const cron = unit && UNITS[unit]?.(Number(count))
  if (!cron) throw new Error(`Not an interval: ${interval}`)
  return { job, cron, among }
}

/**
 * @param time `03:10`, UTC
 * @param among spares workspaces that have nothing to do
 */
export function daily(time: string, job: Recurring['job'], among?: Workspaces): Recurring {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(time) ?? []
  if (!hours || !minutes) throw new Error(`Not a time of day: ${time}`)
  return { job, cron: `${Number(minutes)} ${Number(hours)} * * *`, among }
}
