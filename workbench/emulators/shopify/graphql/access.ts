import { type GraphQLResolveInfo, getNamedType, isObjectType } from 'graphql'
import type { Gid } from '../store/records/ids.ts'
import { typeOf } from './gid.ts'
import { refusal } from './refusal.ts'
import type { Ctx } from './resource.ts'
import { holds } from './session.ts'

/** Refuses a field whose scopes the app does not hold. */
export function requireAccess(ctx: Ctx, info: GraphQLResolveInfo, args: Record<string, unknown>) {
  const { parentType, fieldName } = info
  const coordinate = `${parentType.name}.${fieldName}`
  if (!ctx.app.offline && OFFLINE.has(coordinate)) throw denied(fieldName, 'an offline token')
  const wanted = scopesFor(ctx, info)
  if (wanted) requireOneOf(ctx, fieldName, wanted)
  for (const scopes of SUBJECTS[coordinate]?.(args as never) ?? []) requireOneOf(ctx, fieldName, scopes)
}

function requireOneOf(ctx: Ctx, fieldName: string, wanted: string[]) {
  if (wanted.some((scope) => holds(ctx.app.scopes, scope))) return
  const needed = wanted.map((scope) => `\`${scope}\` access scope`)
  throw denied(fieldName, needed.length > 1 ? `${needed.slice(0, -1).join(', ')} or ${needed.at(-1)}` : `${needed[0]}`)
}

const denied = (fieldName: string, needed: string) =>
  refusal('ACCESS_DENIED', `Access denied for ${fieldName} field. Required access: ${needed}.`, {
    documentation: 'https://shopify.dev/api/usage/access-scopes',
    requiredAccess: `${needed}.`,
  })

const known = new WeakMap<GraphQLResolveInfo['parentType'], Map<string, string[] | null>>()

function scopesFor(ctx: Ctx, info: GraphQLResolveInfo): string[] | null {
  const { parentType, fieldName } = info
  const fields = known.get(parentType) ?? new Map<string, string[] | null>()
  known.set(parentType, fields)
  const before = fields.get(fieldName)
  if (before !== undefined) return before
  const scopes = lookUp(ctx, info)
  fields.set(fieldName, scopes)
  return scopes
}

function lookUp(ctx: Ctx, { parentType, fieldName, returnType }: GraphQLResolveInfo): string[] | null {
  const { scopes } = ctx.shop.ground.schema
  const coordinate = `${parentType.name}.${fieldName}`
  const own = OWN[coordinate] ?? scopes.get(coordinate)
  if (own) return own
  const named = getNamedType(returnType)
  const node = isObjectType(named) && named.name.endsWith('Connection') ? named.getFields()['nodes']?.type : undefined
  return scopes.get(node ? getNamedType(node).name : named.name) ?? null
}

/** Mutations whose scopes the schema file leaves out or says in words only. */
const OWN: Record<string, string[]> = {
  'Mutation.refundCreate': ['write_orders', 'write_marketplace_orders'],
}

/** Refused to a merchant's session: only the app's own token may. */
const OFFLINE = new Set(['Mutation.orderCreate'])

/** Mutations whose scopes depend on what they are about. */
const SUBJECTS: Record<string, (args: never) => string[][]> = {
  'Mutation.tagsAdd': ({ id }: { id: Gid }) => writing(id),
  'Mutation.tagsRemove': ({ id }: { id: Gid }) => writing(id),
  'Mutation.metafieldsSet': ({ metafields }: { metafields: { ownerId: Gid }[] }) =>
    metafields.flatMap(({ ownerId }) => writing(ownerId)),
  'Mutation.metafieldsDelete': ({ metafields }: { metafields: { ownerId: Gid }[] }) =>
    metafields.flatMap(({ ownerId }) => writing(ownerId)),
  'Mutation.metafieldDefinitionCreate': ({ definition }: { definition: { ownerType: string } }) =>
    writingOf(definition.ownerType),
  'Mutation.giftCardCreate': ({ input }: { input: { customerId?: Gid | null } }) => assigning(input),
  'Mutation.giftCardUpdate': ({ input }: { input: { customerId?: Gid | null } }) => assigning(input),
}

const writing = (id: Gid): string[][] => writingOf((typeOf(id) ?? '').toUpperCase())

const writingOf = (kind: string): string[][] => {
  const scope = WRITERS[kind]
  return scope ? [[scope]] : []
}

const assigning = ({ customerId }: { customerId?: Gid | null }) => (customerId ? [['write_customers']] : [])

const WRITERS: Record<string, string> = {
  ORDER: 'write_orders',
  DRAFTORDER: 'write_draft_orders',
  CUSTOMER: 'write_customers',
  PRODUCT: 'write_products',
  PRODUCTVARIANT: 'write_products',
}

/** A topic tells what only some scopes may read. */
export function mayHear({ app }: Pick<Ctx, 'app'>, topic: string): boolean {
  const [, scopes] = TOPICS.find(([form]) => form.test(topic)) ?? []
  return !scopes || scopes.some((scope) => holds(app.scopes, scope))
}

const TOPICS: [RegExp, string[]][] = [
  [/^(ORDERS|ORDER_TRANSACTIONS|REFUNDS)_/, ['read_orders', 'read_marketplace_orders']],
  [/^CUSTOMERS_MERGE$/, ['read_customer_merge']],
  [/^CUSTOMERS?_/, ['read_customers']],
  [/^DRAFT_ORDERS_/, ['read_draft_orders']],
  [/^FULFILLMENT_(ORDERS|HOLDS)_/, ['read_merchant_managed_fulfillment_orders', 'read_third_party_fulfillment_orders']],
  [/^FULFILLMENT(S|_EVENTS)_/, ['read_fulfillments', 'read_marketplace_orders']],
  [/^RETURNS_/, ['read_returns']],
  [/^DISPUTES_/, ['read_shopify_payments_disputes']],
  [/^PRODUCTS_/, ['read_products']],
  [/^INVENTORY_/, ['read_inventory']],
]
