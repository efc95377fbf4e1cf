import { accessActs } from './access.ts'
import type { Act } from './act.ts'
import { bankActs } from './bank.ts'
import { ownerActs } from './owner.ts'
import { policyActs } from './policy.ts'
import { warehouseActs } from './warehouse.ts'

/** Everything a person can do on the ledger page, by the name in its address. */
export const acts: ReadonlyMap<string, Act> = new Map(
  Object.entries({ ...warehouseActs, ...bankActs, ...ownerActs, ...policyActs, ...accessActs }),
)
