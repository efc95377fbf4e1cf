import { type GraphQLResolveInfo, getNamedType, isObjectType } from 'graphql'
import { refusal } from './refusal.ts'
import type { Ctx } from './resource.ts'
import { holds } from './session.ts'

/** Refuses a field whose scopes the app does not hold; what the schema does not state is in OWN. */
export function requireAccess(ctx: Ctx, info: GraphQLResolveInfo) {
  const wanted = scopesFor(ctx, info)
  if (!wanted || wanted.some((scope) => holds(ctx.app.scopes, scope))) return
  const needed = wanted.map((scope) => `\`${scope}\` access scope`)
  const words = needed.length > 1 ? `${needed.slice(0, -1).join(', ')} or ${needed.at(-1)}` : needed[0]
  throw refusal('ACCESS_DENIED', `Access denied for ${info.fieldName} field. Required access: ${words}.`, {
    documentation: 'https://shopify.dev/api/usage/access-scopes',
    requiredAccess: `${words}.`,
  })
}

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
