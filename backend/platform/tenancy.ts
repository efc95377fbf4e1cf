import { Prisma } from '../generated/prisma/client.ts'
import type { Clock } from './clock.ts'
import type { Database } from './database.ts'
import { isDeadlock } from './database-errors.ts'
import { DeskError } from './errors.ts'
import type { Reactions } from './events.ts'
import type { Followers } from './followers.ts'
import { type Claim, claim } from './idempotency.ts'
import { ask, newLine, onLine, send } from './line.ts'
import { bothNews, type News, NO_NEWS } from './live/news.ts'
import type { Moments } from './moments.ts'

/** What a transaction needs of the process. */
export type TenancyContext = {
  db: Database
  clock: Clock
  reactions: Reactions
  followers: Followers
  /** Is told of what was recorded when it is committed. */
  live: { ring(workspaceId: string, news: News): void }
  moments: Moments
  /** Set on a write request: taken inside its one writing transaction. */
  claim?: Claim
}

type Options = {
  /** It writes nothing. */
  reads?: boolean
  /**
   * Its commit is not waited for until it is on the disk: a crash of the database only makes the work come again. Whatever is committed
   * after it is never on the disk without it.
   */
  repeats?: boolean
  /**
   * Its statements go by keys, so one plan is right for every workspace and every value: each is planned once on a connection, where
   * planning all that files one mail costs more than doing it.
   */
  byKeys?: boolean
}

/** A transaction inside one workspace. `now` is one instant for all that it writes. */
export type Tx = Prisma.TransactionClient & {
  readonly workspaceId: string
  readonly now: Date
  readonly reactions: Reactions
  readonly followers: Followers
  /** Keeps what is recorded, to be told when all of it is committed. */
  readonly note: (news: News) => void
  /** Sends a statement that writes many bytes, past what Prisma does to its values. Returns how many rows it wrote. */
  readonly send: (sql: Prisma.Sql) => Promise<number>
  /** Asks what has many values or rows, past what Prisma does to them. Rows come as pg gives them: int8 and numeric are text. */
  readonly ask: <T>(sql: Prisma.Sql) => Promise<T[]>
}

/**
 * The only way to a transaction: row-level security sees this workspace and no other.
 * In a write request the first writing transaction takes the idempotency key; a second one is refused.
 * @param workspaceId UUID; comes from the actor, a job's payload or the directory, never from a request's body
 * Two that waited for each other are told apart by PostgreSQL, which ends one of them: that one begins anew.
 * @param work must not call another system, nor keep anything outside of it: it may be begun three times
 * @returns what `work` returns, after commit
 */
export async function inWorkspace<T>(
  ctx: TenancyContext,
  workspaceId: string,
  work: (tx: Tx) => Promise<T>,
  options: Options = {},
): Promise<T> {
  const taken = ctx.claim?.taken ?? false
  for (let attempt = 1; ; attempt++) {
    try {
      return await begin(ctx, workspaceId, work, options)
    } catch (error) {
      const isUndone = isDeadlock(error) || error instanceof DeskError
      if (ctx.claim && isUndone) ctx.claim.taken = taken // given back with all the rest
      if (attempt === ATTEMPTS || !isDeadlock(error)) throw error
    } finally {
      if (!options.reads) ctx.moments.end(workspaceId) // after a failure too: a commit may have been lost on its way back
    }
  }
}

const ATTEMPTS = 3

const NO_WAIT = Prisma.sql`, set_config('synchronous_commit', 'off', true)`
const ONE_PLAN = Prisma.sql`, set_config('plan_cache_mode', 'force_generic_plan', true)`

async function begin<T>(
  ctx: TenancyContext,
  workspaceId: string,
  work: (tx: Tx) => Promise<T>,
  options: Options,
): Promise<T> {
  const { reactions, followers } = ctx
  let recorded = NO_NEWS
  const note = (news: News) => {
    recorded = bothNews(recorded, news)
  }
  const line = newLine()
  const inside = async (client: Prisma.TransactionClient) => {
    await client.$executeRaw`select set_config('app.workspace_id', ${workspaceId}, true), set_config('transaction_read_only', ${options.reads ? 'on' : 'off'}, true)${options.repeats ? NO_WAIT : Prisma.empty}${options.byKeys ? ONE_PLAN : Prisma.empty}`
    const tx = within(client, {
      workspaceId,
      now: ctx.clock.now(),
      reactions,
      followers,
      note,
      send: (sql) => send(line, sql),
      ask: <T>(sql: Prisma.Sql) => ask<T>(line, sql),
    })
    if (ctx.claim && !options.reads) await claim(tx, ctx.claim)
    return work(tx)
  }
  const done = await onLine(line, () => ctx.db.$transaction(inside))
  ctx.live.ring(workspaceId, recorded)
  return done
}

/** Prisma's client is a proxy that would keep an assigned property for all transactions; defined ones are this transaction's own. */
const within = (
  client: Prisma.TransactionClient,
  own: Pick<Tx, 'workspaceId' | 'now' | 'reactions' | 'followers' | 'note' | 'send' | 'ask'>,
): Tx => Object.create(client, Object.getOwnPropertyDescriptors(own))

/** Every workspace there is, for schedules that fan out one job each. */
export async function workspaceIds(ctx: { db: Database }): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`select id::text as id from app.workspace_ids() as id`
  return rows.map((row) => row.id)
}
