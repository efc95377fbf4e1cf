/** What stands on the mails of a ticket in Gmail: whose it is, that it is due next, and its number. */
export const KINDS = ['mine', 'unassigned', 'breaching', 'ticket'] as const
export type Kind = (typeof KINDS)[number]

export type TicketState = {
  /** Open work: neither solved nor closed nor void. */
  open: boolean
  /** Solved or closed, and not void. */
  done: boolean
  snoozed: boolean
  assigneeId: string | null
  /** Due next, as the panel says it. */
  late: boolean
}

/** A Gmail account: the archive, or somebody's own inbox. */
export type Account = { staffId: string | null; labels: boolean; archive: boolean }

export type Wanted = { kinds: Kind[]; archived: boolean }

/**
 * What should stand on the mails of a ticket in one account. In the archive nobody is «mine»; in somebody's own inbox colleagues' tickets
 * have their number alone, because they are nobody else's to hurry for. Snoozed work is in no queue until it is back.
 */
export function wantedOf(ticket: TicketState, { staffId, labels, archive }: Account): Wanted {
  const archived = archive && ticket.done
  if (!labels || !ticket.open) return { kinds: [], archived }
  const kinds: Kind[] = ['ticket']
  if (ticket.snoozed) return { kinds, archived }
  const isMine = staffId !== null && ticket.assigneeId === staffId
  const isFree = ticket.assigneeId === null
  if (isMine) kinds.unshift('mine')
  if (isFree) kinds.unshift('unassigned')
  if (ticket.late && (staffId === null || isMine || isFree)) kinds.push('breaching')
  return { kinds: KINDS.filter((kind) => kinds.includes(kind)), archived }
}

export const sameKinds = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((kind) => other.includes(kind))

/**
 * What somebody means who moved labels in their own inbox: putting «Mine» on or taking «Unassigned» off is taking the ticket, putting
 * «Unassigned» where «Mine» stood gives it back. Anything else means nothing, and what stood there comes back.
 */
export function meaningOf(written: readonly string[], found: readonly string[]): 'take' | 'give_back' | null {
  const had = (kind: Kind) => written.includes(kind)
  const has = (kind: Kind) => found.includes(kind)
  if (had('mine') && !had('unassigned') && has('unassigned')) return 'give_back'
  if (has('mine') && !had('mine')) return 'take'
  return had('unassigned') && !has('unassigned') ? 'take' : null
}
