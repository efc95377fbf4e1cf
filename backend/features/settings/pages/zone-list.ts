import { html } from '../../../platform/html.ts'
import { TIME_ZONES } from '../../../platform/zones.ts'

/** What a field of a time zone offers while somebody types: the field names it by `list="zones"`. */
export const zoneList = () =>
  html`<datalist id="zones">${TIME_ZONES.map((zone) => html`<option value=${zone} />`)}</datalist>`
