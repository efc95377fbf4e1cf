/// <reference lib="dom" />
import { fragmentOf, send } from './http.ts'
import { panelBeside } from './panel.ts'
import { must, place } from './place.ts'
import { inSight } from './toast.ts'

const ROW_HEIGHT = 24
const ROWS = 120
const AROUND = 40

/** The spreadsheet beside the panel: drawn anew after whatever the add-on or the person did, a part of its rows at a time. */
export function startSheets(): { anew(): void } {
  const file = must('.client').dataset['file'] ?? ''
  const root = must('#sheet')
  const path = `/sheets/${place.agent}/${file}`
  let from = 1
  let turn = 0
  let underWay = 0

  /** Busy until whatever was begun is drawn, also what was begun meanwhile. */
  async function busyWith(work: Promise<void>): Promise<void> {
    underWay++
    root.setAttribute('aria-busy', 'true')
    try {
      await work
    } finally {
      if (--underWay === 0) root.removeAttribute('aria-busy')
    }
  }

  async function draw(): Promise<void> {
    const mine = ++turn
    const drawn = await fragmentOf(`${path}/view?from=${from}&rows=${ROWS}`)
    if (mine !== turn) return
    const old = root.querySelector('#grid')
    const [top, left, sheet] = [old?.scrollTop ?? 0, old?.scrollLeft ?? 0, old?.getAttribute('data-sheet')]
    root.innerHTML = drawn
    const grid = must('#grid', root)
    if (grid.dataset['sheet'] === sheet) {
      grid.scrollTop = top
      grid.scrollLeft = left
    } else if (from !== 1) {
      from = 1
      return draw()
    }
    grid.addEventListener('scroll', () => follow(grid), { passive: true })
  }

  /** Rows that come into sight are fetched before they are there. */
  function follow(grid: HTMLElement): void {
    const first = Math.floor(grid.scrollTop / ROW_HEIGHT) + 1
    const last = first + Math.ceil(grid.clientHeight / ROW_HEIGHT)
    const drawnTo = from + ROWS - 1
    const isShort = (first < from && from > 1) || (last > drawnTo && drawnTo < Number(grid.dataset['max']))
    if (!isShort) return
    from = Math.max(1, first - AROUND)
    inSight(busyWith(draw()))
  }

  const act = (body: object) => inSight(busyWith(send(`${path}/acts`, body).then(draw)))

  root.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element)) return
    const at = target.closest<HTMLElement>('td[data-at]')?.dataset['at']
    if (at && !target.closest('a')) {
      const [row, column] = at.split('.').map(Number)
      act({ act: 'select', row, column })
    }
    const button = target.closest<HTMLElement>('[data-sheet-act]')
    if (button) press(button)
  })
  root.addEventListener('submit', (event) => {
    event.preventDefault()
    const text = must<HTMLInputElement>('[name=text]', root).value
    act({ act: 'type', text })
  })
  must<HTMLSelectElement>('#file').addEventListener('change', ({ target }) => {
    location.assign(`?file=${(target as HTMLSelectElement).value}`)
  })

  function press({ dataset }: HTMLElement): void {
    const name = dataset['sheetAct'] ?? ''
    if (name === 'show') act({ act: 'show', sheetId: Number(dataset['sheet']) })
    else if (name !== 'rename') act({ act: name })
    else rename()
  }

  function rename(): void {
    const title = prompt('New name of the sheet')
    if (title) act({ act: 'rename', name: title })
  }

  const panel = panelBeside({ spreadsheet: file, onAnswer: () => inSight(busyWith(draw())) })
  inSight(busyWith(draw()))
  panel.anew()
  return panel
}
