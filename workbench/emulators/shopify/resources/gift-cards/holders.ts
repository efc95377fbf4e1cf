import type { Shop } from '../../shop.ts'
import type { GiftCardRecord } from '../../store/records/gift-cards.ts'
import type { Gid } from '../../store/records/ids.ts'
import { customerIn } from '../customers/standing.ts'

/** Where a person is reached: by mail where there is an address, else by phone. */
export function contactOf(shop: Shop, id: Gid | null): string | null {
  const found = id ? customerIn(shop, id) : null
  return found?.email ?? found?.phone ?? null
}

/**
 * Whom Shopify tells of a new card by itself: the recipient, now or on the day that was named; else its customer. A customer beside a
 * recipient hears that it was bought.
 */
export function toldOf(shop: Shop, { customerId, recipientId, gift }: GiftCardRecord): string[] {
  const people = [recipientId && !gift?.sendAt ? recipientId : null, customerId]
  return people.flatMap((id) => contactOf(shop, id) ?? [])
}
