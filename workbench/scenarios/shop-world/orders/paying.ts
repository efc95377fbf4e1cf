/** One way in which an order was paid; the amount is what the others left when it is left out. */
export type Payment = { amount?: number } & Way

type Way =
  | { kind: 'card'; brand: string; last4: string; state: 'captured' | 'authorized' | 'voided' }
  | { kind: 'wallet'; gateway: string; method?: string }
  | { kind: 'gift-card'; code: string }
  | { kind: 'store-credit' }
  | { kind: 'on-delivery'; collectedAgo: number | null }
  | { kind: 'cash' }

export const card = (brand: string, last4: string): Payment => ({ kind: 'card', brand, last4, state: 'captured' })

/** Promised by the bank and not taken yet. */
export const reserved = (brand: string, last4: string): Payment => ({
  kind: 'card',
  brand,
  last4,
  state: 'authorized',
})

/** Promised by the bank and let go again. */
export const released = (brand: string, last4: string): Payment => ({ kind: 'card', brand, last4, state: 'voided' })

export const paypal: Payment = { kind: 'wallet', gateway: 'paypal' }
export const klarna: Payment = { kind: 'wallet', gateway: 'klarna', method: 'Klarna' }
export const ideal: Payment = { kind: 'wallet', gateway: 'ideal', method: 'iDEAL' }
export const cash: Payment = { kind: 'cash' }
export const storeCredit: Payment = { kind: 'store-credit' }

export const giftCard = (code: string, amount?: number): Payment => ({
  kind: 'gift-card',
  code,
  ...(amount === undefined ? {} : { amount }),
})

export const onDelivery: Payment = { kind: 'on-delivery', collectedAgo: null }
export const collected = (ago: number): Payment => ({ kind: 'on-delivery', collectedAgo: ago })
