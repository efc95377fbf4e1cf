import type { z } from 'zod'
import type { Endpoint, PathParams } from '../../shared/endpoint.ts'
import type { Actor } from './actor.ts'

/** What a handler gets: all of it parsed by the endpoint. */
export type Call<E extends Endpoint> = {
  params: PathParams<E['path']>
  query: z.infer<E['query']>
  body: z.infer<E['body']>
  actor: Actor
}

/** What a public handler gets: no actor, but the headers that it proves its caller by. */
export type PublicCall<E extends Endpoint> = Omit<Call<E>, 'actor'> & { header(name: string): string | undefined }

/** Bytes to download instead of a JSON reply. */
export type Download = { bytes: Buffer; contentType: string; name: string }

/**
 * A download that is made while it is sent, for what is too long to hold. The next piece is asked for when the one before it has left;
 * a caller who goes away ends the iteration. What can be refused must be refused before it is handed out: later there is no status any more.
 */
export type Flow = { pieces: AsyncIterable<string | Uint8Array>; contentType: string; name: string }

/** Bytes that are kept somewhere and may be read from anywhere in them: parts are served as they are asked for (RFC 9110, ranges). */
export type Stored = {
  /** Bytes in all. */
  size: number
  contentType: string
  name: string
  /** A browser may show it in place, in a sandbox; else it is saved. */
  shown: boolean
  /** The same as long as the bytes are the same. */
  tag: string
  /** @param to the byte after the last one */
  read(from: number, to: number): AsyncIterable<Uint8Array>
}

/** Bytes may come in any of four ways, everything else is what the endpoint says. */
type Answer<E extends Endpoint> =
  | z.input<E['reply']>
  | (z.input<E['reply']> extends Uint8Array ? Download | Flow | Stored : never)

export type Route<C> = {
  endpoint: Endpoint
  public: boolean
  handle(ctx: C, call: Call<Endpoint> & PublicCall<Endpoint>): Promise<unknown>
}

/** Joins an endpoint to its handler: guard and act, nothing else. The caller is known and allowed before it runs. */
export function route<E extends Endpoint, C>(
  endpoint: E,
  handle: (ctx: C, call: Call<E>) => Promise<Answer<E>>,
): Route<C> {
  return { endpoint, public: false, handle: handle as unknown as Route<C>['handle'] }
}

/** A route without identity; the endpoint must say so itself. */
export function publicRoute<E extends Endpoint, C>(
  endpoint: E,
  handle: (ctx: C, call: PublicCall<E>) => Promise<Answer<E>>,
): Route<C> {
  if (!endpoint.callers.includes('public')) throw new Error(`${endpoint.path} is not declared public`)
  return { endpoint, public: true, handle: handle as unknown as Route<C>['handle'] }
}
