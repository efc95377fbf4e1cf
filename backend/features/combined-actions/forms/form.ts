import type { ActionStart, DraftPage, ReasonCode } from '../../../../shared/combined-actions.ts'
import type { PanelPress } from '../../../../shared/panel.ts'
import type { Goods, LiveOrder } from '../planning/live-order.ts'
import type { Options } from '../planning/options.ts'
import { type Fields, lineField, type Part, type PartWithLines, textOf, variantField } from './fields.ts'

/** Something wrong with a form, in words that say what to do. */
export type Problem = { field: string | null; message: string }

/** All that a page of the form is drawn from. */
export type Form = {
  draftId: string
  ticketId: string
  start: ActionStart
  fields: Fields
  live: LiveOrder
  options: Options
  /** Those that can be chosen, in their order. */
  reasons: readonly ReasonCode[]
  problems: readonly Problem[]
  /** Something else to say above the page; null for nothing. */
  remark: string | null
  /** Where the page of lines starts. */
  line: number
  /** What can be sent instead of a line, by the id of the line; asked for when somebody wants to. */
  substitutes: Record<string, readonly Goods[]>
  /** New for every drawing: the beginning of the keys of its presses. */
  key: string
}

/** A part that was begun alone is asked why on the page of its details. */
export const isAlone = (start: ActionStart): boolean => ['refund', 'gift_card', 'reship', 'cancel'].includes(start)

/** A press that keeps what was typed and turns to a page. @param line where its lines start */
export const turnTo = ({ draftId, ticketId, key }: Form, page: DraftPage, line = 0): PanelPress => ({
  kind: 'call',
  method: 'PUT',
  path: `/v1/tickets/${ticketId}/action-drafts/${draftId}/pages/${page}${line > 0 ? `?line=${line}` : ''}`,
  key: `${key}-${page}-${line}`,
  lay: 'update',
})

/** Confirms what is on the card and nothing else. @param review the id of its plan */
export const confirming = ({ draftId, ticketId, key }: Form, review: string): PanelPress => ({
  kind: 'call',
  method: 'POST',
  path: `/v1/tickets/${ticketId}/action-drafts/${draftId}/confirmation?review=${review}`,
  key: `${key}-confirm`,
  lay: 'update',
})

/** Why a part cannot be done with this order; null when it can. */
export const whyNot = ({ options }: Pick<Form, 'options'>, part: Part): string | null =>
  ({
    cancel: options.cancel.why,
    reship: options.reship.why,
    refund: options.refund.why,
    gift_card: options.giftCard.why,
  })[part]

/** What can be chosen of a part, beside not doing it. */
export function choicesOf({ options }: Pick<Form, 'options'>, part: Part): string[] {
  const { cancel, refund } = options
  if (part === 'cancel')
    return [...(cancel.whole.why === null ? ['all'] : []), ...(cancel.lines.length > 0 ? ['lines'] : [])]
  if (part !== 'refund') return ['yes']
  const someLines = refund.lines.length > 0
  const someShipping = refund.shipping.why === null
  return [
    'all',
    ...(someLines ? ['lines'] : []),
    ...(someLines && someShipping ? ['lines_shipping'] : []),
    ...(someShipping ? ['shipping'] : []),
    'amount',
  ]
}

/** What was chosen of a part; `no` for what the order does not allow, or does not allow any more. */
export function chosenOf(form: Pick<Form, 'fields' | 'options'>, part: Part): string {
  const chosen = textOf(form.fields, part)
  return whyNot(form, part) === null && choicesOf(form, part).includes(chosen) ? chosen : 'no'
}

export const isWanted = (form: Pick<Form, 'fields' | 'options'>, part: Part): boolean => chosenOf(form, part) !== 'no'

/** Where the money goes: as chosen, while the order allows it. */
export function routeOf({ fields, options }: Pick<Form, 'fields' | 'options'>): string {
  const possible = options.refund.routes.filter(({ why }) => why === null).map(({ to }): string => to)
  const chosen = textOf(fields, 'refund.to')
  return possible.includes(chosen) ? chosen : (possible[0] ?? 'original')
}

/** How goods are sent: as chosen or typed; only what Shopify offers, where it says so. */
export function methodOf({ fields, options }: Pick<Form, 'fields' | 'options'>): string {
  const offered = options.reship.methods.map(({ title }) => title)
  const chosen = textOf(fields, 'reship.method')
  return offered.length === 0 || offered.includes(chosen) ? chosen : (offered[0] ?? '')
}

export type CountedLine = { lineId: string; title: string; most: number; why: string | null }

export const linesOf = ({ options }: Pick<Form, 'options'>, part: PartWithLines): readonly CountedLine[] =>
  ({ cancel: options.cancel.lines, reship: options.reship.lines, refund: options.refund.lines })[part]

/** Whether a part asks for quantities line by line. */
export const countsLines = (form: Pick<Form, 'fields' | 'options'>, part: PartWithLines): boolean =>
  isWanted(form, part) && (part === 'reship' || chosenOf(form, part).startsWith('lines'))

/** What was typed for a line; before that, all of what was hit, and of a reship all there is. */
export function quantityTyped(form: Pick<Form, 'fields'>, part: PartWithLines, line: CountedLine): string {
  const { fields } = form
  const name = lineField(part, line.lineId)
  if (fields[name] !== undefined) return textOf(fields, name)
  if (line.why !== null && variantTyped(fields, line.lineId) === null) return '0'
  const hit = hitLines(fields)
  const meant = hit.length > 0 ? hit.includes(line.lineId) : part === 'reship'
  return String(meant ? line.most : 0)
}

/** The variant that is sent instead; null for the same again. */
export function variantTyped(fields: Fields, lineId: string): string | null {
  const chosen = textOf(fields, variantField(lineId))
  return chosen === '' || chosen === 'same' ? null : chosen
}

export const hitLines = (fields: Fields): string[] => (fields['hit'] ?? []).filter((id) => id !== 'none')
