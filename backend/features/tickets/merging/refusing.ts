import type { TicketStatus, VoidReason } from '../../../../shared/tickets.ts'
import { DeskError } from '../../../platform/errors.ts'
import { formatNumber } from '../numbers.ts'

/** What decides whether a ticket may be merged. */
export type Candidate = {
  id: string
  number: number
  status: TicketStatus
  voidReason: VoidReason | null
  mergedIntoId: string | null
  customerId: string
}

/** Why these tickets cannot become one; null when they can. */
export function whyNotMerged(survivor: Candidate, merged: readonly Candidate[]): string | null {
  const to = formatNumber(survivor.number)
  if (merged.some(({ id }) => id === survivor.id)) return 'A ticket cannot be merged into itself. Choose another one.'
  const same = merged.find(({ mergedIntoId }) => mergedIntoId === survivor.id)
  if (same) return `${formatNumber(same.number)} is part of ${to} already.`
  if (survivor.mergedIntoId !== null)
    return `${to} was itself merged into another ticket, which goes on instead. Open it there, and merge into that one.`
  if (survivor.voidReason) return `${to} is void. Bring it back first, or let the other ticket go on.`
  if (survivor.status === 'closed') return `${to} is closed. Reopen it first, or let the other ticket go on.`
  const void_ = merged.find(({ voidReason }) => voidReason !== null)
  if (!void_) return null
  return void_.mergedIntoId === null
    ? `${formatNumber(void_.number)} is void. Bring it back first.`
    : `${formatNumber(void_.number)} was merged into another ticket already. Undo that first, or merge that one.`
}

/** @throws DeskError move_not_allowed, or needs_confirmation when the answers of a customer would go to another */
export function refuseMerging(survivor: Candidate, merged: readonly Candidate[], acrossCustomers: boolean): void {
  const why = whyNotMerged(survivor, merged)
  if (why !== null) throw new DeskError('move_not_allowed', why)
  const strange = merged.filter(({ customerId }) => customerId !== survivor.customerId)
  if (strange.length > 0 && !acrossCustomers)
    throw new DeskError(
      'needs_confirmation',
      `${strange.map(({ number }) => formatNumber(number)).join(', ')}: of another customer. Answers will go to the customer of ${formatNumber(survivor.number)} only. Say that you want this.`,
    )
}
