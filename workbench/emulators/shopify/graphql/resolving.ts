import { type GraphQLFieldResolver, type GraphQLResolveInfo, type GraphQLTypeResolver, isObjectType } from 'graphql'
import { requireAccess } from './access.ts'
import { typeOf } from './gid.ts'
import { onceFor } from './idempotency.ts'
import { requireIds } from './ids.ts'
import { missing } from './refusal.ts'
import type { Ctx, Resolver } from './resource.ts'
import { refuseUnfollowed } from './unfollowed.ts'

type AnyResolver = GraphQLFieldResolver<unknown, Ctx, Record<string, unknown>>

/** One resolver for every field of the schema: access first, then the resource's answer, then the source's own property. */
export const resolveField: AnyResolver = (source, args, ctx, info) => {
  requireAccess(ctx, info, args)
  requireIds(ctx, info, args)
  const resolver = resolverFor(ctx, info)
  if (info.parentType.name === 'Mutation') return mutate(resolver, args, ctx, info)
  if (resolver) return resolver(source, args, ctx, info)
  return propertyOf(source, info)
}

/** Interfaces and unions: the source says what it is, or its id does. */
export const resolveType: GraphQLTypeResolver<unknown, Ctx> = (source, _ctx, info) => {
  const { __typename, id } = source as { __typename?: string; id?: string }
  const name = __typename ?? (id === undefined ? undefined : typeOf(id))
  if (name && isObjectType(info.schema.getType(name))) return name
  throw missing(`type name for a ${info.returnType.toString()}`)
}

function mutate(resolver: AnyResolver | undefined, args: Record<string, unknown>, ctx: Ctx, info: GraphQLResolveInfo) {
  if (!resolver) throw missing(`Mutation.${info.fieldName}`)
  refuseUnfollowed(info, args)
  return onceFor(ctx, info, args, () => resolver(undefined, args, ctx, info))
}

function resolverFor(ctx: Ctx, { parentType, fieldName }: GraphQLResolveInfo): AnyResolver | undefined {
  const { queries, mutations, types } = ctx.shop.ground.resources
  const from = (fields: Record<string, Resolver> | undefined) => fields?.[fieldName] as AnyResolver | undefined
  if (parentType.name === 'QueryRoot') return from(queries)
  if (parentType.name === 'Mutation') return from(mutations)
  const interfaces = parentType.getInterfaces().map(({ name }) => from(types[name]))
  return from(types[parentType.name]) ?? interfaces.find(Boolean)
}

function propertyOf(source: unknown, { parentType, fieldName }: GraphQLResolveInfo) {
  if (typeof source === 'object' && source !== null && fieldName in source)
    return (source as Record<string, unknown>)[fieldName]
  if (parentType.name.endsWith('Payload')) return fieldName.endsWith('rrors') ? [] : null
  throw missing(`${parentType.name}.${fieldName}`)
}
