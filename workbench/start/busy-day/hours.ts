import pg from 'pg'
import type { TravellingClock } from '../../../backend/platform/clock.ts'
import type { Recurring } from '../../../backend/platform/schedule.ts'
import { tickName } from '../../../backend/platform/worker.ts'
import { schedule } from '../../../backend/schedule.ts'

export type Hours = Awaited<ReturnType<typeof openHours>>

const HOURLY = /^0 /
const OFTEN = /^\*/

/** Lets hours pass in minutes: the clock goes on, what waits in the queue comes nearer, and what recurs is due. */
export async function openHours(clock: TravellingClock, jobsUrl: string) {
  const queue = new pg.Client({ connectionString: jobsUrl })
  await queue.connect()
  return {
    async passUntil(moment: Date): Promise<void> {
      const before = clock.now()
      const ms = moment.getTime() - before.getTime()
      if (ms <= 0) return
      clock.travel(ms)
      await queue.query(
        'update graphile_worker._private_jobs set run_at = run_at - make_interval(secs => $1) where run_at > now() and locked_at is null',
        [ms / 1_000],
      )
      const hourPassed = before.getUTCHours() !== moment.getUTCHours()
      for (const recurring of schedule)
        if (OFTEN.test(recurring.cron) || (hourPassed && HOURLY.test(recurring.cron))) await add(queue, recurring)
    },
    close: () => queue.end(),
  }
}

const add = (queue: pg.Client, { job }: Recurring) =>
  queue.query('select graphile_worker.add_job($1, job_key := $1, max_attempts := 5)', [tickName(job)])
