import type { BulkWish } from '../../../../shared/bulk-acts.ts'
import { formatNumber, PRIORITY_WORDS, STATUS_WORDS } from '../../tickets/index.ts'

/** Names in a wish: who gets the tickets, and the number of the one that stays. */
export type Named = { person: string | null; survivor: number | null }

/** What an act does to each ticket. */
export function wishWords(wish: BulkWish, { person, survivor }: Named): string {
  if (wish.kind === 'merge') return `Merge into ${survivor === null ? 'a ticket' : formatNumber(survivor)}`
  if (wish.kind === 'assign')
    return wish.assigneeId === null ? 'Give to nobody' : `Give to ${person ?? 'a former colleague'}`
  if (wish.kind === 'status') return `Status: ${STATUS_WORDS[wish.status]}`
  if (wish.kind === 'priority') return `Priority: ${PRIORITY_WORDS[wish.priority]}`
  if (wish.kind === 'category') return wish.category === null ? 'No category' : `Category: ${wish.category}`
  const parts = [
    wish.add.length > 0 ? `Add ${tagWords(wish.add)}` : '',
    wish.remove.length > 0 ? `Remove ${tagWords(wish.remove)}` : '',
  ]
  return parts.filter(Boolean).join('; ')
}

const tagWords = (tags: readonly string[]) => `${tags.length === 1 ? 'the tag' : 'the tags'} ${tags.join(', ')}`
