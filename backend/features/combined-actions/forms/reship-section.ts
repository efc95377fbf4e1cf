import { inWords } from '../../../../shared/money.ts'
import type { PanelSection, PanelWidget } from '../../../../shared/panel.ts'
import { input, pick, remark, section, yesNo } from '../../../platform/panel.ts'
import type { Goods } from '../planning/live-order.ts'
import type { Options } from '../planning/options.ts'
import { isYes, textOf, variantField } from './fields.ts'
import { ADDRESS_FIELDS, addressField } from './filling.ts'
import { type Form, linesOf, methodOf, turnTo, variantTyped } from './form.ts'
import { quantityWidgets } from './line-widgets.ts'
import { ownReasonWidget } from './reason-widgets.ts'

type StockedLine = Options['reship']['lines'][number]

const MOST_CHOICES = 99
/** A card has a hundred widgets. What was chosen for other lines stays chosen. */
const MOST_SWAPS = 8

export function reshipSection(form: Form): PanelSection | null {
  const { fields, options } = form
  return section(
    'Send again',
    ...quantityWidgets<StockedLine>(form, 'reship', ({ available }) => stockWords(available)),
    ...substituteWidgets(form),
    ...ADDRESS_FIELDS.map(([part, label]) =>
      input(
        addressField(part),
        label,
        textOf(fields, addressField(part)),
        part === 'country' ? countryHint(options) : '',
      ),
    ),
    methodWidget(form),
    pick(
      'reship.pays',
      'Who pays for the sending',
      [
        { value: 'shop', label: 'The shop' },
        { value: 'customer', label: 'The customer' },
      ],
      textOf(fields, 'reship.pays') || 'shop',
    ),
    input(
      'reship.fee',
      `What the customer pays, in ${form.live.shop.currency}`,
      textOf(fields, 'reship.fee'),
      'only when the customer pays the sending',
    ),
    yesNo('reship.notify', 'Shopify tells the customer', isYes(fields, 'reship.notify') ? 'yes' : 'no'),
    ownReasonWidget(form, 'reship'),
  )
}

/** What Shopify offers for these goods to this address, with what it costs; typed where it does not say. */
function methodWidget(form: Form): PanelWidget {
  const { methods } = form.options.reship
  const chosen = methodOf(form)
  if (methods.length === 0) return input('reship.method', 'Shipping method', chosen)
  const choices = methods.map(({ title, price }) => ({ value: title, label: `${title}, ${inWords(price)}` }))
  return pick('reship.method', 'Shipping method', choices, chosen)
}

const stockWords = (available: number | null): string =>
  available === null ? 'stock not counted' : `${available} in stock`

const countryHint = ({ reship: { countries } }: Options): string =>
  countries.length === 0 || countries.length > 12
    ? 'two letters, for example GB'
    : `two letters: ${countries.join(', ')}`

/** Something else instead of a line: choosing the line asks the shop for what there is. */
function substituteWidgets(form: Form): PanelWidget[] {
  const lines = linesOf(form, 'reship')
  const choices = [
    { value: 'none', label: 'Nothing: the same again' },
    ...lines.map(({ lineId, title }) => ({ value: lineId, label: title })),
  ].slice(0, MOST_CHOICES)
  const asked = textOf(form.fields, 'reship.swap') || 'none'
  const swap = pick('reship.swap', 'Send something else instead of', choices, asked)
  const shown = new Set([asked, ...Object.keys(form.substitutes).reverse()].slice(0, MOST_SWAPS))
  const asking = swap.kind === 'pick' ? { ...swap, press: turnTo(form, 'details', form.line) } : swap
  return [
    asking,
    ...lines.flatMap((line) => {
      const goods = form.substitutes[line.lineId]
      return goods && shown.has(line.lineId) ? variantWidgets(form, line.lineId, line.title, goods) : []
    }),
  ]
}

function variantWidgets(form: Form, lineId: string, title: string, goods: readonly Goods[]): PanelWidget[] {
  const choices = goods
    .filter(({ forSale, available, oversold }) => forSale && (oversold || available === null || available > 0))
    .map((one) => ({
      value: one.variantId,
      label: `${one.title}, ${inWords(one.price)}, ${stockWords(one.available)}`,
    }))
  if (choices.length === 0) return [remark(`There is nothing to send instead of ${title}.`)]
  const chosen = variantTyped(form.fields, lineId) ?? 'same'
  return [
    pick(
      variantField(lineId),
      `Instead of ${title}`,
      [{ value: 'same', label: 'The same again' }, ...choices].slice(0, MOST_CHOICES),
      chosen,
    ),
  ]
}
