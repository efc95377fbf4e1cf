import { inWords } from '../../../../shared/money.ts'
import type { PanelSection, PanelWidget } from '../../../../shared/panel.ts'
import { input, pick, remark, section, yesNo } from '../../../platform/panel.ts'
import type { Options } from '../planning/options.ts'
import { isYes, textOf } from './fields.ts'
import { chosenOf, type Form, routeOf } from './form.ts'
import { quantityWidgets } from './line-widgets.ts'
import { ownReasonWidget } from './reason-widgets.ts'

const TITLES: Record<string, string> = {
  all: 'Refund everything that is left',
  lines: 'Refund lines',
  lines_shipping: 'Refund lines and shipping',
  shipping: 'Refund shipping',
  amount: 'Refund an amount',
}

type PricedLine = Options['refund']['lines'][number]

export function refundSection(form: Form): PanelSection | null {
  const { fields } = form
  const what = chosenOf(form, 'refund')
  return section(
    TITLES[what] ?? 'Refund',
    ...quantityWidgets<PricedLine>(form, 'refund', ({ each }) => `${inWords(each.presentment)} each`),
    amountWidget(form, what),
    ...routeWidgets(form),
    yesNo('refund.notify', 'Shopify tells the customer', isYes(fields, 'refund.notify') ? 'yes' : 'no'),
    ownReasonWidget(form, 'refund'),
  )
}

function amountWidget({ fields, live, options }: Form, what: string): PanelWidget {
  const { most, shipping } = options.refund
  const limit = inWords(what === 'shipping' ? shipping.most.presentment : most.presentment)
  const label = what === 'amount' ? `Amount in ${live.customerCurrency}` : `Less than that, in ${live.customerCurrency}`
  const hint = what === 'amount' ? `at most ${limit}` : `empty: all of it; at most ${limit}`
  return input('refund.amount', label, textOf(fields, 'refund.amount'), hint)
}

/** Where the money can go, and why not where one would expect it. Who paid by card expects no payout. */
function routeWidgets(form: Form): PanelWidget[] {
  const { fields, options } = form
  const possible = options.refund.routes.filter(({ why }) => why === null)
  return [
    pick(
      'refund.to',
      'Where the money goes',
      possible.map(({ to, label, most }) => ({ value: to, label: `${label}, at most ${inWords(most.presentment)}` })),
      routeOf(form),
    ),
    ...options.refund.routes.flatMap(({ to, why }) => (why === null || to === 'payout' ? [] : [remark(why)])),
    ...(possible.some(({ to }) => to === 'payout')
      ? [
          input('refund.payee_name', 'Payout: who gets it', textOf(fields, 'refund.payee_name'), 'only for a payout'),
          input(
            'refund.payee_account',
            'Payout: account',
            textOf(fields, 'refund.payee_account'),
            'for example an IBAN',
          ),
        ]
      : []),
  ]
}
