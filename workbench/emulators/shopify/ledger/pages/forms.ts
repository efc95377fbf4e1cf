import { type Html, html } from '../../../../host/views/html.ts'
import { ledgerOf } from './frame.ts'

export interface Act {
  name: string
  /** What the button says. */
  words: string
  /** What the form sends without asking. */
  about?: Record<string, string>
  danger?: true
}

/** One act of the warehouse, the bank or the owner: fields and a button, or a button alone. */
export const actForm = (domain: string, { name, words, about = {}, danger }: Act, fields: Html[] = []): Html => html`
  <form class=${fields.length > 0 ? 'act' : 'act bare'} method="post" action=${`${ledgerOf(domain)}/acts/${name}`}>
    ${Object.entries(about).map(([key, value]) => html`<input type="hidden" name=${key} value=${value} />`)}
    ${fields}
    <button type="submit" class=${danger ? 'danger' : 'primary'}>${words}</button>
  </form>`

interface Field {
  name: string
  label: string
  value?: string
  hint?: string
  type?: 'text' | 'number'
  min?: number
  max?: number
  optional?: true
}

export const field = ({ name, label, value = '', hint, type = 'text', min, max, optional }: Field): Html => html`
  <label>${label}<input name=${name} type=${type} value=${value} placeholder=${hint} min=${min} max=${max} required=${!optional} autocomplete="off" /></label>`

interface Option {
  value: string
  words: string
  selected?: boolean
}

export const choice = (name: string, label: string, options: readonly Option[]): Html => html`
  <label>${label}<select name=${name}>${options.map(({ value, words, selected }) => html`<option value=${value} selected=${selected}>${words}</option>`)}</select></label>`

export const group = (title: string, forms: (Html | false | null | undefined)[]): Html | null => {
  const shown = forms.filter((form) => form !== false && form !== null && form !== undefined)
  return shown.length === 0 ? null : html`<section class="acts" aria-label=${title}><h2>${title}</h2>${shown}</section>`
}
