import type { Place } from '../changes.ts'

/** A stored mail, as far as people may have changed it in Gmail. */
export type Stored = {
  gmailId: string
  threadId: string | null
  labels: string[]
  state: 'received' | 'ended'
  outcome: string | null
  reason: string | null
  movedTo: Exclude<Place, 'deleted'>
}

/**
 * What Gmail lists of a stretch of time: everything, and what carries each label that is looked at. Of somebody's own inbox only a part is
 * listed, and where people put their mail there is their own business: then `moves` is false.
 */
export type Listed = {
  all: ReadonlySet<string>
  labels: ReadonlyMap<string, ReadonlySet<string>>
  moves: boolean
}

const LABEL_OF = { spam: 'SPAM', trash: 'TRASH' } as const

export const placeOf = (labels: readonly string[]): Exclude<Place, 'deleted'> =>
  labels.includes('TRASH') ? 'trash' : labels.includes('SPAM') ? 'spam' : null

/** A mail that came as spam, or in the trash, was not put there. */
export const isMoved = ({ movedTo, labels }: Stored, now: Place): boolean =>
  now !== movedTo && !(movedTo === null && (now === 'spam' || now === 'trash') && labels.includes(LABEL_OF[now]))

/** Taken out of spam, and not only to be thrown away. */
export const isRescued = ({ outcome }: Stored, labels: readonly string[]): boolean =>
  outcome === 'suspected_spam' && placeOf(labels) === null

/** Whose labels still say what becomes of it: it waits to be filed, or a rule ignored it. */
export const isUndecided = ({ state, outcome, reason }: Stored): boolean =>
  state === 'received' || (outcome === 'ignored' && reason === 'mail_rule')

/** Whether it is in other sets than the desk knows, so that it is worth asking Gmail for all of its labels. */
export function differs(mail: Stored, { all, labels, moves }: Listed): boolean {
  if (moves && !all.has(mail.gmailId)) return true
  const now = [...labels].flatMap(([label, ids]) => (ids.has(mail.gmailId) ? [label] : []))
  if (isRescued(mail, now)) return true
  if (moves && isMoved(mail, placeOf(now))) return true
  return isUndecided(mail) && [...labels.keys()].some((label) => now.includes(label) !== mail.labels.includes(label))
}
