import type { Endpoint, PathParams } from '../shared/endpoint.ts'

/** What a schema takes and what it gives, read off its type: the add-on imports no package, not even for types. */
type Taken<S extends Endpoint['body']> = S['_zod']['input']
type Given<S extends Endpoint['reply']> = S['_zod']['output']

export type ReplyOf<E extends Endpoint> = Given<E['reply']>

type Params<E extends Endpoint> = keyof PathParams<E['path']> extends never
  ? unknown
  : { params: PathParams<E['path']> }
type Query<E extends Endpoint> = [Taken<E['query']>] extends [undefined] ? unknown : { query: Taken<E['query']> }
type Body<E extends Endpoint> = [Taken<E['body']>] extends [undefined] ? unknown : { body: Taken<E['body']> }

/** Every write carries a key; a POST that only looks things up says so with null. */
type Key<E extends Endpoint> = E['method'] extends 'GET'
  ? unknown
  : E['method'] extends 'POST'
    ? { key: string | null }
    : { key: string }

/** Everything that a call must say, and nothing that its endpoint does not take. */
export type InputOf<E extends Endpoint> = Params<E> & Query<E> & Body<E> & Key<E>
