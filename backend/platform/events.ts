import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import type { Actor } from './actor.ts'
import { newId } from './ids.ts'
import { enqueueSql, type Job, job, type QueuedJob, type Work } from './jobs.ts'
import { newsOf } from './live/news.ts'
import type { Tx } from './tenancy.ts'

/** Payloads hold ids, closed codes, numbers and flags: never text, never personal data. */
type Payload = z.ZodObject<Record<string, z.ZodType<string | number | boolean | null | undefined>>>

export type EventType<P extends Payload = Payload> = {
  (facts: Facts<P> & About): Fact
  readonly type: string
  readonly payload: P
}

type Facts<P extends Payload> = keyof P['shape'] extends never ? unknown : z.infer<P>

type About = {
  by: Pick<Actor, 'kind' | 'id'> | { kind: 'customer' | 'unknown'; id: string | null }
  /** When it happened, if not now: a mail is older than its reading. */
  occurredAt?: Date
  /** Backfill, resync and import: counts in figures, causes nothing outside. */
  historical?: boolean
}

/** One thing that happened, ready to be recorded. */
export type Fact = {
  type: string
  payload: Record<string, unknown>
  by: About['by']
  ticketId: string | null
  occurredAt: Date | undefined
  historical: boolean
}

/**
 * Defines a kind of event.
 * @param type `<noun>.<past participle>`; part of the record, never renamed
 * @param payload an object of ids, codes and numbers; `ticketId` in it also files the event under its ticket
 */
export function event<P extends Payload>(type: string, payload: P): EventType<P> {
  const build = (facts: Facts<P> & About): Fact => {
    const { by, occurredAt, historical = false, ...rest } = facts
    const parsed: Record<string, unknown> = payload.parse(rest)
    const { ticketId, ...others } = parsed
    return {
      type,
      payload: others,
      by,
      ticketId: typeof ticketId === 'string' ? ticketId : null,
      occurredAt,
      historical,
    }
  }
  return Object.assign(build, { type, payload })
}

/** What a feature does when something happened elsewhere. Runs as a job of its own; must re-read the state. */
export type Reaction<C> = { eventType: string; job: Job<ReactionPayload, C> }

type ReactionPayload = { eventId: string; ticketId: string | null; facts: Record<string, unknown> }
const ReactionPayload = z.object({
  eventId: z.uuid(),
  ticketId: z.uuid().nullable(),
  facts: z.record(z.string(), z.unknown()),
})

/** Event type -> the jobs to enqueue when it is recorded. */
export type Reactions = ReadonlyMap<string, readonly Pick<Work<never>, 'name' | 'maxAttempts'>[]>

/**
 * Joins a reaction to an event.
 * @param name job name, `<feature>:<verb>`; part of the queue, never renamed while jobs wait
 */
export function on<P extends Payload, C>(
  type: EventType<P>,
  name: string,
  react: (ctx: C, workspaceId: string, facts: z.infer<P>) => Promise<void>,
): Reaction<C> {
  return {
    eventType: type.type,
    job: job(name, ReactionPayload, (ctx: C, workspaceId, { ticketId, facts }) => {
      const whole = ticketId === null ? facts : { ...facts, ticketId }
      return react(ctx, workspaceId, type.payload.parse(whole) as z.infer<P>)
    }),
  }
}

/** The table that `record` looks reactions up in. */
export function reactionTable<C>(reactions: readonly Reaction<C>[]): Reactions {
  const table = new Map<string, Pick<Work<never>, 'name' | 'maxAttempts'>[]>()
  for (const { eventType, job: reaction } of reactions) {
    const list = table.get(eventType) ?? []
    list.push(reaction)
    table.set(eventType, list)
  }
  return table
}

/**
 * Writes facts in the caller's transaction: one table is audit log, outbox and source of figures.
 * Enqueues the reactions of facts that are not historical; reactions of one ticket run one after another. Followers run before it
 * returns, so the rows that the facts are about are written first.
 */
export async function record(tx: Tx, facts: readonly Fact[]): Promise<void> {
  if (facts.length === 0) return
  const rows = facts.map((fact) => ({ ...fact, id: newId(tx.now) }))
  const values = rows.map(
    (row) => Prisma.sql`(${tx.workspaceId}::uuid, ${tx.now}, ${row.id}::uuid, ${row.occurredAt ?? tx.now}, ${row.type},
      ${row.by.kind}, ${row.by.id}::uuid, ${row.ticketId}::uuid, ${JSON.stringify(row.payload)}::jsonb, ${row.historical})`,
  )
  const insert = Prisma.sql`
    insert into desk.event (workspace_id, recorded_at, id, occurred_at, type, actor_kind, actor_id, ticket_id, payload, historical)
    values ${Prisma.join(values)}`
  const jobs = rows.filter((row) => !row.historical).flatMap((row) => reactionsTo(tx, row))
  await tx.send(jobs.length === 0 ? insert : Prisma.sql`with written as (${insert}) ${enqueueSql(jobs)}`)
  await tx.followers(tx, facts)
  tx.note(newsOf(facts))
}

const reactionsTo = (tx: Tx, row: Fact & { id: string }): QueuedJob[] =>
  (tx.reactions.get(row.type) ?? []).map((reaction) => ({
    job: reaction.name,
    payload: { eventId: row.id, ticketId: row.ticketId, facts: row.payload },
    queue: row.ticketId ? `ticket:${row.ticketId}` : undefined,
    maxAttempts: reaction.maxAttempts,
  }))
