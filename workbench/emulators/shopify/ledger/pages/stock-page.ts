import { type Html, html } from '../../../../host/views/html.ts'
import type { LevelRecord, ProductRecord, VariantRecord } from '../../store/records/goods.ts'
import { money } from '../words.ts'
import { actForm, field } from './forms.ts'
import { table } from './frame.ts'

export interface StockView {
  domain: string
  goods: { product: ProductRecord; variant: VariantRecord; level: LevelRecord | undefined }[]
}

/** What lies on the shelves, what is promised, and what it costs. */
export const stockPage = ({ domain, goods }: StockView): Html => html`
  <section>
    ${table(
      'Stock',
      ['What', 'Number', 'Price', 'Cost', 'On the shelf', 'Promised', 'May be sold', 'Sold'],
      goods.map(({ product, variant, level }) => [
        titleOf(product, variant),
        html`<code>${variant.sku}</code>`,
        money(variant.price),
        variant.unitCost ? money(variant.unitCost) : '',
        level?.onHand ?? 'not counted',
        level?.committed ?? '',
        level && counting(domain, variant, level),
        selling(domain, product),
      ]),
    )}
  </section>`

/** A ware with its choice, where it has one. */
export const titleOf = ({ title }: ProductRecord, variant: VariantRecord) =>
  variant.title === 'Default Title' ? title : `${title}, ${variant.title}`

const selling = (domain: string, { id, status }: ProductRecord) =>
  status === 'ACTIVE'
    ? actForm(domain, { name: 'discontinue', words: 'Take off sale', about: { product: id } })
    : actForm(domain, { name: 'sell-again', words: 'Sell again', about: { product: id } })

const counting = (domain: string, { sku }: VariantRecord, { id, available }: LevelRecord) =>
  actForm(domain, { name: 'stock', words: 'Set', about: { level: id } }, [
    field({ name: 'available', label: `May be sold of ${sku}`, value: String(available), type: 'number' }),
  ])
