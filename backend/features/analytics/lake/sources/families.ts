import type { TableName } from '../tables.ts'
import { type Source, within } from './scope.ts'

/** Things that are read together, by the ids of one of them. */
export type Family = {
  name: FamilyName
  tables: readonly TableName[]
  /** Where the ids of all of them are, in the desk. */
  ids: { table: string; id: string }
  /** One for each table, which is copied as the lake holds it; null is made in another way: tickets.ts. */
  sources: readonly Source[] | null
}

export type FamilyName = 'ticket' | 'customer'

const customer: Source = {
  name: 'made_customer',
  columns: { workspace_id: 'VARCHAR', id: 'VARCHAR', met_at: 'TIMESTAMP' },
  sql: (scope) =>
    `select c.workspace_id, c.id, c.created_at at time zone 'UTC' from desk.customer c where ${within(scope, 'c.workspace_id', 'c.id')}`,
}

export const FAMILIES: readonly Family[] = [
  { name: 'ticket', tables: ['ticket', 'message', 'move', 'clock'], ids: { table: 'ticket', id: 'id' }, sources: null },
  { name: 'customer', tables: ['customer'], ids: { table: 'customer', id: 'id' }, sources: [customer] },
]
