import { typeOf } from '../../graphql/gid.ts'
import type { Ctx } from '../../graphql/resource.ts'
import type { DefinitionRecord } from '../../store/records/shop.ts'

/** A namespace that is left out is the app's own, as is one that begins with $app. */
export function namespaceOf({ app }: Ctx, namespace: string | null | undefined): string {
  const own = `app--${app.clientId}`
  const [, after] = /^\$app(?::(.*))?$/.exec(namespace ?? '$app') ?? []
  if (namespace && !namespace.startsWith('$app')) return namespace
  return after ? `${own}--${after}` : own
}

/** As definitions name what owns a metafield: ORDER, PRODUCTVARIANT. */
export const ownerType = (ownerId: string): string => (typeOf(ownerId) ?? '').toUpperCase()

export const definitionOf = (ctx: Ctx, owner: string, namespace: string, key: string): DefinitionRecord | undefined =>
  ctx.shop.tables.definitions.by('key', `${owner}:${namespace}.${key}`)[0]
