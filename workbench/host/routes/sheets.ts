import { Router } from 'express'
import { z } from 'zod'
import type { ActName, InputOf } from '../../apps-script/spreadsheet/acts/acts.ts'
import { mayEdit } from '../../apps-script/spreadsheet/store.ts'
import { agentOf, type Ground, NotHere } from '../ground.ts'
import { chartSvg } from '../sheets/chart-svg.ts'
import { bookOf, standing } from '../sheets/workbooks.ts'
import { fragment } from '../views/html.ts'
import { sheetView } from '../views/sheet-grid.ts'

const Window = z.object({
  from: z.coerce.number().int().min(1).default(1),
  rows: z.coerce.number().int().min(1).max(400).default(120),
})

/** What a person does in the spreadsheet itself. */
const HandAct = z.discriminatedUnion('act', [
  z.object({ act: z.literal('show'), sheetId: z.int() }),
  z.object({ act: z.literal('select'), row: z.int().min(1), column: z.int().min(1) }),
  z.object({ act: z.literal('type'), text: z.string() }),
  z.object({ act: z.literal('add') }),
  z.object({ act: z.literal('rename'), name: z.string() }),
  z.object({ act: z.literal('left') }),
  z.object({ act: z.literal('delete') }),
  z.object({ act: z.literal('row') }),
])

/** The spreadsheet as a page shows it, and what a person does there by hand; the script works on the same one. */
export function sheetRoutes(ground: Ground): Router {
  const router = Router()
  const { spreadsheets } = ground.options.appsScript

  router.get('/sheets/:agent/:book/view', (request, response) => {
    const { email } = agentOf(ground, request.params.agent)
    const book = bookOf(spreadsheets, request.params.book)
    const charts = `/sheets/${request.params.agent}/${book.id}/charts`
    const reach = ground.panels.local
    const view = { book, ...standing(book, email), mayEdit: mayEdit(book, email), reach, charts }
    response.send(fragment(sheetView({ ...view, ...Window.parse(request.query) })))
  })

  router.get('/sheets/:agent/:book/charts/:sheet/:chart.svg', async (request, response) => {
    const book = bookOf(spreadsheets, request.params.book)
    const sheet = book.sheets.find(({ id }) => id === Number(request.params.sheet))
    const chart = sheet?.charts.find(({ id }) => id === Number(request.params.chart))
    if (!sheet || !chart) throw new NotHere('There is no such chart.')
    response.type('svg').send(await chartSvg(book, sheet, chart))
  })

  router.post('/sheets/:agent/:book/acts', (request, response) => {
    const { email } = agentOf(ground, request.params.agent)
    const book = bookOf(spreadsheets, request.params.book)
    const asked = HandAct.parse(request.body)
    const { sheet, area } = standing(book, email)
    const sheetId = sheet.id
    const does = <N extends ActName>(act: N, input: InputOf<N>) => spreadsheets.do({ book: book.id, act, input }, email)
    const one = { rows: 1, columns: 1 }
    switch (asked.act) {
      case 'show':
        does('select', { sheetId: asked.sheetId, row: 1, column: 1, ...one })
        break
      case 'select':
        does('select', { sheetId, row: asked.row, column: asked.column, ...one })
        break
      case 'type':
        does('writeValues', { area: { ...area, ...one }, values: [[asked.text]] })
        break
      case 'add':
        does('insertSheet', { name: null, index: null })
        break
      case 'rename':
        does('renameSheet', { sheetId, name: asked.name })
        break
      case 'left':
        does('moveSheet', { sheetId, index: Math.max(0, book.sheets.indexOf(sheet) - 1) })
        break
      case 'delete':
        does('deleteSheet', { sheetId })
        break
      case 'row':
        does('insertLines', { sheetId, line: 'row', at: area.row, count: 1 })
    }
    response.status(204).end()
  })

  return router
}
