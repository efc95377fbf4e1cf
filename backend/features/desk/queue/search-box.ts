import { html } from '../../../platform/html.ts'
import { SEARCH } from '../paths.ts'

/** Finds any ticket, from every list. @param q what was asked */
export const searchBox = (q: string) => html`
  <form action=${SEARCH} role="search">
    <label>Search tickets<small>words, a name, an order number, from:ada, status:open</small>
      <input type="search" name="q" value=${q} maxlength="500" /></label>
    <button class="second">Search</button>
  </form>`
