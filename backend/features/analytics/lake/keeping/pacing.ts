import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

/** How fast PostgreSQL is asked for rows: it works for the lake as hard as for the desk, however nice whoever asks is. */
export type Pace = {
  /** Looks how much the desk does. @param client between two statements */
  look(client: pg.ClientBase): Promise<void>
  isDeskAtWork(): boolean
  /** To be told of everything that came: it waits while the desk works, so that PostgreSQL does little at a time for the lake. */
  took(bytes: number): Promise<void>
  /** To be told of a piece of work that is done: while the desk works it waits so many times as long as that took, though not long. */
  rest(workedMs: number, times: number): Promise<void>
}

/** Transactions a second. A desk that nobody uses has a few: it looks for jobs, and the lake for changes. */
const AT_WORK = 20
/** PostgreSQL's processes tell what they did about once a second. */
const LOOK_MS = 1_000
/** Between two looks a busy process of PostgreSQL may have told nothing: a desk rests when nothing was told for so long. */
const RESTED_MS = 5_000
/** About a quarter of what a core of PostgreSQL copies, a few hundred kilobytes at a time. */
const BYTES_MS = 16_000
/** Something that took long by chance must not make a rebuild endless. */
const MOST_REST_MS = 250

const DONE =
  'select (xact_commit + xact_rollback)::float8 as done from pg_stat_database where datname = current_database()'

type Watch = { now(): number; wait(ms: number): Promise<unknown> }

export function createPace({ now, wait }: Watch = { now: () => performance.now(), wait: sleep }): Pace {
  let last: { at: number; done: number } | null = null
  let workedAt = Number.NEGATIVE_INFINITY
  let isAtWork = false
  let due = 0
  return {
    async look(client) {
      const at = now()
      if (last && at - last.at < LOOK_MS) return
      const { rows } = await client.query<{ done: number }>(DONE)
      const done = rows[0]?.done ?? 0
      if (last && ((done - last.done) / (at - last.at)) * 1_000 >= AT_WORK) workedAt = at
      isAtWork = at - workedAt < RESTED_MS
      last = { at, done }
    },
    isDeskAtWork: () => isAtWork,
    async took(bytes) {
      if (!isAtWork) return
      due = Math.max(due, now()) + bytes / BYTES_MS
      await wait(due - now())
    },
    async rest(workedMs, times) {
      if (isAtWork) await wait(Math.min(workedMs * times, MOST_REST_MS))
    },
  }
}
