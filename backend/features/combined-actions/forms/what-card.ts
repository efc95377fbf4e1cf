import { inWords } from '../../../../shared/money.ts'
import type { PanelCard, PanelWidget } from '../../../../shared/panel.ts'
import { isYes, type Part, textOf } from './fields.ts'
import { type Form, turnTo, whyNot } from './form.ts'
import { pageOf } from './headings.ts'
import { reasonWidgets } from './reason-widgets.ts'
import { button, buttons, type Choice, fact, pick, remark, section, toTicket, yesNo } from './widgets.ts'

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
    const { whole, lines } = form.options.cancel
    const choices = [
      { value: 'no', label: 'No' },
      ...(whole.why === null ? [{ value: 'all', label: 'The whole order' }] : []),
      ...(lines.length > 0 ? [{ value: 'lines', label: 'Lines that were not sent' }] : []),
    ]
    return [choosing(form, 'cancel', choices), ...(whole.why === null ? [] : [remark(whole.why)])]
  })

const reshipWidgets = (form: Form): PanelWidget[] =>
  offered(form, 'reship', () => [yesNo('reship', LABELS.reship, isYes(form.fields, 'reship') ? 'yes' : 'no')])

const refundWidgets = (form: Form): PanelWidget[] =>
  offered(form, 'refund', () => {
    const { most, shipping, lines } = form.options.refund
    const someShipping = shipping.why === null
    const choices = [
      { value: 'no', label: 'No' },
      { value: 'all', label: `Everything that is left: ${inWords(most.presentment)}` },
      ...(lines.length > 0 ? [{ value: 'lines', label: 'Lines' }] : []),
      ...(lines.length > 0 && someShipping ? [{ value: 'lines_shipping', label: 'Lines and shipping' }] : []),
      ...(someShipping ? [{ value: 'shipping', label: `Shipping: ${inWords(shipping.most.presentment)}` }] : []),
      { value: 'amount', label: 'An amount' },
    ]
    return [choosing(form, 'refund', choices)]
  })

const giftCardWidgets = (form: Form): PanelWidget[] =>
  offered(form, 'gift_card', () => [
    yesNo('gift_card', LABELS.gift_card, isYes(form.fields, 'gift_card') ? 'yes' : 'no'),
  ])

const choosing = ({ fields }: Form, part: Part, choices: Choice[]): PanelWidget => {
  const chosen = textOf(fields, part)
  return pick(part, LABELS[part], choices, choices.some(({ value }) => value === chosen) ? chosen : 'no')
}
