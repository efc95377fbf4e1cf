import type { GraphQLResolveInfo } from 'graphql'
import { connectionOf, type PageArgs } from '../../graphql/pages.ts'
import { refusal } from '../../graphql/refusal.ts'
import type { Ctx, Resource } from '../../graphql/resource.ts'
import type { SearchFields } from '../../graphql/search/fields.ts'
import { foundIn, searchIn } from '../../graphql/search/in-tables.ts'
import type { CustomerRecord } from '../../store/records/customers.ts'
import type { Gid } from '../../store/records/ids.ts'
import { countOf } from '../counting.ts'
import { definitionOf, namespaceOf } from '../metafields/naming.ts'
import { sortedBy } from '../sorting.ts'
import { countedFields, customerFields } from './search-fields.ts'
import { customerIn, displayName } from './standing.ts'

interface ListArgs extends PageArgs {
  query?: string | null
  sortKey?: string
}

interface Identifier {
  id?: Gid
  emailAddress?: string
  phoneNumber?: string
  customId?: { namespace: string; key: string; value: string }
}

export const findingCustomers: Resource = {
  queries: {
    customer: (_: unknown, { id }: { id: Gid }, { shop }) => customerIn(shop, id),
    customerByIdentifier: (_: unknown, { identifier }: { identifier: Identifier }, ctx) =>
      byIdentifier(ctx, identifier),
    customers: (_: unknown, args: ListArgs, ctx, info) =>
      connectionOf(sorted(listed(ctx, info, args.query, customerFields(ctx.shop)), args.sortKey), args),
    customersCount: (_: unknown, { query, limit }: { query?: string; limit: number | null }, ctx, info) =>
      countOf(listed(ctx, info, query, countedFields).length, limit),
  },
  nodes: { Customer: ({ shop }, id) => customerIn(shop, id) },
}

/** An exact look-up in the database: it does not wait for the search index. */
function byIdentifier(ctx: Ctx, { id, emailAddress, phoneNumber, customId }: Identifier) {
  const { customers, metafields } = ctx.shop.tables
  if (id !== undefined) return customerIn(ctx.shop, id)
  if (emailAddress !== undefined) return alive(customers.by('email', emailAddress.trim().toLowerCase()))
  if (phoneNumber !== undefined) return alive(customers.by('phone', phoneNumber.replace(/[\s().-]/g, '')))
  const { namespace: given, key, value } = customId ?? { namespace: '', key: '', value: '' }
  const namespace = namespaceOf(ctx, given)
  if (definitionOf(ctx, 'CUSTOMER', namespace, key)?.type !== 'id')
    throw refusal('NOT_FOUND', `Metafield definition of type 'id' is required when using custom ids.`)
  return alive(metafields.by('value', `${namespace}.${key}=${value}`).flatMap((m) => customers.get(m.ownerId) ?? []))
}

const alive = (found: CustomerRecord[]) => found.find(({ mergedInto }) => !mergedInto) ?? null

function listed(
  ctx: Ctx,
  info: GraphQLResolveInfo,
  query: string | null | undefined,
  fields: SearchFields<CustomerRecord>,
): CustomerRecord[] {
  const search = searchIn(ctx, info, query, fields)
  return [...foundIn(ctx, ctx.shop.tables.customers, search)].filter(({ mergedInto }) => !mergedInto)
}

function sorted(customers: CustomerRecord[], sortKey = 'ID') {
  const keys: Record<string, (customer: CustomerRecord) => string> = {
    CREATED_AT: (c) => c.createdAt,
    UPDATED_AT: (c) => c.updatedAt,
    NAME: (c) => `${c.lastName ?? ''}, ${c.firstName ?? ''}`.toLowerCase(),
    LOCATION: (c) => c.addresses[0]?.country ?? '',
    RELEVANCE: (c) => displayName(c),
  }
  return sortedBy(customers, keys[sortKey])
}
