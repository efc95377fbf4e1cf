/** Gmail's history ids are longer than 64 bits can hold for sure; they are text to us, and only compared. */
export const isLater = (one: string, other: string | null): boolean => other === null || BigInt(one) > BigInt(other)

/** Where a reading of the whole mailbox stands: mails since `since` (seconds since 1970), from this page on. */
export type ResyncPlace = { since: number; pageToken: string | undefined }

export const writePlace = ({ since, pageToken }: ResyncPlace): string => `${since}:${pageToken ?? ''}`

export function readPlace(text: string): ResyncPlace {
  const colon = text.indexOf(':')
  return { since: Number(text.slice(0, colon)), pageToken: text.slice(colon + 1) || undefined }
}
