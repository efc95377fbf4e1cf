import { inWords } from '../../../../shared/money.ts'
import type { PanelCard, PanelWidget } from '../../../../shared/panel.ts'
import { button, buttons, fact, pick, remark, section, toTicket } from '../../../platform/panel.ts'
import type { Part } from './fields.ts'
import { choicesOf, chosenOf, type Form, turnTo, whyNot } from './form.ts'
import { pageOf } from './headings.ts'
import { reasonWidgets } from './reason-widgets.ts'

/** The first page: why, and which parts. What is not possible is named with its reason instead of being offered. */
export const whatCard = (form: Form): PanelCard =>
  pageOf(form, 'Make it right', [
    section('Why', ...reasonWidgets(form)),
    section(
      'What to do',
      ...cancelWidgets(form),
      ...reshipWidgets(form),
      ...refundWidgets(form),
      ...giftCardWidgets(form),
    ),
    section(null, buttons(button('Next', turnTo(form, 'details'), { filled: true }), toTicket(form.ticketId))),
  ])

const LABELS: Record<Part, string> = {
  cancel: 'Cancel',
  reship: 'Send again',
  refund: 'Refund',
  gift_card: 'Gift card',
}

const offered = (form: Form, part: Part, widgets: () => PanelWidget[]): PanelWidget[] => {
  const why = whyNot(form, part)
  return why === null ? widgets() : [fact(LABELS[part], 'Not possible', why)]
}

const cancelWidgets = (form: Form): PanelWidget[] =>
  offered(form, 'cancel', () => {
    const { why } = form.options.cancel.whole
    const labels = { all: 'The whole order', lines: 'Lines that were not sent' }
    return [choosing(form, 'cancel', labels), ...(why === null ? [] : [remark(why)])]
  })

const reshipWidgets = (form: Form): PanelWidget[] =>
  offered(form, 'reship', () => [choosing(form, 'reship', { yes: 'Yes' })])

const refundWidgets = (form: Form): PanelWidget[] =>
  offered(form, 'refund', () => {
    const { most, shipping } = form.options.refund
    const labels = {
      all: `Everything that is left: ${inWords(most.presentment)}`,
      lines: 'Lines',
      lines_shipping: 'Lines and shipping',
      shipping: `Shipping: ${inWords(shipping.most.presentment)}`,
      amount: 'An amount',
    }
    return [choosing(form, 'refund', labels)]
  })

const giftCardWidgets = (form: Form): PanelWidget[] =>
  offered(form, 'gift_card', () => [choosing(form, 'gift_card', { yes: 'Yes' })])

const choosing = (form: Form, part: Part, labels: Record<string, string>): PanelWidget => {
  const choices = choicesOf(form, part).map((value) => ({ value, label: labels[value] ?? value }))
  return pick(part, LABELS[part], [{ value: 'no', label: 'No' }, ...choices], chosenOf(form, part))
}
