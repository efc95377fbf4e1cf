import type { Tx } from '../../platform/tenancy.ts'

/**
 * How something came about by rules.
 * @property rootId the first cause of all, which no rule made
 * @property depth how many rules set each other off
 * @property ran rules that ran for it so far, in their order
 */
export type Chain = { rootId: string; depth: number; ran: readonly string[] }

const chains = new WeakMap<Tx, Chain>()

/** Whatever is recorded in the transaction while `act` runs came about so. */
export async function causedBy<T>(tx: Tx, chain: Chain, act: () => Promise<T>): Promise<T> {
  chains.set(tx, chain)
  try {
    return await act()
  } finally {
    chains.delete(tx)
  }
}

/** Null for what a person, a customer or the clock did. */
export const chainOf = (tx: Tx): Chain | null => chains.get(tx) ?? null
