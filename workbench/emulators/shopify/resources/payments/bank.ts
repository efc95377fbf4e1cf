import type { Shop } from '../../shop.ts'
import type { ShopState } from '../../store/state.ts'

/** What the bank does with refunds from now on: at once, only when told to, or never. */
export type BankManner = 'at-once' | 'when-told' | 'refuses'

const manners = new WeakMap<ShopState, BankManner>()

export const bankManner = ({ state }: Shop): BankManner => manners.get(state) ?? 'at-once'

export const letBank = ({ state }: Shop, manner: BankManner): void => void manners.set(state, manner)
