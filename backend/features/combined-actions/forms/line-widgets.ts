import type { PanelWidget } from '../../../../shared/panel.ts'
import { button, buttons, input, pick, remark } from '../../../platform/panel.ts'
import { lineField, PARTS, type PartWithLines } from './fields.ts'
import { type CountedLine, countsLines, type Form, linesOf, quantityTyped, turnTo } from './form.ts'

/** A card has a hundred widgets; this many are left for lines. */
const ROOM = 45
/** A longer drop-down is slower than typing. */
const LONGEST_PICK = 12

const COUNTED: readonly PartWithLines[] = ['cancel', 'reship', 'refund']

/** How many lines of each part a page has room for. */
export function linesAtOnce(form: Form): number {
  const parts = COUNTED.filter((part) => countsLines(form, part)).length
  return Math.floor(ROOM / Math.max(1, parts))
}

/** How many of each line, as far as this page of lines goes. @param beside what else is known of a line: a price, a stock */
export function quantityWidgets<L extends CountedLine>(
  form: Form,
  part: PartWithLines,
  beside: (line: L) => string,
): PanelWidget[] {
  if (!countsLines(form, part)) return []
  const lines = linesOf(form, part).slice(form.line, form.line + linesAtOnce(form)) as L[]
  return lines.map((line) => quantityWidget(form, part, line, beside(line)))
}

function quantityWidget(form: Form, part: PartWithLines, line: CountedLine, beside: string): PanelWidget {
  const typed = quantityTyped(form, part, line)
  if (line.why !== null && typed === '0') return remark(line.why)
  const name = lineField(part, line.lineId)
  if (line.most > LONGEST_PICK || !/^\d{1,2}$/.test(typed) || Number(typed) > line.most)
    return input(name, line.title, typed, `0 to ${line.most}${beside === '' ? '' : `, ${beside}`}`)
  const choices = Array.from({ length: line.most + 1 }, (_, count) => ({
    value: String(count),
    label: `${count} of ${line.most}`,
  }))
  return pick(name, [line.title, beside].filter((word) => word !== '').join(' · '), choices, typed)
}

/** Where the other lines are; nothing when all are here. */
export function linePager(form: Form): PanelWidget[] {
  const counted = PARTS.filter((part): part is PartWithLines => part !== 'gift_card' && countsLines(form, part))
  const all = Math.max(0, ...counted.map((part) => linesOf(form, part).length))
  const atOnce = linesAtOnce(form)
  if (all <= atOnce) return []
  const last = Math.min(all, form.line + atOnce)
  return [
    remark(`Lines ${form.line + 1} to ${last} of ${all}. What you typed on the other pages counts, too.`),
    buttons(
      button('Earlier lines', turnTo(form, 'details', Math.max(0, form.line - atOnce)), {
        off: form.line === 0 ? 'These are the first lines.' : null,
      }),
      button('More lines', turnTo(form, 'details', form.line + atOnce), {
        off: last === all ? 'These are the last lines.' : null,
      }),
    ),
  ]
}
