import {
  type GraphQLInputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql'
import { isGid, typeOf } from './gid.ts'
import { refusal } from './refusal.ts'
import type { Ctx } from './resource.ts'

/** Refuses ids of another kind than an argument or an input field takes, and longer lists than Shopify reads. */
export function requireIds(ctx: Ctx, { parentType, fieldName }: GraphQLResolveInfo, args: Record<string, unknown>) {
  const { gidTypes, graphql } = ctx.shop.ground.schema
  const kindsOf = (coordinate: string) => gidTypes.get(coordinate)?.flatMap((kind) => kindsIn(graphql, kind))
  for (const arg of parentType.getFields()[fieldName]?.args ?? [])
    check(kindsOf, arg.type, args[arg.name], `${parentType.name}.${fieldName}(${arg.name})`)
}

type KindsOf = (coordinate: string) => string[] | undefined

/** An id of an interface or a union may be one of any type behind it. */
function kindsIn(schema: GraphQLSchema, kind: string): string[] {
  const type = schema.getType(kind)
  return isAbstractType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [kind]
}

function check(kinds: KindsOf, type: GraphQLInputType, value: unknown, coordinate: string) {
  if (value === null || value === undefined) return
  if (isNonNullType(type)) return check(kinds, type.ofType, value, coordinate)
  if (isListType(type)) {
    checkSize((value as unknown[]).length, coordinate)
    for (const one of value as unknown[]) check(kinds, type.ofType, one, coordinate)
    return
  }
  if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields()))
      check(kinds, field.type, (value as Record<string, unknown>)[field.name], `${type.name}.${field.name}`)
    return
  }
  if (getNamedType(type).name === 'ID') checkId(String(value), kinds(coordinate))
}

/** https://shopify.dev/docs/api/usage/limits; a draft takes 499 lines (facts/shopify-meta.md 1.6). */
function checkSize(size: number, coordinate: string) {
  if (size <= MOST || coordinate === 'DraftOrderInput.lineItems') return
  const words = `The input array size of ${size} is greater than the maximum allowed of ${MOST}.`
  throw refusal('MAX_INPUT_SIZE_EXCEEDED', words)
}

const MOST = 250

function checkId(id: string, kinds: string[] | undefined) {
  if (!isGid(id))
    throw refusal('argumentLiteralsIncompatible', `Invalid global id '${id}'`, { typeName: 'CoercionError' })
  if (kinds && !kinds.includes(typeOf(id) ?? '')) throw refusal('RESOURCE_NOT_FOUND', 'invalid id')
}
