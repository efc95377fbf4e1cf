import { type BreakKind, WORK_WORD } from '../../../../shared/workforce.ts'
import { html } from '../../../platform/html.ts'
import { formToken, type Visit } from '../../settings/index.ts'
import type { TimeFields } from './typed-times.ts'

type Shown = {
  /** Where the form goes. */
  path: string
  fields: TimeFields
  /** Of what is corrected, as whoever types has seen it; null for times that are added. */
  version: string | null
  kinds: readonly BreakKind[]
  day: string
  button: string
}

/** Times of work with their breaks, to be corrected or added; the last row is for one more break. */
export const timesForm = (
  visit: Pick<Visit, 'formToken'>,
  { path, fields, version, kinds, day, button }: Shown,
) => html`
  <form method="post" action=${path}>
    ${formToken(visit)}<input type="hidden" name="day" value=${day} />
    ${version !== null && html`<input type="hidden" name="version" value=${version} />`}
    ${timeField('start', 'Begin', fields)}
    ${timeField('end', 'End', fields, version === null ? '' : 'empty while it goes on')}
    ${Array.from({ length: rowCount(fields) }, (_, row) => breakFields(row, fields, kinds))}
    <label>Why<small>they read it beside their times</small><textarea name="word" maxlength=${WORK_WORD} required>${fields['word'] ?? ''}</textarea></label>
    <button class="second">${button}</button>
  </form>`

const rowCount = (fields: TimeFields): number => {
  const filled = Object.keys(fields).filter((name) => /^break\.\d+\.start$/.test(name) && fields[name] !== '')
  return Math.max(0, ...filled.map((name) => Number(name.split('.')[1]) + 1)) + 1
}

const timeField = (name: string, label: string, fields: TimeFields, hint = '') => html`
  <label>${label}${hint && html`<small>${hint}</small>`}<input type="datetime-local" name=${name} value=${fields[name] ?? ''} /></label>`

const breakFields = (row: number, fields: TimeFields, kinds: readonly BreakKind[]) => {
  const field = (name: string) => fields[`break.${row}.${name}`] ?? ''
  return html`<fieldset><legend>Break ${row + 1}</legend>
    <input type="hidden" name=${`break.${row}.id`} value=${field('id')} />
    <label>Kind<select name=${`break.${row}.kind`}>${kinds.map(
      ({ id, label }) => html`<option value=${id} selected=${id === field('kind')}>${label}</option>`,
    )}</select></label>
    ${timeField(`break.${row}.start`, 'From', fields, 'both times empty take it out')}
    ${timeField(`break.${row}.end`, 'To', fields)}
  </fieldset>`
}
