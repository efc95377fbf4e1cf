import type { Tx } from '../../platform/tenancy.ts'

export type ShopState = 'connected' | 'needs_access' | 'frozen' | 'uninstalled' | 'disconnected'

export type ShopRow = {
  id: string
  /** fern.myshopify.com */
  domain: string
  name: string
  currency: string
  /** What stands before and after the digits of an order's number. */
  numberPrefix: string
  numberSuffix: string
  state: ShopState
  /** What is wrong, and what to do about it, for people; null while all is well. */
  problem: string | null
  scopes: string[]
}

const ROW = {
  id: true,
  domain: true,
  name: true,
  currency: true,
  numberPrefix: true,
  numberSuffix: true,
  state: true,
  problem: true,
  scopes: true,
} as const

/** The workspace's shops whose orders the desk keeps, in trouble or not; only those in the state `connected` can be asked. */
export async function connectedShops(tx: Tx): Promise<ShopRow[]> {
  const rows = await tx.shop.findMany({
    where: { workspaceId: tx.workspaceId, state: { not: 'disconnected' } },
    select: ROW,
    orderBy: { id: 'asc' },
  })
  return rows.map((row) => ({ ...row, state: row.state as ShopState }))
}

/** Whether the app may do what a scope names; the right to write holds the right to read. */
export const isGranted = (granted: readonly string[], scope: string): boolean =>
  granted.includes(scope) || granted.includes(scope.replace(/^read_/, 'write_'))
