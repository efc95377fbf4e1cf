import type { Ctx } from '../../context.ts'
import type { Tx } from '../../platform/tenancy.ts'

/** So long a process goes on believing what it read, when a rule was changed in another one. */
const BELIEVED_MS = 10_000

type Known = { until: number; triggers: ReadonlySet<string> }

/** What rules wait for, by workspace; one for each process. */
const heard = new WeakMap<Ctx['pool'], Map<string, Known>>()

function heardBy({ pool }: Pick<Ctx, 'pool'>): Map<string, Known> {
  const known = heard.get(pool) ?? new Map<string, Known>()
  heard.set(pool, known)
  return known
}

/** What the rules of a workspace wait for. Every mail asks, so it is read once in a while only. */
export async function triggersIn(ctx: Pick<Ctx, 'pool'>, tx: Tx): Promise<ReadonlySet<string>> {
  const known = heardBy(ctx).get(tx.workspaceId)
  if (known && known.until > performance.now()) return known.triggers
  const rows = await tx.$queryRaw<{ trigger: string }[]>`
    select distinct trigger from desk.rule where workspace_id = ${tx.workspaceId}::uuid and state <> 'removed' and state = 'on'`
  const triggers = new Set(rows.map(({ trigger }) => trigger))
  heardBy(ctx).set(tx.workspaceId, { until: performance.now() + BELIEVED_MS, triggers })
  return triggers
}

/** Whoever changes a rule is heard at once in this process. */
export const forgetTriggers = (ctx: Pick<Ctx, 'pool'>, workspaceId: string): void => {
  heardBy(ctx).delete(workspaceId)
}
