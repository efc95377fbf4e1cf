import type { Box } from '../../../platform/keyring.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { openDocument } from '../summary.ts'

const MOST = 2_000

/** Everything that the shops' cache holds of orders from these addresses, and what was given back, in the clear. Codes are in none of it. */
export async function tellOfBuyers(tx: Tx, box: Box, emailKeys: readonly string[]): Promise<Record<string, unknown>> {
  const { workspaceId } = tx
  const keys = [...emailKeys]
  const orders = await tx.$queryRaw<{ id: string; document: Uint8Array }[]>`
    select o.id::text, o.document from desk.shop_order o where o.workspace_id = ${workspaceId}::uuid and o.id in (
      select order_id from desk.order_key where workspace_id = ${workspaceId}::uuid and kind = 'email' and key = any(${keys}::text[])
      order by placed_at desc limit ${MOST})
    order by o.placed_at`
  const given = await tx.compensation.findMany({
    where: { workspaceId, emailKey: { in: keys } },
    select: { kind: true, minor: true, currency: true, at: true },
    orderBy: { at: 'asc' },
    take: MOST,
  })
  return {
    orders: orders.map(({ id, document }) => openDocument(box, id, document)),
    givenBack: given.map(({ minor, ...rest }) => ({ ...rest, minor: String(minor) })),
  }
}
