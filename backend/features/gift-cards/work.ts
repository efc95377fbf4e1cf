/** What is asked of Shopify for a card that was issued, as journal entries of these kinds. */
export const WORK_KINDS = {
  deactivation: 'shopify.gift_card_deactivation',
  reissue: 'shopify.gift_card_reissue',
  notification: 'shopify.gift_card_notification',
} as const

export type WorkKind = keyof typeof WORK_KINDS

export const workOf = (journalKind: string): WorkKind | undefined =>
  (Object.keys(WORK_KINDS) as WorkKind[]).find((kind) => WORK_KINDS[kind] === journalKind)

/** One after another per card, whoever asks for what. */
export const queueOf = (giftCardId: string): string => `gift-card:${giftCardId}`

export const CARRY_OUT = { name: 'gift-cards:carry-out', maxAttempts: 25 }
