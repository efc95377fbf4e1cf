import { DeskError } from '../../platform/errors.ts'
import type { Tx } from '../../platform/tenancy.ts'

export type BooksOf = {
  id: string
  name: string
  domain: string
  timeZone: string
  currency: string
  state: string
  problem: string | null
}

const BOOKS = {
  id: true,
  name: true,
  domain: true,
  timeZone: true,
  currency: true,
  state: true,
  problem: true,
} as const

/** Shops that have books: also those that are disconnected by now. */
export const shopsWithBooks = (tx: Tx): Promise<BooksOf[]> =>
  tx.shop.findMany({ where: { workspaceId: tx.workspaceId }, select: BOOKS, orderBy: { id: 'asc' } })

/** @throws DeskError not_found */
export async function shopIn(tx: Tx, shopId: string): Promise<BooksOf> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id: shopId } }
  const shop = await tx.shop.findUnique({ where, select: BOOKS })
  if (!shop) throw new DeskError('not_found', 'There is no such shop in this workspace.')
  return shop
}
