import type { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import type { Tx } from './tenancy.ts'

/** Work for later: an envelope around one call into a feature. Jobs may run more than once, so they re-read the state. */
export type Job<P, C> = Work<C> & { readonly payload: z.ZodType<P> }

/** A job as the worker sees it: a name, and what to do with a body that it parses itself. */
export type Work<C> = {
  readonly name: string
  readonly maxAttempts: number
  /** Work for the desk as a whole is recurring only: nobody enqueues it, and it opens no workspace of its own. */
  readonly scope: 'workspace' | 'desk'
  perform(ctx: C, workspaceId: string, body: unknown): Promise<void>
}

/**
 * Defines a job.
 * @param name `<feature>:<verb>`; part of the queue, never renamed while jobs wait
 * @param payload ids and closed codes only: the queue is not encrypted
 * @param options.maxAttempts tries in all, with exponential pauses between them; 25 is about three days
 */
export function job<P, C>(
  name: string,
  payload: z.ZodType<P>,
  run: (ctx: C, workspaceId: string, payload: P) => Promise<void>,
  options: { maxAttempts?: number } = {},
): Job<P, C> {
  return {
    name,
    payload,
    maxAttempts: options.maxAttempts ?? 25,
    scope: 'workspace',
    perform: (ctx, workspaceId, body) => run(ctx, workspaceId, payload.parse(body)),
  }
}

/**
 * Defines recurring work for the desk as a whole.
 * @param name `<feature>:<verb>`; part of the queue, never renamed while jobs wait
 */
export const deskJob = <C>(name: string, run: (ctx: C) => Promise<void>): Work<C> => ({
  name,
  maxAttempts: 25,
  scope: 'desk',
  perform: run,
})

export type QueuedJob = {
  job: string
  payload: unknown
  queue?: string | undefined
  key?: string | undefined
  delayMs?: number | undefined
  maxAttempts?: number | undefined
}

/** Jobs of one queue run one after another; a key that waits already is replaced, not doubled. Both are of the whole desk: they name an id. */
export type EnqueueOptions = { queue?: string; key?: string; at?: Date }

/** Enqueues in the caller's transaction: no commit, no job. The workspace is the transaction's. */
export function enqueue<P>(
  tx: Tx,
  wanted: Pick<Job<P, never>, 'name' | 'maxAttempts'>,
  payload: P,
  options: EnqueueOptions = {},
): Promise<void> {
  const delayMs = options.at ? options.at.getTime() - tx.now.getTime() : undefined
  return enqueueAll(tx, [
    { job: wanted.name, payload, queue: options.queue, key: options.key, delayMs, maxAttempts: wanted.maxAttempts },
  ])
}

/** Enqueues many in one statement. */
export async function enqueueAll(tx: Tx, jobs: readonly QueuedJob[]): Promise<void> {
  if (jobs.length === 0) return
  await tx.$executeRaw(enqueueSql(jobs))
}

/**
 * Enqueues in the workspace of the transaction that runs it; `record` hangs it on a statement of its own.
 * @throws Error for a key without an id: the job of another workspace would take its place
 */
export function enqueueSql(jobs: readonly QueuedJob[]): Prisma.Sql {
  const shared = jobs.find(({ key }) => key !== undefined && !AN_ID.test(key))
  if (shared) throw new Error(`The key of ${shared.job} is that of other workspaces as well: it names no id`)
  return Prisma.sql`select app.enqueue(${JSON.stringify(jobs)}::jsonb)`
}

const AN_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i
