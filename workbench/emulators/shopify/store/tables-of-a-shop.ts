import { Table } from './table.ts'
import { type LookupName, lookups, orderings, type Records, type TableName } from './tables.ts'

export type Tables = { readonly [T in TableName]: Table<Records[T], LookupName<T>> }

export function newTables(): Tables {
  const tables = Object.keys(lookups).map((name) => [
    name,
    new Table({
      lookups: lookups[name as TableName],
      orderings: orderings[name as TableName] ?? {},
    } as unknown as ConstructorParameters<typeof Table>[0]),
  ])
  return Object.fromEntries(tables) as Tables
}
