import type { Shop } from '../../shop.ts'
import type { GiftCardRecord } from '../../store/records/gift-cards.ts'

/** A card can be used to the end of its last day in the shop's zone. */
export function isExpired(shop: Shop, { expiresOn }: GiftCardRecord): boolean {
  return expiresOn !== null && expiresOn < today(shop)
}

export function statesOf(shop: Shop, card: GiftCardRecord): string[] {
  if (card.deactivatedAt !== null) return ['disabled']
  return isExpired(shop, card) ? ['enabled', 'expired'] : ['enabled']
}

export function balanceStates({ balance, initial }: GiftCardRecord): string[] {
  if (balance.minor <= 0) return ['empty']
  return [balance.minor >= initial.minor ? 'full' : 'partial', 'full_or_partial']
}

const today = ({ seed, now }: Shop) => new Intl.DateTimeFormat('en-CA', { timeZone: seed.timezone }).format(now())
