import { Prisma } from '../../generated/prisma/client.ts'
import type { Tx } from '../../platform/tenancy.ts'

/** Notes that mail to addresses of customers does not arrive, and why as the server said it. Addresses of nobody we know stay unknown. */
export async function markUndeliverable(
  tx: Tx,
  addresses: readonly { key: string | null; code: string | null }[],
  at: Date,
): Promise<void> {
  const known = addresses.filter(({ key }) => key !== null)
  if (known.length === 0) return
  await tx.$executeRaw`
    update desk.customer_address a set undeliverable_at = coalesce(a.undeliverable_at, ${at}::timestamptz), undeliverable_code = f.code
    from (select distinct on (key) key, code from unnest(${known.map(({ key }) => key)}::text[], ${known.map(({ code }) => code)}::text[]) as f (key, code)) f
    where a.workspace_id = ${tx.workspaceId}::uuid and a.email_key = f.key`
}

/** Who writes from an address has it: what was noted of it is over. @returns how many addresses it was noted of */
export async function markReachable(tx: Tx, keys: readonly string[]): Promise<number> {
  if (keys.length === 0) return 0
  return tx.send(Prisma.sql`
    update desk.customer_address set undeliverable_at = null, undeliverable_code = null
    where workspace_id = ${tx.workspaceId}::uuid and email_key = any(${[...new Set(keys)]}::text[]) and undeliverable_at is not null`)
}
