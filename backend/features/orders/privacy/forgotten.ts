import type { Tx } from '../../../platform/tenancy.ts'

export type Forgotten = {
  /** Whether anything of this shop may be kept. */
  isOpen: boolean
  /** Shopify's ids of customers who asked to be forgotten. */
  customers: ReadonlySet<bigint>
}

/**
 * What must not be written, although Shopify told it: a reading takes its time, and somebody may be forgotten meanwhile.
 * Holds the shop as it is until the transaction ends. @param since when the reading began; null for customers of all times
 */
export async function forgottenIn(tx: Tx, shopId: string, since: Date | null): Promise<Forgotten> {
  const [row] = await tx.$queryRaw<{ isOpen: boolean; customers: string[] }[]>`
    select s.state <> 'disconnected' as "isOpen", array(
      select r.customer from desk.privacy_request r where r.workspace_id = s.workspace_id and r.shop_id = s.id and r.kind = 'customer_redact'
        and r.customer is not null and r.asked_at >= coalesce(${since}::timestamptz, '-infinity')) as customers
    from desk.shop s where s.workspace_id = ${tx.workspaceId}::uuid and s.id = ${shopId}::uuid for key share of s`
  return { isOpen: row?.isOpen ?? false, customers: new Set(row?.customers.map(BigInt)) }
}
