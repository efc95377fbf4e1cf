/** Gmail's history ids are longer than 64 bits can hold for sure; they are text to us, and only compared. */
export const isLater = (one: string, other: string | null): boolean => other === null || BigInt(one) > BigInt(other)

/** Where a reading of the whole mailbox stands: mails since `since` (seconds since 1970), from this page on. */
export type ResyncPlace = { since: number; pageToken: string | undefined }

export const writePlace = ({ since, pageToken }: ResyncPlace): string => `${since}:${pageToken ?? ''}`

export function readPlace(text: string): ResyncPlace {
  const colon = text.indexOf(':')
  return { since: Number(text.slice(0, colon)), pageToken: text.slice(colon + 1) || undefined }
}

/**
 * Where the comparison after such a reading stands: mails that Google took from `reachedAt` until `until` (milliseconds since 1970) are
 * still to be compared, `span` seconds of them at once.
 */
export type ComparePlace = { reachedAt: number; until: number; span: number }

export const writeComparePlace = ({ reachedAt, until, span }: ComparePlace): string =>
  `compare:${reachedAt}:${until}:${span}`

/** @returns null for the place of a reading */
export function readComparePlace(text: string): ComparePlace | null {
  const [, reachedAt, until, span] = /^compare:(-?\d+):(-?\d+):(\d+)$/.exec(text) ?? []
  return span === undefined ? null : { reachedAt: Number(reachedAt), until: Number(until), span: Number(span) }
}
