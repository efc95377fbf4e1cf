import { html } from '../../../platform/html.ts'

const PAGES = [
  ['/reports', 'All reports'],
  ['/reports/forecast', 'Forecast'],
  ['/reports/staffing', 'Needed people'],
  ['/reports/churn', 'Customers who may leave'],
  ['/reports/why', 'What goes together'],
  ['/reports/surprises', 'Surprises'],
] as const

/** From each page of what figures say about tomorrow to the others. @param known where it stands, and what is linked beside it */
export const insightLinks = (...known: readonly string[]) => html`
  <p class="row no-print">${PAGES.filter(([path]) => !known.includes(path)).map(([path, words]) => html`<a href=${path}>${words}</a> `)}</p>`
