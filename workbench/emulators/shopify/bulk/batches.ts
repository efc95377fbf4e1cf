import { execute, type GraphQLError, type GraphQLFieldResolver, getNamedType } from 'graphql'
import type { Prepared } from '../graphql/preparing.ts'
import { resolveField, resolveType } from '../graphql/resolving.ts'
import type { Ctx } from '../graphql/resource.ts'
import { isConnection } from './connections.ts'

/** A stretch of the top connection with everything below it. */
export interface Batch {
  nodes: unknown[]
  /** Where the next one begins; null at the end. */
  next: string | null
  errors: readonly GraphQLError[]
}

type Field = GraphQLFieldResolver<unknown, Ctx, Record<string, unknown>>

interface Connection {
  edges: unknown[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

/** Few enough that other calls are answered between two batches. */
const NODES_PER_BATCH = 25
const NODES_PER_PAGE = 250

export function readBatch(prepared: Prepared, ctx: Ctx, after: string | null): Batch {
  let page: Connection['pageInfo'] = { hasNextPage: false, endCursor: null }
  const fieldResolver: Field = (source, args, context, info) => {
    if (!isConnection(getNamedType(info.returnType))) return resolveField(source, args, context, info)
    if (info.path.prev) return wholeConnection(source, args, context, info)
    const connection = resolveField(source, { ...args, first: NODES_PER_BATCH, after }, context, info) as Connection
    page = connection.pageInfo
    return connection
  }
  const result = execute({
    schema: prepared.schema,
    document: prepared.document,
    contextValue: ctx,
    fieldResolver: fieldResolver as never,
    typeResolver: resolveType as never,
  })
  if (result instanceof Promise) throw new Error('a resolver of the emulator returned a promise')
  const [top] = Object.values(result.data ?? {}) as ({ edges: { node: unknown }[] } | null)[]
  return {
    nodes: top?.edges.map(({ node }) => node) ?? [],
    next: page.hasNextPage ? page.endCursor : null,
    errors: result.errors ?? [],
  }
}

/** Bulk knows no pages: a nested list is followed to its end. */
const wholeConnection: Field = (source, args, ctx, info) => {
  const edges: unknown[] = []
  for (let after: string | null = null; ; ) {
    const page = resolveField(source, { ...args, first: NODES_PER_PAGE, after }, ctx, info) as Connection
    edges.push(...page.edges)
    if (!page.pageInfo.hasNextPage) return { ...page, edges }
    after = page.pageInfo.endCursor
  }
}
