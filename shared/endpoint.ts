import { z } from 'zod'
import type { Caller } from './roles.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** The names in a path: PathParams<'/v1/tickets/:ticketId'> is { ticketId: string }. */
export type PathParams<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? { [K in Name]: string } & PathParams<`/${Rest}`>
  : P extends `${string}:${infer Name}`
    ? { [K in Name]: string }
    : Record<never, string>

export type Endpoint<
  M extends Method = Method,
  P extends string = string,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> = {
  readonly method: M
  readonly path: P
  readonly summary: string
  readonly callers: readonly Caller[]
  readonly query: Q
  readonly body: B
  readonly reply: R
  readonly status: number
  readonly write: boolean
  /** Its reply is a secret, told on purpose; every other reply goes out masked. */
  readonly reveals: boolean
  readonly tags: readonly string[]
}

type Statement<Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> = {
  summary: string
  callers: readonly Caller[]
  query?: Q
  body?: B
  reply: R
  /** HTTP status of a good answer; 200 unless stated. */
  status?: number
  /** A POST that only looks things up (its question is too long for a URL) changes nothing and needs no key. */
  looksUp?: boolean
  /** Its reply is a secret that is told on purpose: nothing is masked in it. */
  reveals?: boolean
  tags?: readonly string[]
}

const Nothing = z.undefined()

/**
 * States one call of the API: method, path, who may call, query, body and reply.
 * @param path starts with /v1 (probes and documents aside); names of path parameters that end in `Id` are UUIDs
 * @returns the contract that the backend routes by and that the add-on's calls are typed by
 */
export function endpoint<
  M extends Method,
  P extends string,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
  R extends z.ZodType = z.ZodType,
>(method: M, path: P, statement: Statement<Q, B, R>): Endpoint<M, P, Q, B, R> {
  return {
    method,
    path,
    summary: statement.summary,
    callers: statement.callers,
    query: (statement.query ?? Nothing) as Q,
    body: (statement.body ?? Nothing) as B,
    reply: statement.reply,
    status: statement.status ?? 200,
    write: method !== 'GET' && !statement.looksUp && !statement.callers.includes('public'),
    reveals: statement.reveals ?? false,
    tags: statement.tags ?? [path.split('/')[2] ?? 'service'],
  }
}

/** One page of a list: `next` is an opaque signed cursor, null on the last page. */
export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() })

/** Query of every list: where to go on, and how many (1 to 100). */
export const PageQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
