import { inWords } from '../../../../shared/money.ts'
import type { PanelCard, PanelSection } from '../../../../shared/panel.ts'
import { button, buttons, day, input, longInput, remark, section, yesNo } from '../../../platform/panel.ts'
import { isYes, textOf } from './fields.ts'
import { chosenOf, type Form, isAlone, isWanted, turnTo } from './form.ts'
import { pageOf } from './headings.ts'
import { linePager, quantityWidgets } from './line-widgets.ts'
import { ownReasonWidget, reasonWidgets } from './reason-widgets.ts'
import { refundSection } from './refund-section.ts'
import { reshipSection } from './reship-section.ts'

/** The second page: how much, where to, who is told; the limit stands beside each field. */
export const detailsCard = (form: Form): PanelCard =>
  pageOf(form, 'Details', [
    isAlone(form.start) ? section('Why', ...reasonWidgets(form)) : null,
    section(null, ...linePager(form)),
    isWanted(form, 'cancel') ? cancelSection(form) : null,
    isWanted(form, 'reship') ? reshipSection(form) : null,
    isWanted(form, 'refund') ? refundSection(form) : null,
    isWanted(form, 'gift_card') ? giftCardSection(form) : null,
    section(
      null,
      buttons(button('Review', turnTo(form, 'review'), { filled: true }), button('Other parts', turnTo(form, 'what'))),
    ),
  ])

const cancelSection = (form: Form): PanelSection | null => {
  const { fields } = form
  const whole = chosenOf(form, 'cancel') === 'all'
  return section(
    whole ? 'Cancel the whole order' : 'Cancel lines',
    ...quantityWidgets(form, 'cancel', () => 'not sent yet'),
    yesNo('cancel.restock', 'Put the goods back into stock', isYes(fields, 'cancel.restock') ? 'yes' : 'no'),
    yesNo('cancel.notify', 'Shopify tells the customer', isYes(fields, 'cancel.notify') ? 'yes' : 'no'),
    ownReasonWidget(form, 'cancel'),
    remark('Cancelling moves no money. What was paid goes back with a refund.'),
  )
}

const giftCardSection = (form: Form): PanelSection | null => {
  const { fields, options, live } = form
  const { most, currency } = options.giftCard
  return section(
    'Gift card',
    input(
      'gift_card.amount',
      `Amount in ${currency}`,
      textOf(fields, 'gift_card.amount'),
      most === null ? '' : `at most ${inWords(most)}`,
    ),
    day('gift_card.expires', 'Good until (empty: for ever)', textOf(fields, 'gift_card.expires')),
    longInput(
      'gift_card.message',
      'Words to the customer',
      textOf(fields, 'gift_card.message'),
      'at most 200 characters',
    ),
    yesNo(
      'gift_card.notify',
      `Shopify sends it to ${live.customer.cardsTo ?? 'the customer'}`,
      isYes(fields, 'gift_card.notify') ? 'yes' : 'no',
    ),
    ownReasonWidget(form, 'gift_card'),
  )
}
