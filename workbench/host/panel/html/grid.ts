import type { Grid, GridItem } from '../../../apps-script/card-service/json.ts'
import { GRID_ITEM } from '../card-form.ts'
import { clickAttributes } from './clicks.ts'
import { picture } from './images.ts'
import { html, type Markup } from './markup.ts'

export function grid(given: Grid): Markup {
  const columns = Math.min(given.columnCount ?? 1, 2)
  const border = given.borderStyle?.type === 'STROKE' ? 'sd-stroked' : ''
  return html`<div>
    ${given.title ? html`<div class="sd-label">${given.title}</div>` : null}
    <div class="sd-grid sd-columns-${columns}">${(given.items ?? []).map((item) => cell(given, item, border))}</div>
  </div>` as Markup
}

function cell({ onClick }: Grid, item: GridItem, border: string): Markup {
  const attributes = clickAttributes(onClick, item.id ? { [GRID_ITEM]: item.id } : {})
  const image = item.image?.imageUri
    ? picture(
        item.image.imageUri,
        item.image.altText ?? '',
        `sd-grid-image ${item.image.cropStyle?.type === 'CIRCLE' ? 'sd-round' : ''}`,
      )
    : null
  const words = html`<span class="sd-lines"><span class="sd-text sd-cut">${item.title}</span><span class="sd-label sd-cut">${item.subtitle}</span></span>`
  const above = item.layout === 'TEXT_ABOVE'
  const clickable = onClick ? { role: 'button', tabindex: '0' } : {}
  return html`<div class="sd-cell ${border} ${onClick ? 'sd-clickable' : ''}" ...${clickable} ...${attributes}>
    ${above ? html`${words}${image}` : html`${image}${words}`}
  </div>` as Markup
}
