import type { Dimension } from '../../../../shared/analytics.ts'

/** Figures that are looked at for surprises, and what they are split by. */
export type Watched = {
  metric: string
  dimension: 'none' | Extract<Dimension, 'category' | 'reason' | 'product'>
  name: string
  /** That there is much less of it is told, too: mail that does not come any more. Of one category or product it may just be good news. */
  fewer?: true
}

export const WATCHED: readonly Watched[] = [
  { metric: 'new-tickets', dimension: 'none', name: 'New tickets', fewer: true },
  { metric: 'new-tickets', dimension: 'category', name: 'New tickets about' },
  { metric: 'actions', dimension: 'reason', name: 'Actions because of' },
  { metric: 'action-lines', dimension: 'product', name: 'Actions for' },
]

/** The last stretch is seven days, and so are those before it. */
export const STRETCH_DAYS = 7
export const STRETCHES_BEFORE = 8

/** What came too often, in words: `New tickets about Billing`. @param label of the value; null for all of it */
export const nameOf = ({ name }: Pick<Watched, 'name'>, label: string | null): string =>
  label === null ? name : `${name} ${label}`
