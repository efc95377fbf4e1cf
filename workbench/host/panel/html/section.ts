import type { Section, Widget } from '../../../apps-script/card-service/json.ts'
import { buttonList } from './buttons.ts'
import { clickAttributes } from './clicks.ts'
import { decoratedText } from './decorated-text.ts'
import type { Drawing } from './drawing.ts'
import { grid } from './grid.ts'
import { picture } from './images.ts'
import { dateTimePicker, textInput } from './inputs.ts'
import { html, inner, type Markup } from './markup.ts'
import { selectionInput } from './selection-input.ts'
import { formattedText } from './text.ts'

export function section(given: Section, drawing: Drawing): Markup {
  const widgets = given.widgets ?? []
  const always = given.collapsible ? (given.uncollapsibleWidgetsCount ?? 0) : widgets.length
  const shown = widgets.slice(0, always).map((each) => widget(each, drawing))
  const folded = widgets.slice(always).map((each) => widget(each, drawing))
  return html`<section class="sd-section">
    ${given.header ? html`<h3 class="sd-section-header" dangerouslySetInnerHTML=${inner(formattedText(given.header))}></h3>` : null}
    ${shown}
    ${folded.length > 0 ? html`<details class="sd-fold"><summary aria-label="Show more"></summary>${folded}</details>` : null}
  </section>` as Markup
}

/** A widget the side panel does not draw (columns, chips, carousels) takes no place at all. */
function widget(given: Widget, drawing: Drawing): Markup {
  const drawn = draw(given, drawing)
  return drawn && (html`<div class="sd-widget">${drawn}</div>` as Markup)
}

function draw(given: Widget, drawing: Drawing): Markup {
  if (given.textParagraph)
    return html`<div class="sd-text" dangerouslySetInnerHTML=${inner(formattedText(given.textParagraph.text ?? ''))}></div>` as Markup
  if (given.decoratedText) return decoratedText(given.decoratedText, drawing)
  if (given.buttonList) return buttonList(given.buttonList.buttons ?? [])
  if (given.textInput) return textInput(given.textInput, drawing)
  if (given.selectionInput) return selectionInput(given.selectionInput, drawing)
  if (given.dateTimePicker) return dateTimePicker(given.dateTimePicker, drawing)
  if (given.grid) return grid(given.grid)
  if (given.divider) return html`<hr class="sd-divider" />` as Markup
  if (!given.image) return null
  const drawn = picture(given.image.imageUrl ?? '', given.image.altText ?? '', 'sd-image', { data: true })
  return given.image.onClick
    ? (html`<span role="button" tabindex="0" class="sd-clickable" ...${clickAttributes(given.image.onClick)}>${drawn}</span>` as Markup)
    : drawn
}
