import pg from 'pg'
import type { TravellingClock } from '../../../backend/platform/clock.ts'
import { tickName } from '../../../backend/platform/worker.ts'
import { schedule } from '../../../backend/schedule.ts'

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
        `update graphile_worker._private_jobs set run_at = run_at - make_interval(secs => $1)
         where id in (select id from graphile_worker._private_jobs where run_at > now() and locked_at is null for update skip locked)`,
        [ms / 1_000],
      )
      const hourPassed = before.getUTCHours() !== moment.getUTCHours()
      const due = schedule.filter(({ cron }) => OFTEN.test(cron) || (hourPassed && HOURLY.test(cron)))
      await queue.query(
        'select graphile_worker.add_job(name, job_key := name, max_attempts := 5) from unnest($1::text[]) as name',
        [due.map(({ job }) => tickName(job))],
      )
    },
    close: () => queue.end(),
  }
}
