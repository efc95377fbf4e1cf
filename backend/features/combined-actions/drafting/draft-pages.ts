import type { DraftPage, ReasonCode } from '../../../../shared/combined-actions.ts'
import type { PanelCard } from '../../../../shared/panel.ts'
import { newId } from '../../../platform/ids.ts'
import { detailsCard } from '../forms/details-card.ts'
import { type Form, isAlone, type Problem } from '../forms/form.ts'
import { whatCard } from '../forms/what-card.ts'
import { optionsOf } from '../planning/options.ts'
import type { Draft } from './draft-rows.ts'

/** What stands on the page that is shown next. */
export type Page = {
  page: Exclude<DraftPage, 'review'>
  problems: readonly Problem[]
  remark: string | null
  line: number
}

export const plainly = (page: Page['page']): Page => ({ page, problems: [], remark: null, line: 0 })

/** A page of a form as it is to be drawn. */
export const formOf = (
  { id, ticketId, content }: Draft,
  reasons: readonly ReasonCode[],
  { problems, remark, line }: Omit<Page, 'page'> = plainly('what'),
): Form => ({
  draftId: id,
  ticketId,
  start: content.start,
  fields: content.fields,
  live: content.live,
  options: optionsOf(content.live),
  reasons: reasons.filter(({ retired }) => !retired),
  substitutes: content.substitutes,
  problems,
  remark,
  line,
  key: newId(),
})

export const draw = (draft: Draft, reasons: readonly ReasonCode[], page: Page): PanelCard => {
  const form = formOf(draft, reasons, page)
  return page.page === 'what' ? whatCard(form) : detailsCard(form)
}

/** The page on which what is wrong can be mended. */
export const pageOfProblems = ({ start }: Form, problems: readonly Problem[]): Page => {
  const isFirst = ({ field }: Problem) =>
    field !== null && (PARTS_ASKED.has(field) || (!isAlone(start) && WHY_ASKED.has(field)))
  return { page: problems.some(isFirst) ? 'what' : 'details', problems, remark: null, line: 0 }
}

const PARTS_ASKED: ReadonlySet<string> = new Set(['', 'cancel', 'reship', 'refund', 'gift_card'])
const WHY_ASKED: ReadonlySet<string> = new Set(['reason', 'reason_text', 'hit'])
