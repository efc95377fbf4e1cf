import { a1Of, lettersOf } from '../../apps-script/spreadsheet/classes/a1.ts'
import {
  type Area,
  type Book,
  type Cell,
  type Chart,
  cellAt,
  type Sheet,
} from '../../apps-script/spreadsheet/state/book.ts'
import { shownText } from '../../apps-script/spreadsheet/state/shown.ts'
import { chartSize } from '../sheets/chart-svg.ts'
import { typedIn } from '../sheets/workbooks.ts'
import { type Html, html } from './html.ts'
import { icon } from './icons.ts'

export const ROW_HEIGHT = 24
const HEAD_WIDTH = 46
const WIDTH = 100

export type GridView = {
  book: Book
  sheet: Sheet
  area: Area
  mayEdit: boolean
  /** The first row that is drawn, and how many. */
  from: number
  rows: number
  /** Where a link leads on this machine. */
  reach: (url: string) => string
  /** Path of the pictures of charts. */
  charts: string
}

/** Formula bar, the drawn part of the grid with its charts, and the tabs. */
export const sheetView = (view: GridView): Html[] => [formulaBar(view), grid(view), tabs(view)]

const formulaBar = ({ book, sheet, area, mayEdit }: GridView) => html`
  <form class="formula" id="formula">
    <output class="formula-place">${a1Of(area)}</output>
    <input name="text" aria-label="Content of the cell" autocomplete="off" value=${typedIn(book, sheet, area)} readonly=${!mayEdit} />
    <span class="formula-rights">${mayEdit ? '' : 'View only'}</span>
  </form>`

const widthOf = ({ widths }: Sheet, column: number) => widths.get(column) ?? WIDTH

function grid(view: GridView): Html {
  const { sheet, from, rows } = view
  const columns = Array.from({ length: sheet.maxColumns }, (_, at) => at + 1)
  const last = Math.min(sheet.maxRows, from + rows - 1)
  const shown = Array.from({ length: last - from + 1 }, (_, at) => from + at)
  const frozen = from > 1 ? Array.from({ length: sheet.frozenRows }, (_, at) => at + 1) : []
  const total = HEAD_WIDTH + columns.reduce((sum, column) => sum + widthOf(sheet, column), 0)
  return html`
    <div class="sheet-scroll" id="grid" tabindex="0" data-from=${from} data-rows=${rows} data-max=${sheet.maxRows} data-sheet=${sheet.id}>
      <div class="sheet-all" style=${`width:${total}px`}>
        <table style=${`width:${total}px`}>
          <colgroup><col style=${`width:${HEAD_WIDTH}px`} />${columns.map((column) => html`<col style=${`width:${widthOf(sheet, column)}px`} />`)}</colgroup>
          <thead><tr><th></th>${columns.map((column) => html`<th scope="col">${lettersOf(column)}</th>`)}</tr></thead>
          <tbody>
            ${frozen.map((row) => line(view, row, columns))}
            ${spacer(from - 1 - frozen.length)}
            ${shown.map((row) => line(view, row, columns))}
            ${spacer(sheet.maxRows - last)}
          </tbody>
        </table>
        ${sheet.charts.map((chart) => chartPicture(view, chart))}
      </div>
    </div>`
}

const spacer = (rows: number) =>
  rows > 0 ? html`<tr class="spacer" style=${`height:${rows * ROW_HEIGHT}px`} aria-hidden="true"></tr>` : null

const line = (view: GridView, row: number, columns: number[]) => html`
  <tr class=${row <= view.sheet.frozenRows ? 'frozen' : undefined}>
    <th scope="row">${row}</th>${columns.map((column) => box(view, row, column))}
  </tr>`

function box({ book, sheet, area, reach }: GridView, row: number, column: number): Html {
  const cell = cellAt(sheet, row, column)
  const isSelected = row === area.row && column === area.column
  if (!cell && !isSelected) return html`<td data-at=${`${row}.${column}`}></td>`
  const text = shownText(cell, book.locale)
  const next = cellAt(sheet, row, column + 1)
  const names = [
    isSelected && 'selected',
    next && next.value !== '' && 'clipped',
    typeof cell?.value === 'number' && 'number',
  ]
  return html`<td data-at=${`${row}.${column}`} class=${names.filter(Boolean).join(' ') || undefined} style=${styleOf(cell)}>${
    cell?.link ? html`<a href=${reach(cell.link)} target="_blank" rel="noopener">${text}</a>` : text
  }</td>`
}

function styleOf(cell: Cell | undefined): string | undefined {
  const { bold, italic, size, color, background, align, wrap } = cell?.style ?? {}
  const css = [
    bold && 'font-weight:700',
    italic && 'font-style:italic',
    size && `font-size:${Math.round(size * 1.25)}px`,
    color && `color:${color}`,
    background && `background:${background};color:${color ?? '#202124'}`,
    align && `text-align:${align}`,
    wrap && 'white-space:normal',
  ]
  return css.filter(Boolean).join(';') || undefined
}

function chartPicture({ book, sheet, charts }: GridView, chart: Chart): Html {
  const { row, column, x, y } = chart.anchor
  const { width, height } = chartSize(chart)
  const left = Array.from({ length: column - 1 }, (_, at) => widthOf(sheet, at + 1)).reduce(
    (sum, each) => sum + each,
    HEAD_WIDTH + x,
  )
  const top = row * ROW_HEIGHT + y
  return html`<img class="sheet-chart" alt=${`Chart: ${String(chart.options['title'] ?? '')}`} loading="lazy" width=${width} height=${height}
    style=${`left:${left}px;top:${top}px`} src=${`${charts}/${sheet.id}/${chart.id}.svg?v=${book.version}`} />`
}

const tabs = ({ book, sheet, mayEdit }: GridView) => html`
  <div class="sheet-tabs" role="group" aria-label="Sheets">
    ${mayEdit && html`<button type="button" class="plain round" data-sheet-act="add" aria-label="Add a sheet" title="Add a sheet">+</button>`}
    ${book.sheets
      .filter(({ hidden }) => !hidden)
      .map(
        (each) =>
          html`<button type="button" class="sheet-tab" aria-pressed=${each.id === sheet.id ? 'true' : 'false'} data-sheet-act="show" data-sheet=${each.id}>${each.name}</button>`,
      )}
    <span class="grow"></span>
    ${
      mayEdit &&
      html`
      <div class="sheet-acts">
        <button type="button" class="plain" data-sheet-act="row">Row above</button>
        <button type="button" class="plain" data-sheet-act="rename">Rename</button>
        <button type="button" class="plain" data-sheet-act="left">Move left</button>
        <button type="button" class="plain round" data-sheet-act="delete" aria-label="Delete the sheet" title="Delete the sheet">${icon('bin')}</button>
      </div>`
    }
  </div>`
