export const CHECK = { name: 'shops:check', maxAttempts: 25 }

/** One check of a shop that waits is enough. */
export const checkKey = (shopId: string) => `${CHECK.name}:${shopId}`
