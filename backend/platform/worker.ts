import {
  Logger as GraphileLogger,
  type JobHelpers,
  type ParsedCronItem,
  parseCronItems,
  run,
  type TaskList,
} from 'graphile-worker'
import type pg from 'pg'
import { z } from 'zod'
import { keepAlive } from './alive.ts'
import type { Clock } from './clock.ts'
import type { Database } from './database.ts'
import { errorWords } from './error-words.ts'
import { DeskError } from './errors.ts'
import type { Work } from './jobs.ts'
import type { Logger } from './log.ts'
import type { Mask } from './mask.ts'
import type { Metrics } from './metrics.ts'
import { reap } from './reaper.ts'
import { keepRunning } from './runner.ts'
import type { Recurring } from './schedule.ts'
import { workspaceIds } from './tenancy.ts'

export type WorkerContext = { db: Database; clock: Clock; log: Logger; metrics: Metrics; mask: Mask }

const NOBODY = { workspaceId: '', body: undefined }
const Envelope = z.looseObject({ workspaceId: z.uuid(), body: z.unknown() })

/**
 * The tasks that graphile-worker runs: one per job, and one per recurring job that fans out to workspaces.
 * @param jobs all jobs and reactions of all features
 */
export function taskList<C extends WorkerContext>(
  ctx: C,
  jobs: readonly Work<C>[],
  schedule: readonly Recurring[],
): TaskList {
  const tasks: TaskList = {}
  for (const job of jobs) {
    if (tasks[job.name]) throw new Error(`Two jobs are called ${job.name}`)
    tasks[job.name] = (payload, helpers) => perform(ctx, job, payload, helpers)
  }
  for (const { job, among = workspaceIds } of schedule) {
    // the queue leaves what it has no task for where it is: nothing would fail, and nothing be done
    if (!tasks[job.name]) throw new Error(`${job.name} recurs, but is none of the jobs`)
    if (job.scope === 'workspace')
      tasks[tickName(job)] = async (_payload, helpers) => fanOut(await among(ctx), job, helpers)
  }
  return tasks
}

/** The task that a tick of the schedule enqueues; its key in the queue as well. */
export const tickName = ({ name, scope }: Recurring['job']) => (scope === 'desk' ? name : `every-workspace:${name}`)

async function perform<C extends WorkerContext>(
  ctx: C,
  job: Work<C>,
  payload: unknown,
  helpers: JobHelpers,
): Promise<void> {
  const started = process.hrtime.bigint()
  const ended = (outcome: string) =>
    ctx.metrics.jobs.observe({ job: job.name, outcome }, Number(process.hrtime.bigint() - started) / 1e9)
  try {
    const { workspaceId, body } = job.scope === 'desk' ? NOBODY : Envelope.parse(payload)
    await job.perform(ctx, workspaceId, body)
    ended('done')
  } catch (error) {
    const last = helpers.job.attempts >= helpers.job.max_attempts
    const code = error instanceof DeskError ? error.code : 'internal'
    ctx.log[last ? 'error' : 'warn'](
      { job: job.name, jobId: helpers.job.id, attempt: helpers.job.attempts, code, err: error },
      'a job failed',
    )
    ended(last ? 'given_up' : 'failed')
    throw new Error(ctx.mask(queueWords(error))) // the queue stores the message as it is
  }
}

const queueWords = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${errorWords(error)}` : `a ${typeof error} was thrown`

/** Behind whatever somebody waits for: the queue takes the lowest first, and 0 is everybody's. */
const BEHIND = 10

/**
 * One job per workspace. What recurs gives way to new work, such as mail, until it is due again: what has not had its turn by then stands
 * in line with all others, so that no stream of work keeps it from running.
 */
async function fanOut(ids: readonly string[], job: Recurring['job'], helpers: JobHelpers): Promise<void> {
  await helpers.withPgClient((client) =>
    client.query(
      `select graphile_worker.add_job($1, json_build_object('workspaceId', w.id, 'body', '{}'::json), job_key := $1 || ':' || w.id, max_attempts := $3,
         priority := case when exists (select from graphile_worker._private_jobs as earlier where earlier.key = $1 || ':' || w.id
           and earlier.locked_at is null and earlier.attempts = 0) then 0 else $4::int end)
       from unnest($2::text[]) as w (id)`,
      [job.name, ids, job.maxAttempts, BEHIND],
    ),
  )
}

/** A job's end is tried again while the database is away, and waited for at a stop; without this it is written on the side. */
export const ENDINGS_ARE_WRITTEN = { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } }

const cronItems = (schedule: readonly Recurring[]): ParsedCronItem[] =>
  parseCronItems(
    schedule.map(({ job, cron }) => ({
      task: tickName(job),
      match: cron,
      identifier: job.name,
      options: { jobKey: tickName(job), maxAttempts: 5 },
    })),
  )

/**
 * Starts taking jobs.
 * @param pool of a login in the group role `desk_jobs`; the app's own role may only enqueue
 * @returns stop(): finishes what runs, takes nothing new
 */
export async function startWorker<C extends WorkerContext>(
  ctx: C,
  options: {
    pool: pg.Pool
    jobs: readonly Work<C>[]
    schedule: readonly Recurring[]
    concurrency: number
    /** Milliseconds that running jobs get when the queue gives up by itself. */
    patienceMs?: number
  },
): Promise<{ stop(): Promise<void> }> {
  const alive = await keepAlive(options.pool, ctx.log)
  const start = () =>
    run({
      preset: ENDINGS_ARE_WRITTEN,
      pgPool: options.pool,
      taskList: taskList(ctx, options.jobs, options.schedule),
      parsedCronItems: cronItems(options.schedule),
      concurrency: options.concurrency,
      noHandleSignals: true,
      pollInterval: 1_000,
      logger: quietLogger(ctx.log),
      events: alive.events,
    })
  const runner = await keepRunning(ctx.log, { start, ended: () => alive.forget(), patienceMs: options.patienceMs })
  const reaper = reap(alive, ctx)
  return {
    async stop() {
      try {
        await reaper.stop()
        await runner.stop()
      } finally {
        await alive.release()
      }
    },
  }
}

/** graphile-worker's own lines at debug, its warnings and errors as they are; jobs that fail are logged by `perform`. */
const quietLogger = (log: Logger) =>
  new GraphileLogger(() => (level, message) => {
    if (level === 'error' && !message.startsWith('Failed task'))
      log.error({ worker: message }, 'the job queue reported an error')
    else if (level === 'warning') log.warn({ worker: message }, 'the job queue warned')
    else log.debug({ worker: message }, 'job queue')
  })
