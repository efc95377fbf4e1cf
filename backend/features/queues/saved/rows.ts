import type { SavedFilter, SavedView, SavedViewInput } from '../../../../shared/queues.ts'
import type { Actor } from '../../../platform/actor.ts'

/** Which index a saved view is read by. */
export type Drive = 'open' | 'assignee' | 'tag' | 'solved' | 'closed'

export type SavedRow = SavedFilter & {
  id: string
  /** Null: everybody's. */
  ownerId: string | null
  name: string
  drive: Drive
  orderBy: SavedViewInput['orderBy']
  updatedAt: Date
}

export const presentSaved = (row: SavedRow, reader: Actor): SavedView => {
  const { id, ownerId, name, orderBy, updatedAt: _updatedAt, drive: _drive, ...filter } = row
  return { id, name, scope: ownerId === null ? 'workspace' : 'own', filter, orderBy, mayWrite: mayWrite(row, reader) }
}

/** One's own, and those of the workspace for who leads it. */
export const mayWrite = ({ ownerId }: Pick<SavedRow, 'ownerId'>, reader: Actor): boolean =>
  ownerId === null ? leads(reader) : ownerId === reader.id

export const leads = (reader: Actor): boolean =>
  reader.kind === 'staff' && (reader.role === 'supervisor' || reader.role === 'admin')
