import pg from 'pg'
import type { Ctx } from '../../context.ts'
import { inWords } from '../database-problem.ts'
import { livingWorkers } from '../queue.ts'
import { type Check, note, ok, problem, several } from './check.ts'

/** Whether somebody does the work that waits. */
export async function checkQueue(ctx: Ctx): Promise<Check[]> {
  const workers = await livingWorkers(ctx)
  const worker =
    workers > 0
      ? ok('worker', `${several(workers, 'worker')} running`)
      : problem(
          'worker',
          'No worker runs: no mail is read, and no reply is sent.',
          'Start it: node backend/worker.ts, or the demo: npm start',
        )
  return [worker, ...(await checkJobs(ctx.config.db.jobsUrl))]
}

type Jobs = { name: string; givenUp: number; failing: number; late: number; lastError: string | null }

const JOBS = `
  select t.identifier as name,
    count(*) filter (where attempts >= max_attempts and last_error is not null)::int as "givenUp",
    count(*) filter (where attempts > 0 and attempts < max_attempts)::int as failing,
    count(*) filter (where attempts = 0 and locked_at is null and run_at < now() - interval '2 minutes')::int as late,
    (array_agg(last_error order by updated_at desc) filter (where last_error is not null))[1] as "lastError"
  from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
  group by t.identifier order by t.identifier`

async function checkJobs(url: string): Promise<Check[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
    const { rows } = await client.query<Jobs>(JOBS)
    const found = rows.flatMap(said)
    return found.length > 0 ? found : [ok('jobs', 'none has failed, none is late')]
  } catch (error) {
    const { says, todo } = inWords(error, url)
    return [problem('jobs', says, todo)]
  } finally {
    await client.end()
  }
}

function said({ name, givenUp, failing, late, lastError }: Jobs): Check[] {
  const why = lastError ? ` Last error: ${withoutAddresses(lastError)}` : ''
  return [
    ...(givenUp > 0
      ? [
          problem(
            'jobs',
            `${several(givenUp, `job`)} "${name}" failed for good.${why}`,
            'Look for "a job failed" with this name in the worker\'s log, mend the cause. Mailboxes are read again by themselves; an answer is sent again from its ticket.',
          ),
        ]
      : []),
    ...(failing > 0
      ? [note('jobs', `${several(failing, `job`)} "${name}" failed and will be tried again.${why}`)]
      : []),
    ...(late > 0
      ? [
          problem(
            'jobs',
            `${several(late, `job`)} "${name}" wait longer than two minutes.`,
            'Is the worker running? Else it is too slow: start another one or raise JOB_CONCURRENCY.',
          ),
        ]
      : []),
  ]
}

/** On one line, without its stack and without anybody's address. */
const withoutAddresses = (error: string): string =>
  (error.split(/\n\s+at /)[0] ?? '')
    .replace(/\s+/g, ' ')
    .replace(/[^\s<>"'=(]+@[^\s<>"'),]+/g, '[address]')
    .slice(0, 200)
