import type { Tx } from '../../platform/tenancy.ts'

/** Rules whose acts led here, the first one first. */
export type Chain = readonly string[]

const chains = new WeakMap<Tx, Chain>()

/** Whatever is recorded in the transaction while `act` runs was caused by these rules. */
export async function causedBy<T>(tx: Tx, chain: Chain, act: () => Promise<T>): Promise<T> {
  chains.set(tx, chain)
  try {
    return await act()
  } finally {
    chains.delete(tx)
  }
}

/** Empty for what a person, a customer or the clock did. */
export const chainOf = (tx: Tx): Chain => chains.get(tx) ?? []
