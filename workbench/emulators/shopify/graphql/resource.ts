import type { GraphQLResolveInfo } from 'graphql'
import type { Shop } from '../shop.ts'
import type { Gid } from '../store/records/ids.ts'
import type { AppSession } from './session.ts'

/** What a resolver works with during one call. */
export interface Ctx {
  shop: Shop
  app: AppSession
  /** Plays that another request with the same idempotency key is still running. */
  keyInUse?: boolean
  /** Adds a warning about a search field to the answer's extensions. */
  warn(warning: SearchWarning): void
}

/** What a search did not understand, as the answer's extensions tell it. */
export interface SearchWarning {
  path: (string | number)[]
  query: string
  parsed: unknown
  warnings: { field: string; message: string; code: string }[]
}

/** Each resolver states its own source and arguments; the schema has checked them. */
export type Resolver = (source: never, args: never, ctx: Ctx, info: GraphQLResolveInfo) => unknown

/**
 * How one resource answers. A field without a resolver is read from the source's property of the same name;
 * a field that has neither is refused loudly.
 */
export interface Resource {
  queries?: Record<string, Resolver>
  mutations?: Record<string, Resolver>
  /** By object type or interface, then field. */
  types?: Record<string, Record<string, Resolver>>
  /** What `node(id:)` finds, by the type in the id; tables of the store are found without this. */
  nodes?: Record<string, (ctx: Ctx, id: Gid) => unknown>
}

export type Resources = Required<Resource>

/** All resources as one; two that answer the same field are a mistake. */
export function combine(list: Resource[]): Resources {
  const all: Resources = { queries: {}, mutations: {}, types: {}, nodes: {} }
  for (const resource of list) {
    for (const part of ['queries', 'mutations', 'nodes'] as const) addAll(all[part], resource[part] ?? {}, part)
    for (const [type, fields] of Object.entries(resource.types ?? {})) {
      all.types[type] ??= {}
      addAll(all.types[type], fields, type)
    }
  }
  return all
}

function addAll<T>(all: Record<string, T>, more: Record<string, T>, where: string) {
  for (const [name, value] of Object.entries(more)) {
    if (all[name]) throw new Error(`two resources answer ${where}.${name}`)
    all[name] = value
  }
}
