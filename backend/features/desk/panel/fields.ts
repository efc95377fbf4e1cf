import type { PanelWidget } from '../../../../shared/panel.ts'
import { html } from '../../../platform/html.ts'
import { actField, pressValue } from '../pressing/form-press.ts'
import { timedText } from './clock.ts'
import type { InSection } from './scene.ts'

type Of<K extends PanelWidget['kind']> = Extract<PanelWidget, { kind: K }>

/** What a field held when it was drawn: what differs was typed. */
const wasField = (name: string, value: string) =>
  value !== '' && html`<input type="hidden" name=${`was.${name}`} value=${value} />`

const ROWS = 5

export function inputView({ name, label, value, hint, lines }: Of<'input'>, { typed }: InSection) {
  const shown = typed[name]?.[0] ?? value
  return html`${wasField(name, value)}<label>${label}${hint && html`<small>${hint}</small>`}${
    lines ? html`<textarea name=${name} rows=${ROWS}>${shown}</textarea>` : html`<input name=${name} value=${shown} />`
  }</label>`
}

/** A drop-down that acts has a button of its own: without a script a choice does nothing by itself. */
export function pickView({ name, label, choices, press }: Of<'pick'>, { typed, clock, apart }: InSection) {
  const own = choices.find(({ chosen }) => chosen)?.value ?? ''
  const wanted = typed[name]?.[0]
  const chosen = choices.some(({ value }) => value === wanted) ? wanted : own
  const acts = press !== null && (press.kind === 'call' || press.kind === 'change') ? press : null
  return html`${wasField(name, own)}<div class=${acts ? 'acts' : null}>
    <label>${label}<select name=${name}>${choices.map(
      (choice) =>
        html`<option value=${choice.value} selected=${choice.value === chosen}>${timedText(choice.label, clock)}</option>`,
    )}</select></label>
    ${
      acts &&
      html`<input type="hidden" name=${actField(name)} value=${pressValue(acts, { own: apart ? [name] : null })} />
        <button class="second" name="press" value=${actField(name)}>Set<span class="sr"> ${label}</span></button>`
    }
  </div>`
}

export function checkView({ name, label, choices }: Of<'check'>, { typed, clock }: InSection) {
  const own = choices.flatMap(({ value, chosen }) => (chosen ? [value] : []))
  const ticked = typed[name] ?? own
  return html`${wasField(name, own.join())}<fieldset><legend>${label}</legend>${choices.map(
    (choice) =>
      html`<label><input type="checkbox" name=${name} value=${choice.value} checked=${ticked.includes(choice.value)} /> ${timedText(choice.label, clock)}</label>`,
  )}</fieldset>`
}

export const dateView = ({ name, label, value }: Of<'date'>, { typed }: InSection) =>
  html`${wasField(name, value ?? '')}<label>${label}<input type="date" name=${name} value=${typed[name]?.[0] ?? value ?? ''} /></label>`
