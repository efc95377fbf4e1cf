import type { Shop } from '../../shop.ts'
import type { Change } from '../../store/entries.ts'
import { moving } from '../orders/changing.ts'
import { openAuthorizations } from '../orders/payments.ts'
import type { Whole } from '../orders/whole.ts'

/** Lets go of what banks still hold for the order. */
export const voiding = (shop: Shop, whole: Whole): Change[] =>
  openAuthorizations(whole).flatMap(({ authorization, left }) => {
    const id = shop.newGid('OrderTransaction')
    const at = { createdAt: shop.at(), processedAt: shop.at() }
    return moving({ ...authorization, ...at, id, kind: 'VOID', parentId: authorization.id, amount: left }).changes
  })
