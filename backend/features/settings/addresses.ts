/** The look-up key of an address: trimmed and in lower case, as mail systems in practice compare both sides of the @. */
export const emailKey = (address: string): string => address.trim().toLowerCase()

/** The part after the @, in lower case; empty when there is none. */
export const domainOf = (address: string): string => emailKey(address).split('@')[1] ?? ''
