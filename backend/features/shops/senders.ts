import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { askDirectory } from '../../platform/asking.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { appOf } from './access.ts'

/** A shop whose deliveries we take, with the secrets that sign them. */
export type Sender = { workspaceId: string; shopId: string; domain: string; secrets: readonly string[] }

export type Senders = {
  /** Known for some minutes without asking the database; null when it has to be looked up. */
  known(domain: string): Sender | null
  /** Reads it again; null when no workspace has connected such a shop. */
  lookUp(domain: string): Promise<Sender | null>
}

const KEEP_MS = 5 * 60_000
const MOST = 10_000

/** Who sends webhooks, kept per process. A secret that changed meanwhile is found by looking up again when a signature does not fit. */
export function shopSenders(ctx: Ctx): Senders {
  const kept = new Map<string, { sender: Sender; until: number }>()
  return {
    known(domain) {
      const found = kept.get(domain)
      return found && found.until > ctx.clock.now().getTime() ? found.sender : null
    },
    async lookUp(domain) {
      const sender = await readSender(ctx, domain)
      kept.delete(domain)
      if (!sender) return null
      if (kept.size >= MOST) kept.clear()
      kept.set(domain, { sender, until: ctx.clock.now().getTime() + KEEP_MS })
      return sender
    },
  }
}

async function readSender(ctx: Ctx, domain: string): Promise<Sender | null> {
  const [found] = await askDirectory<{ workspaceId: string | null; shopId: string | null }>(
    ctx,
    Prisma.sql`select workspace_id::text as "workspaceId", shop_id::text as "shopId" from app.shop_of_domain(${domain})`,
  )
  const { workspaceId, shopId } = found ?? {}
  if (!workspaceId || !shopId) return null
  const app = await inWorkspace(
    ctx,
    workspaceId,
    async (tx) => {
      const where = { workspaceId_id: { workspaceId, id: shopId } }
      const select = { id: true, access: true, clientId: true, clientSecret: true }
      const row = await tx.shop.findUnique({ where, select })
      return row && appOf(ctx, await ctx.keyring.box(tx), row)
    },
    { reads: true },
  )
  return app && { workspaceId, shopId, domain, secrets: app.secrets }
}
