import type { TicketStatus } from '../../../../shared/tickets.ts'

/**
 * What moves the clocks of a ticket. Everything else about them follows from these and from the policy, so nothing is lost when a
 * ticket is reopened or a policy is edited.
 *
 * `created` it began · `asked` the customer wrote · `answered` a person of ours did · `held` one did, and still owes an answer ·
 * `thanked` nothing is owed for what the customer wrote · `moved` to a status · `voided`, `unvoided`
 */
export type Mark = { at: number } & (
  | { what: 'created' | 'moved'; to: TicketStatus }
  | { what: 'held'; until: number | null }
  | { what: 'asked' | 'answered' | 'thanked' | 'voided' | 'unvoided' }
)

export type What = Mark['what']

/** As they are kept: `[1763740000000, "moved", "open"]`. */
export type StoredMark = readonly [at: number, what: What, more?: string | number | null]

export const storedMark = (mark: Mark): StoredMark => {
  if (mark.what === 'created' || mark.what === 'moved') return [mark.at, mark.what, mark.to]
  return mark.what === 'held' ? [mark.at, 'held', mark.until] : [mark.at, mark.what]
}

export const openedMark = ([at, what, more]: StoredMark): Mark => {
  if (what === 'created' || what === 'moved') return { at, what, to: more as TicketStatus }
  return what === 'held' ? { at, what, until: typeof more === 'number' ? more : null } : { at, what }
}

/** In the order of time; of the same instant, in the order in which they were told. Mails may be read late. */
export const inOrder = (marks: readonly Mark[]): Mark[] => [...marks].sort((a, b) => a.at - b.at)

/** Whether there is anything to measure yet. */
export const isStarted = (marks: readonly Mark[]): boolean =>
  marks.some(({ what }) => what === 'created' || what === 'asked')
