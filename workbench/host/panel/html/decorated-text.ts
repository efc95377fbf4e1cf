import type { DecoratedText, SwitchControl } from '../../../apps-script/card-service/json.ts'
import { button } from './buttons.ts'
import { changeAttributes, clickAttributes } from './clicks.ts'
import type { Drawing } from './drawing.ts'
import { icon } from './images.ts'
import { html, inner, type Markup } from './markup.ts'
import { formattedText } from './text.ts'

/** Labels are plain text; the top one and unwrapped text are cut with "…" as on Google. */
export function decoratedText(given: DecoratedText, drawing: Drawing): Markup {
  const { topLabel, bottomLabel, wrapText, onClick } = given
  const lines = html`<span class="sd-lines">
    ${topLabel ? html`<span class="sd-label sd-cut" title=${topLabel}>${topLabel}</span>` : null}
    <span class=${wrapText ? 'sd-text' : 'sd-text sd-cut'} dangerouslySetInnerHTML=${inner(formattedText(given.text ?? ''))}></span>
    ${bottomLabel ? html`<span class="sd-label">${bottomLabel}</span>` : null}
  </span>` as Markup
  const body = html`${icon(given.startIcon)}${lines}` as Markup
  const main = onClick
    ? html`<span class="sd-row-main sd-clickable" role="button" tabindex="0" ...${clickAttributes(onClick)}>${body}</span>`
    : html`<span class="sd-row-main">${body}</span>`
  const end = given.button
    ? button(given.button)
    : given.switchControl
      ? switchOf(given.switchControl, drawing)
      : icon(given.endIcon)
  return html`<div class="sd-row">${main}${end}</div>` as Markup
}

function switchOf(control: SwitchControl, { enteredIn }: Drawing): Markup {
  const name = control.name ?? ''
  const entered = enteredIn(name)
  const checked = entered ? entered.includes(control.value ?? '') : control.selected === true
  const look = control.controlType === 'CHECK_BOX' ? 'sd-check' : 'sd-switch'
  return html`<input type="checkbox" class=${look} data-field=${name} data-kind="switch" value=${control.value ?? ''} checked=${checked}
    data-touched=${entered ? 'true' : undefined} aria-label=${name} ...${changeAttributes(control.onChangeAction)} />` as Markup
}
