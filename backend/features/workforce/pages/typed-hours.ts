import { type Hours, MINUTES_OF_DAY, MOST_HOURS } from '../../../../shared/shifts.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { minutesOf } from '../files/reading-lines.ts'
import { minuteWords } from '../shifts/words.ts'

/** Two times of a row as they stand in fields. */
export type HourFields = { from: string; to: string }

export const hourFieldsOf = (hours: readonly Hours[]): HourFields[] =>
  hours.map(({ from, to }) => ({ from: minuteWords(from), to: minuteWords(to) }))

/** Rows of a form, as they were typed. @param name begins the names of the fields */
export const typedRows = (form: URLSearchParams, name: string): HourFields[] =>
  Array.from({ length: MOST_HOURS }, (_, row) => ({
    from: (form.get(`${name}.${row}.from`) ?? '').trim(),
    to: (form.get(`${name}.${row}.to`) ?? '').trim(),
  })).filter(({ from, to }) => from !== '' || to !== '')

/** Hours that were typed; an end that is not after its begin is of the next day. @throws DeskError invalid_request, which names `where` */
export const hoursIn = (rows: readonly HourFields[], where: string): Hours[] =>
  rows.map((row) => {
    const [from, to] = [minutesOf(row.from), minutesOf(row.to)]
    if (from === null || to === null || from === MINUTES_OF_DAY)
      throw new DeskError(
        'invalid_request',
        `${where}: write when the shift begins and when it ends, like 09:00 and 17:00.`,
      )
    return { from, to: to > from ? to : to + MINUTES_OF_DAY }
  })

/** Rows to type hours into: those that there are, and one more. @param label says of which day they are, for whoever hears it */
export const hourRows = (name: string, label: string, rows: readonly HourFields[]) =>
  Array.from({ length: Math.min(rows.length + 1, MOST_HOURS) }, (_, row) => {
    const shift = row === 0 ? label : `${label}, shift ${row + 1}`
    return html`<div class="row">
      <label>From<input type="time" aria-label=${`${shift}, from`} name=${`${name}.${row}.from`} value=${rows[row]?.from ?? ''} /></label>
      <label>To<input type="time" aria-label=${`${shift}, to`} name=${`${name}.${row}.to`} value=${rows[row]?.to ?? ''} /></label>
    </div>`
  })
