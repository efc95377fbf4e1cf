import { z } from 'zod'
import { DeskError } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import type { SavedRow } from './rows.ts'

const select = {
  id: true,
  ownerId: true,
  name: true,
  drive: true,
  statuses: true,
  priorities: true,
  categories: true,
  channels: true,
  tags: true,
  assignee: true,
  assigneeId: true,
  mailboxId: true,
  dueMinutes: true,
  waitMinutes: true,
  createdDays: true,
  activeDays: true,
  orderBy: true,
  updatedAt: true,
} as const

/** More than anybody has: see saving.ts. */
const MOST = 100

/** The workspace's views and one's own, by name. */
export const savedViewsOf = async (tx: Tx, me: string | null): Promise<SavedRow[]> =>
  (await tx.savedView.findMany({
    where: { workspaceId: tx.workspaceId, OR: [{ ownerId: null }, { ownerId: me ?? tx.workspaceId }] },
    orderBy: [{ ownerId: { sort: 'asc', nulls: 'first' } }, { name: 'asc' }],
    take: MOST,
    select,
  })) as SavedRow[]

/** @param id as somebody wrote it @throws DeskError not_found for a view that is gone, or of somebody else */
export async function savedViewOf(tx: Tx, id: string, me: string | null): Promise<SavedRow> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id } }
  const row = z.uuid().safeParse(id).success ? await tx.savedView.findUnique({ where, select }) : null
  if (!row || (row.ownerId !== null && row.ownerId !== me))
    throw new DeskError('not_found', 'There is no such view. It may have been deleted; choose another one.')
  return row as SavedRow
}
