import { newVapidKey, type VapidKey } from '../../../clients/push/index.ts'
import type { Ctx } from '../../../context.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'

const TABLE = 'push_key.private_key'

/** By what push services know this workspace. */
export async function pushKeyIn(ctx: Ctx, tx: Tx): Promise<VapidKey | null> {
  const { workspaceId } = tx
  const row = await tx.pushKey.findUnique({ where: { workspaceId } })
  if (!row) return null
  const { publicKey, privateKey } = row
  return { publicKey, privateKey: (await ctx.keyring.box(tx)).openText(TABLE, workspaceId, privateKey) }
}

/** The public half, which browsers are bound to; made when somebody first looks at it. */
export async function publicPushKey(ctx: Ctx, workspaceId: string): Promise<string> {
  const known = await inWorkspace(ctx, workspaceId, (tx) => publicKeyIn(tx), { reads: true })
  return known ?? inWorkspace(ctx, workspaceId, (tx) => makeKey(ctx, tx))
}

async function publicKeyIn(tx: Tx): Promise<string | null> {
  const row = await tx.pushKey.findUnique({ where: { workspaceId: tx.workspaceId }, select: { publicKey: true } })
  return row?.publicKey ?? null
}

/** Two who look at once meet at one row. */
async function makeKey(ctx: Ctx, tx: Tx): Promise<string> {
  const { workspaceId, now } = tx
  const { publicKey, privateKey } = readableKey(ctx)
  const sealed = (await ctx.keyring.box(tx)).seal(TABLE, workspaceId, privateKey)
  await tx.pushKey.createMany({
    data: [{ workspaceId, publicKey, privateKey: sealed, createdAt: now }],
    skipDuplicates: true,
  })
  return (await publicKeyIn(tx)) ?? publicKey
}

/** Chance may write into a key what looks like the code of a gift card, which pages would mask. */
function readableKey(ctx: Ctx): VapidKey {
  const key = newVapidKey()
  return ctx.mask(key.publicKey) === key.publicKey ? key : readableKey(ctx)
}
