import type { DateTimePicker, TextInput } from '../../../apps-script/card-service/json.ts'
import { callData, changeAttributes } from './clicks.ts'
import type { Drawing } from './drawing.ts'
import { html, type Markup } from './markup.ts'

const INPUT_TYPES: Record<string, string> = { DATE_ONLY: 'date', TIME_ONLY: 'time', DATE_AND_TIME: 'datetime-local' }

export function textInput(given: TextInput, drawing: Drawing): Markup {
  const name = given.name ?? ''
  const entered = drawing.enteredIn(name)
  const value = entered ? (entered[0] ?? '') : (given.value ?? '')
  const suggests = given.initialSuggestions?.items ?? []
  const list = suggests.length > 0 || given.autoCompleteAction ? `sd-list-${name}` : undefined
  const shared = {
    'data-field': name,
    'data-kind': 'text',
    'data-limit': given.validation?.characterLimit ?? undefined,
    'data-input-type': given.validation?.inputType ?? undefined,
    'data-suggest': given.autoCompleteAction ? callData(given.autoCompleteAction) : undefined,
    'aria-label': given.label,
    maxlength: given.validation?.characterLimit ?? undefined,
    ...changeAttributes(given.onChangeAction),
  }
  const multiline = given.type === 'MULTIPLE_LINE' && list === undefined // suggestions make an input single-line
  const control = multiline
    ? html`<textarea rows="3" ...${shared} value=${value}>${value}</textarea>`
    : html`<input type="text" list=${list} value=${value} ...${shared} />`
  const options =
    list && html`<datalist id=${list}>${suggests.map(({ text }) => html`<option value=${text} />`)}</datalist>`
  return field(given.label, html`${control}${options}` as Markup, drawing.problemOf(name), given.hintText)
}

export function dateTimePicker(given: DateTimePicker, drawing: Drawing): Markup {
  const name = given.name ?? ''
  const type = given.type ?? 'DATE_AND_TIME'
  const own = given.valueMsEpoch ? Number(given.valueMsEpoch) : undefined
  const offset = type === 'DATE_AND_TIME' ? (given.timezoneOffsetDate ?? drawing.offsetMinutes) : 0
  const value = written(drawing.millisecondsOf(name) ?? own, type, offset)
  const control =
    html`<input type=${INPUT_TYPES[type]} value=${value} data-field=${name} data-kind=${type} data-offset=${offset}
    aria-label=${given.label ?? name} ...${changeAttributes(given.onChangeAction)} />` as Markup
  return field(given.label, control, drawing.problemOf(name))
}

export function field(
  label: string | null | undefined,
  control: Markup,
  problem?: string,
  hint?: string | null,
): Markup {
  return html`<label class="sd-field">
    ${label ? html`<span class="sd-label sd-cut">${label}</span>` : null}${control}
    ${hint ? html`<span class="sd-label sd-hint">${hint}</span>` : null}
    <span class="sd-problem" role="alert">${problem ?? ''}</span>
  </label>` as Markup
}

/** Milliseconds as the browser's inputs write them: 2026-11-21, 09:30 or both. */
function written(milliseconds: number | undefined, type: string, offsetMinutes: number): string {
  if (milliseconds === undefined) return ''
  const text = new Date(milliseconds + offsetMinutes * 60_000).toISOString()
  if (type === 'DATE_ONLY') return text.slice(0, 10)
  return type === 'TIME_ONLY' ? text.slice(11, 16) : text.slice(0, 16)
}
