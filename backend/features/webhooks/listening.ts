import type { Ctx } from '../../context.ts'

/** So long a process goes on believing that nobody listens, when the first address was added in another one. */
const BELIEVED_MS = 10_000

/** Until when nobody is believed to listen, by workspace; one for each process. */
const silent = new WeakMap<Ctx['pool'], Map<string, number>>()

function silentOf({ pool }: Pick<Ctx, 'pool'>): Map<string, number> {
  const known = silent.get(pool) ?? new Map<string, number>()
  silent.set(pool, known)
  return known
}

/** Most workspaces have no webhook, and every mail would ask anew. */
export const isSilent = (ctx: Pick<Ctx, 'pool'>, workspaceId: string): boolean =>
  (silentOf(ctx).get(workspaceId) ?? 0) > performance.now()

export const foundSilent = (ctx: Pick<Ctx, 'pool'>, workspaceId: string): void => {
  silentOf(ctx).set(workspaceId, performance.now() + BELIEVED_MS)
}

/** Whoever changes an address is heard at once in this process. */
export const forgetSilence = (ctx: Pick<Ctx, 'pool'>, workspaceId: string): void => {
  silentOf(ctx).delete(workspaceId)
}
