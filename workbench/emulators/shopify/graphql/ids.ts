import {
  type GraphQLInputType,
  type GraphQLResolveInfo,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql'
import { isGid, typeOf } from './gid.ts'
import { refusal } from './refusal.ts'
import type { Ctx } from './resource.ts'

/** Refuses ids of another kind than an argument or an input field takes. */
export function requireIds(ctx: Ctx, { parentType, fieldName }: GraphQLResolveInfo, args: Record<string, unknown>) {
  const { gidTypes } = ctx.shop.ground.schema
  for (const arg of parentType.getFields()[fieldName]?.args ?? [])
    check(gidTypes, arg.type, args[arg.name], `${parentType.name}.${fieldName}(${arg.name})`)
}

function check(kinds: Map<string, string[]>, type: GraphQLInputType, value: unknown, coordinate: string) {
  if (value === null || value === undefined) return
  if (isNonNullType(type)) return check(kinds, type.ofType, value, coordinate)
  if (isListType(type)) {
    for (const one of value as unknown[]) check(kinds, type.ofType, one, coordinate)
    return
  }
  if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields()))
      check(kinds, field.type, (value as Record<string, unknown>)[field.name], `${type.name}.${field.name}`)
    return
  }
  if (getNamedType(type).name === 'ID') checkId(String(value), kinds.get(coordinate))
}

function checkId(id: string, kinds: string[] | undefined) {
  if (!isGid(id))
    throw refusal('argumentLiteralsIncompatible', `Invalid global id '${id}'`, { typeName: 'CoercionError' })
  if (kinds && !kinds.includes(typeOf(id) ?? '')) throw refusal('RESOURCE_NOT_FOUND', 'invalid id')
}
