import { html } from '../../../platform/html.ts'

const PAGES = [
  ['/reports/forecast', 'Forecast'],
  ['/reports/staffing', 'Needed people'],
  ['/reports/churn', 'Customers who may leave'],
  ['/reports/why', 'What goes together'],
  ['/reports/surprises', 'Surprises'],
] as const

/** From each page of what figures say about tomorrow to the others. @param own where it stands */
export const insightLinks = (own?: string) => html`
  <p class="row no-print">${PAGES.filter(([path]) => path !== own).map(([path, words]) => html`<a href=${path}>${words}</a> `)}</p>`
