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

interface NameError {
  field: 'namespace' | 'key'
  message: string
  code: 'TOO_SHORT' | 'TOO_LONG' | 'INVALID'
}

/** Namespaces have 3 to 255 characters and keys 2 to 64: letters, digits, dashes and underscores. */
export function nameError(namespace: string, key: string): NameError | undefined {
  return lengthError('namespace', namespace, 3, 255) ?? lengthError('key', key, 2, 64)
}

function lengthError(field: NameError['field'], name: string, least: number, most: number): NameError | undefined {
  const word = field === 'key' ? 'Key' : 'Namespace'
  if (name.length < least)
    return { field, message: `${word} is too short (minimum is ${least} characters)`, code: 'TOO_SHORT' }
  if (name.length > most)
    return { field, message: `${word} is too long (maximum is ${most} characters)`, code: 'TOO_LONG' }
  if (!/^[\w-]+$/.test(name))
    return { field, message: `${word} contains one or more invalid characters.`, code: 'INVALID' }
  return undefined
}

/** As definitions name what owns a metafield: ORDER, PRODUCTVARIANT. */
export const ownerType = (ownerId: string): string => (typeOf(ownerId) ?? '').toUpperCase()

export const definitionOf = (ctx: Ctx, owner: string, namespace: string, key: string): DefinitionRecord | undefined =>
  ctx.shop.tables.definitions.by('key', `${owner}:${namespace}.${key}`)[0]
