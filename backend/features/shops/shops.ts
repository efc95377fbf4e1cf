import type { Ctx } from '../../context.ts'
import type { Tx } from '../../platform/tenancy.ts'

export type ShopState = 'connected' | 'needs_access' | 'frozen' | 'uninstalled' | 'disconnected'

/** Through an app of one's own organisation, or through the desk's app, which a shop of another one has installed. */
export type ShopAccessKind = 'client_credentials' | 'authorization_code'

export type ShopRow = {
  id: string
  /** fern.myshopify.com */
  domain: string
  name: string
  currency: string
  /** What stands before and after the digits of an order's number. */
  numberPrefix: string
  numberSuffix: string
  access: ShopAccessKind
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
  access: true,
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
  return rows.map((row) => ({ ...row, access: row.access as ShopAccessKind, state: row.state as ShopState }))
}

/** Workspaces that have a shop to look after; the others are spared its recurring work. */
export async function workspacesWithShops({ db }: Pick<Ctx, 'db'>): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`select id::text from app.workspaces_with_shops() as id`
  return rows.map(({ id }) => id)
}

/** What an admin types to get access to a shop again. */
export const connectCommand = ({ domain, access }: { domain: string; access: ShopAccessKind }): string =>
  `npm run admin -- shop connect ${domain}${access === 'authorization_code' ? ' --install' : ''}`

/** Whether the app may do what a scope names; the right to write holds the right to read. */
export const isGranted = (granted: readonly string[], scope: string): boolean =>
  granted.includes(scope) || granted.includes(scope.replace(/^read_/, 'write_'))
