import type { SelectionInput } from '../../../apps-script/card-service/json.ts'
import { changeAttributes } from './clicks.ts'
import type { Drawing } from './drawing.ts'
import { picture } from './images.ts'
import { field } from './inputs.ts'
import { html, type Markup } from './markup.ts'

const USUAL_MOST_SELECTED = 3

type Items = NonNullable<SelectionInput['items']>

export function selectionInput(given: SelectionInput, drawing: Drawing): Markup {
  const name = given.name ?? ''
  const entered = drawing.enteredIn(name)
  const items = (given.items ?? []).map((item) => ({
    ...item,
    selected: entered ? entered.includes(item.value ?? '') : item.selected === true,
  }))
  const touched = entered ? 'true' : undefined
  if (given.type === 'DROPDOWN') return field(given.label, dropdown(given, items), drawing.problemOf(name))
  const kind = given.type ?? 'CHECK_BOX'
  const most = kind === 'MULTI_SELECT' ? (given.multiSelectMaxSelectedItems ?? USUAL_MOST_SELECTED) : undefined
  return html`<fieldset class="sd-field sd-choices" data-most=${most}>
    ${given.label ? html`<legend class="sd-label sd-cut">${given.label}</legend>` : null}
    ${items.map((item) => choice(given, item, kind, touched))}
    <span class="sd-problem" role="alert">${drawing.problemOf(name) ?? ''}</span>
  </fieldset>` as Markup
}

function dropdown(given: SelectionInput, items: Items): Markup {
  const options = items.map(
    ({ text, value, selected }) => html`<option value=${value} selected=${selected === true}>${text}</option>`,
  )
  const none = items.some((item) => item.selected) ? null : html`<option value="" selected disabled hidden></option>`
  return html`<select data-field=${given.name} data-kind="DROPDOWN" ...${changeAttributes(given.onChangeAction)}>${none}${options}</select>` as Markup
}

function choice(given: SelectionInput, item: Items[number], kind: string, touched: string | undefined): Markup {
  const look = kind === 'SWITCH' ? 'sd-switch' : kind === 'RADIO_BUTTON' ? 'sd-radio' : 'sd-check'
  return html`<label class="sd-choice">
    <input type=${kind === 'RADIO_BUTTON' ? 'radio' : 'checkbox'} class=${look} name=${given.name} data-field=${given.name} data-kind=${kind}
      value=${item.value} checked=${item.selected === true} data-touched=${touched} ...${changeAttributes(given.onChangeAction)} />
    ${item.startIconUri ? picture(item.startIconUri, '', 'sd-icon') : null}
    <span class="sd-lines"><span class="sd-text sd-cut">${item.text}</span>
      ${item.bottomText ? html`<span class="sd-label">${item.bottomText}</span>` : null}</span>
  </label>` as Markup
}
