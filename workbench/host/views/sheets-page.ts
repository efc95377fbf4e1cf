import { type Html, html } from './html.ts'
import { panelPlace } from './mail-page.ts'

const COLUMNS = [...'ABCDEFGHIJKLMN']

/** An empty sheet, for the add-on's side of Google Sheets. */
export const sheetsPage = (): Html => html`
  <div class="client sheets">
    <section class="sheet" aria-label="Sheet">
      <h1>Untitled spreadsheet</h1>
      <div class="sheet-scroll"><table>
        <thead><tr><th></th>${COLUMNS.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
        <tbody>${Array.from({ length: 40 }, (_, i) => html`<tr><th scope="row">${i + 1}</th>${COLUMNS.map(() => html`<td></td>`)}</tr>`)}</tbody>
      </table></div>
    </section>
    ${panelPlace()}
  </div>`
