import type { Cell, ReportTable } from '../../../../shared/analytics.ts'
import { html } from '../../../platform/html.ts'
import { valueWords } from '../reports/picturing.ts'

/** A table of a report as people read it. @param links of its rows, to what each is made of */
export function tableView({ columns, rows, title }: ReportTable, links: readonly (string | null)[] = []) {
  if (rows.length === 0) return null
  const words = (row: readonly Cell[], at: number) => valueWords({ columns }, row, at)
  const isNumber = (at: number): boolean => !['text', 'date', 'instant'].includes(columns[at]?.kind ?? 'text')
  return html`<div class="scroll numbers" tabindex="0" role="region" aria-label=${`${title}, numbers`}><table class=${isNumber(0) || columns[0]?.kind === 'text' ? undefined : 'over-time'}>
    <thead><tr>${columns.map(({ name }, at) => html`<th scope="col" class=${isNumber(at) ? 'number' : undefined}>${name}</th>`)}</tr></thead>
    <tbody>${rows.map(
      (row, n) =>
        html`<tr>${columns.map((_, at) =>
          at === 0 && !isNumber(0)
            ? html`<th scope="row">${links[n] ? html`<a href=${links[n]}>${words(row, at)}</a>` : words(row, at)}</th>`
            : html`<td class=${isNumber(at) ? 'number' : undefined}>${words(row, at)}</td>`,
        )}</tr>`,
    )}</tbody></table></div>`
}
