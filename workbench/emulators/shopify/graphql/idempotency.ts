import type { GraphQLResolveInfo } from 'graphql'
import type { Ctx } from './resource.ts'

/** Runs a mutation. */
export function onceFor(_ctx: Ctx, _info: GraphQLResolveInfo, _args: Record<string, unknown>, run: () => unknown) {
  return run()
}
