import { html } from '../../../platform/html.ts'
import { formToken, isFilledIn, type Visit } from '../../settings/index.ts'
import { CARD } from '../paths.ts'

/** Longer texts are shown, so that they can be made shorter. */
const WORTH_SHOWING = 30

/** What could not be done, to be tried again with everything that was typed. */
export const retryView = (visit: Pick<Visit, 'formToken' | 'form'>, problem: string) => html`
  <h1>This did not work</h1>
  <p class="bad" role="alert">${problem}</p>
  <form method="post" action=${CARD} autocomplete="off">
    ${formToken(visit)}
    ${[...visit.form].filter(([name]) => name !== 'form').map(([name, value]) => fieldView(name, value))}
    <button>Try again</button>
  </form>`

const fieldView = (name: string, value: string) =>
  value.length > WORTH_SHOWING && isFilledIn(name)
    ? html`<label>What you typed<textarea name=${name} rows="5">${value}</textarea></label>`
    : html`<input type="hidden" name=${name} value=${value} />`
