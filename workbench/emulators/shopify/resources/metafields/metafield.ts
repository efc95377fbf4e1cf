import { createHash } from 'node:crypto'
import { legacyId } from '../../graphql/gid.ts'
import { nodeOf } from '../../graphql/nodes.ts'
import { connectionOf, type PageArgs } from '../../graphql/pages.ts'
import type { Ctx, Resource } from '../../graphql/resource.ts'
import type { Kept } from '../../store/records/ids.ts'
import type { MetafieldRecord } from '../../store/records/shop.ts'
import { definitionOf, namespaceOf, ownerType } from './naming.ts'

interface ListArgs extends PageArgs {
  namespace?: string | null
  keys?: string[] | null
}

/** Whatever has metafields answers them by these two fields. */
export const metafieldResource: Resource = {
  types: {
    HasMetafields: {
      metafield: ({ id }: Kept, { namespace, key }: { namespace?: string | null; key: string }, ctx) =>
        metafieldOf(ctx, id, namespaceOf(ctx, namespace), key) ?? null,
      metafields: ({ id }: Kept, args: ListArgs, ctx) => connectionOf(listed(ctx, id, args), args),
    },
    Metafield: {
      legacyResourceId: ({ id }: MetafieldRecord) => legacyId(id),
      compareDigest: digestOf,
      jsonValue: ({ type, value }: MetafieldRecord) => (isJson(type) ? JSON.parse(value) : value),
      ownerType: ({ ownerId }: MetafieldRecord) => ownerType(ownerId),
      owner: ({ ownerId }: MetafieldRecord, _: unknown, ctx) => nodeOf(ctx, ownerId),
      definition: ({ ownerId, namespace, key }: MetafieldRecord, _: unknown, ctx) =>
        definitionOf(ctx, ownerType(ownerId), namespace, key) ?? null,
      description: () => null,
      sizeInBytes: ({ value }: MetafieldRecord) => Buffer.byteLength(value),
      reference: () => null,
    },
  },
}

export const metafieldOf = ({ shop }: Ctx, ownerId: string, namespace: string, key: string) =>
  shop.tables.metafields.by('ownerId', ownerId).find((one) => one.namespace === namespace && one.key === key)

function listed(ctx: Ctx, ownerId: string, { namespace, keys }: ListArgs): MetafieldRecord[] {
  const space = namespace === undefined || namespace === null ? null : namespaceOf(ctx, namespace)
  return ctx.shop.tables.metafields
    .by('ownerId', ownerId)
    .filter((one) => space === null || one.namespace === space)
    .filter((one) => !keys || keys.includes(one.key) || keys.includes(`${one.namespace}.${one.key}`))
}

/** What metafieldsSet compares to see whether somebody else wrote meanwhile. */
export function digestOf({ type, value }: Pick<MetafieldRecord, 'type' | 'value'>): string {
  return createHash('sha256').update(`${type}\n${value}`).digest('hex')
}

const isJson = (type: string) =>
  type === 'json' || type === 'boolean' || type.startsWith('number_integer') || type.startsWith('list.')
