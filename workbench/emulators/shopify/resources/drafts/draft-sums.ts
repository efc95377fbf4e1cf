import type { DraftRecord } from '../../store/records/drafts.ts'
import type { Bag } from '../../store/records/money.ts'
import { nothing, plus, total } from '../bags.ts'
import { lineNet, lineOriginal } from '../orders/totals.ts'

export const shippingOf = (draft: DraftRecord): Bag => draft.shippingLine?.price ?? nothing(draft)

export const subtotalOf = (draft: DraftRecord): Bag => total(draft, draft.lines.map(lineNet))

export const taxOf = (draft: DraftRecord): Bag =>
  total(
    draft,
    draft.lines.map(({ tax }) => tax),
  )

/** Prices hold the tax. */
export const totalOf = (draft: DraftRecord): Bag => plus(subtotalOf(draft), shippingOf(draft))

export const discountOf = (draft: DraftRecord): Bag =>
  total(
    draft,
    draft.lines.map(({ discount }) => discount),
  )

export const beforeDiscount = (draft: DraftRecord): Bag => total(draft, draft.lines.map(lineOriginal))
