import type { Book } from '../../apps-script/spreadsheet/state/book.ts'
import { type Html, html } from './html.ts'
import { panelPlace } from './mail-page.ts'

/** A spreadsheet beside the add-on's panel. What it holds is drawn from what the script has written. */
export const sheetsPage = (books: readonly Book[], open: Book): Html => html`
  <div class="client sheets" data-file=${open.id}>
    <section class="sheet" aria-label="Sheet">
      <header class="sheet-title">
        <h1>${open.name}</h1>
        <label><span class="only-heard">Spreadsheet</span>
          <select id="file">${books.map(({ id, name }) => html`<option value=${id} selected=${id === open.id}>${name}</option>`)}</select>
        </label>
      </header>
      <div id="sheet" class="sheet-view" aria-busy="true"></div>
    </section>
    ${panelPlace()}
  </div>`
