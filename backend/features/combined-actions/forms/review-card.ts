import { inWords } from '../../../../shared/money.ts'
import type { PanelCard, PanelWidget } from '../../../../shared/panel.ts'
import { button, buttons, fact, plain, remark, section, toTicket, warning } from '../../../platform/panel.ts'
import type { Plan, PlannedStep } from '../plan.ts'
import { confirming, type Form, turnTo } from './form.ts'
import { pageOf } from './headings.ts'

/** What confirming will do, as far as it was planned. */
export type Review = {
  plan: Plan
  remarks: readonly string[]
  /** Why a second person must agree, in words without a full stop; empty when nobody must. */
  causes: readonly string[]
  compensation: string
  undoSeconds: number
}

/** The third page: every step in plain words, what it costs, what the customer will get. */
export const reviewCard = (form: Form, review: Review): PanelCard =>
  pageOf(form, 'Review', [
    section(
      null,
      ...review.remarks.map(warning),
      ...(review.causes.length > 0
        ? [warning(`A supervisor must agree before anything leaves: ${review.causes.join('; ')}.`)]
        : []),
    ),
    section('What will happen', ...review.plan.steps.flatMap(stepWidgets), remark(whenWords(form, review))),
    section('The customer will get', plain(told(review.plan))),
    section('Given back', plain(review.compensation)),
    section(
      null,
      buttons(
        button(review.causes.length > 0 ? 'Ask for approval' : 'Confirm', confirming(form, review.plan.actionId), {
          filled: true,
        }),
        button('Change', turnTo(form, 'details')),
        toTicket(form.ticketId, 'Cancel'),
      ),
    ),
  ])

const LABELS: Record<PlannedStep['kind'], string> = {
  hold: 'At once',
  reship: 'Send again',
  refund: 'Refund',
  cancel: 'Cancel',
  gift_card: 'Gift card',
  tag: 'In Shopify',
  release: 'At the end',
}

const stepWidgets = (step: PlannedStep): PanelWidget[] => [fact(LABELS[step.kind], step.words, amountsOf(step))]

/** `£10.00 · SEK 130.00 for the customer`; nothing where no money moves. */
function amountsOf({ kind, amount, customerAmount, tax }: PlannedStep): string | null {
  if (amount === null) return null
  const abroad = customerAmount !== null && customerAmount.currency !== amount.currency
  return [
    kind === 'reship' ? `worth ${inWords(amount)}` : inWords(amount),
    abroad ? `${inWords(customerAmount)} for the customer` : '',
    tax !== null && tax.minor > 0 ? `with ${inWords(tax)} tax` : '',
  ]
    .filter((part) => part !== '')
    .join(' · ')
}

function whenWords({ live }: Form, { plan, causes, undoSeconds }: Review): string {
  const moves = plan.steps.some(({ amount }) => amount !== null)
  if (causes.length > 0) return `Nothing of this leaves ${live.shop.name} before somebody has agreed.`
  if (!moves || undoSeconds === 0) return 'It begins as soon as you confirm.'
  return `After you confirm, it can be taken back for ${undoSeconds} seconds.`
}

const told = ({ notices }: Plan): string =>
  notices.length > 0 ? notices.join('\n') : 'Nothing from Shopify. Only your own answer tells them.'
