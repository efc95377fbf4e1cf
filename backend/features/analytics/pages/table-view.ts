import type { Cell, ReportTable } from '../../../../shared/analytics.ts'
import { html } from '../../../platform/html.ts'
import { currencyIn } from '../reports/picturing.ts'
import { CURRENCY } from '../reports/table.ts'
import { cellWords } from '../reports/writing.ts'

/** A table of a report as people read it. */
export function tableView({ columns, rows, title }: ReportTable) {
  if (rows.length === 0) return null
  const currencyAt = columns.findIndex(({ name }) => name === CURRENCY)
  const words = (row: readonly Cell[], at: number): string => {
    const { kind, name } = columns[at] ?? { kind: 'text', name: '' }
    const currency = currencyAt < 0 ? currencyIn(name) : String(row[currencyAt])
    return cellWords(row[at] ?? null, kind, currency)
  }
  const isNumber = (at: number): boolean => !['text', 'date', 'instant'].includes(columns[at]?.kind ?? 'text')
  return html`<div class="scroll numbers" tabindex="0" role="region" aria-label=${`${title}, numbers`}><table>
    <thead><tr>${columns.map(({ name }, at) => html`<th scope="col" class=${isNumber(at) ? 'number' : undefined}>${name}</th>`)}</tr></thead>
    <tbody>${rows.map(
      (row) =>
        html`<tr>${columns.map((_, at) =>
          at === 0 && !isNumber(0)
            ? html`<th scope="row">${words(row, at)}</th>`
            : html`<td class=${isNumber(at) ? 'number' : undefined}>${words(row, at)}</td>`,
        )}</tr>`,
    )}</tbody></table></div>`
}
