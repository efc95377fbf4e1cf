import { eventObject } from '../../../workbench/apps-script/event-objects.ts'
import type { Execution } from '../../../workbench/apps-script/index.ts'
import { cellAt } from '../../../workbench/apps-script/spreadsheet/state/book.ts'
import { shownText } from '../../../workbench/apps-script/spreadsheet/state/shown.ts'
import { spreadsheetStore } from '../../../workbench/apps-script/spreadsheet/store.ts'
import { nora, script } from './script.ts'

export const CURRENT_ONLY = 'https://www.googleapis.com/auth/spreadsheets.currentonly'

type Setting = { oauthScopes?: string[]; editors?: string[] | null; open?: boolean; timeLimitMs?: number }

/**
 * A script beside an open spreadsheet. In its source `book` is the spreadsheet, `sheet` its first sheet, and `say` logs a value; each
 * function of `parts` is one execution.
 */
export async function onSheet(parts: Record<string, string> | string, setting: Setting = {}) {
  const { oauthScopes = [CURRENT_ONLY], editors = null, open = true, timeLimitMs } = setting
  const spreadsheets = spreadsheetStore()
  const book = spreadsheets.add({ id: 'book-1', name: 'Figures', editors })
  const functions = typeof parts === 'string' ? { go: parts } : parts
  const source = Object.entries(functions).map(
    ([name, body]) => `function ${name}() {
      const book = SpreadsheetApp.getActiveSpreadsheet()
      const sheet = book && book.getSheets()[0]
      ${body}
    }`,
  )
  const say = 'function say(value) { console.log(JSON.stringify(value === undefined ? null : value)) }'
  const options = { spreadsheets, ...(timeLimitMs === undefined ? {} : { timeLimitMs }) }
  const { appsScript } = await script([say, ...source].join('\n'), { oauthScopes, options })

  async function run(name = 'go'): Promise<Execution> {
    const event = eventObject(appsScript.manifest(), { hostApp: 'SHEETS', platform: 'WEB', user: nora, nowMs: 0 })
    return appsScript.run({
      function: name,
      event,
      user: nora,
      caller: 'trigger',
      spreadsheet: open ? book.id : undefined,
    })
  }

  return {
    book,
    spreadsheets,
    run,
    /** What the function said; fails when the execution does. */
    async says(name = 'go'): Promise<unknown> {
      const execution = await run(name)
      if (!execution.ok) throw new Error(execution.message)
      return execution.logs[0] ? JSON.parse(execution.logs[0].text) : undefined
    },
    async fails(name = 'go'): Promise<string> {
      const execution = await run(name)
      if (execution.ok) throw new Error(`${name} did not fail`)
      return execution.message
    },
    /** What a cell of the first sheet shows. */
    shown: (row: number, column: number, at = 0) => {
      const sheet = book.sheets[at]
      return sheet ? shownText(cellAt(sheet, row, column), book.locale) : ''
    },
  }
}

/** The value of one expression, `book` and `sheet` in sight. */
export const valueIn = async (expression: string, before = ''): Promise<unknown> =>
  (await onSheet(`${before}; say(${expression})`)).says()

/** The message with which one statement is refused. */
export const refusalOf = async (statement: string, setting: Setting = {}): Promise<string> =>
  (await onSheet(statement, setting)).fails()
