import { afterEach, expect, test } from '@jest/globals'
import { endScripts, nora } from './script.ts'
import { CURRENT_ONLY, onSheet, refusalOf, valueIn } from './sheet-script.ts'

afterEach(endScripts)

test.each([
  ["book.insertSheet('sheet1')", 'A sheet with the name "sheet1" already exists. Please enter another name.'],
  ["sheet.setName('x'.repeat(101))", 'The sheet name cannot be greater than 100 characters.'],
  ["sheet.setName('')", 'Invalid argument: name'],
  ['book.deleteSheet(sheet)', "You can't remove all the visible sheets in a document."],
  ['sheet.hideSheet()', "You can't hide all the sheets in a document."],
  ['sheet.setFrozenRows(1000)', "You can't freeze all visible rows on the sheet."],
  ['sheet.setFrozenRows(1001)', 'Those rows are out of bounds.'],
  ['sheet.deleteRows(1, 1000)', "You can't delete all the rows on the sheet."],
  ['sheet.deleteRows(999, 3)', 'Those rows are out of bounds.'],
  ['sheet.insertRowsAfter(1001, 1)', 'Those rows are out of bounds.'],
])('%s is refused', async (statement, words) => {
  expect(await refusalOf(statement)).toContain(words)
})

test('a new sheet stands beside the active one, becomes active, and has 1000 rows and 26 columns', async () => {
  expect(
    await valueIn(
      '[made.getName(), made.getMaxRows(), made.getMaxColumns(), made.getIndex(), book.getActiveSheet().getName(), book.insertSheet().getName()]',
      "const made = book.insertSheet('SLA')",
    ),
  ).toEqual(['SLA', 1000, 26, 2, 'SLA', 'Sheet3'])
})

test('a workbook has ten million cells and not one more, whether they are filled or not', async () => {
  const tiny = await onSheet({
    grow: 'sheet.insertRowsAfter(1000, 383_000)',
    more: 'sheet.insertRowsAfter(1, 700)',
    sheet: 'book.insertSheet()',
  })
  await tiny.says('grow')
  const words = 'This action would increase the number of cells in the workbook above the limit of 10000000 cells.'
  expect(await tiny.fails('more')).toContain(words)
  expect(await tiny.fails('sheet')).toContain(words)
  expect(tiny.book.sheets).toHaveLength(1)
})

test('a sheet that somebody deletes meanwhile is not found, whatever is done with it', async () => {
  const tiny = await onSheet({
    make: "book.insertSheet('Soon gone')",
    gone: "const gone = book.getSheetByName('Soon gone'); book.deleteSheet(gone); gone.getRange('A1').setValue(1)",
  })
  await tiny.says('make')
  const id = tiny.book.sheets[1]?.id
  expect(await tiny.fails('gone')).toContain(`Sheet ${id} not found`)
})

test('without the right to edit everything can be read and nothing written', async () => {
  const setting = { editors: ['someone@else.example'] }
  expect(await (await onSheet("say([book.getName(), sheet.getRange('A1').getValue()])", setting)).says()).toEqual([
    'Figures',
    '',
  ])
  for (const statement of [
    "sheet.getRange('A1').setValue(1)",
    'book.insertSheet()',
    "sheet.setName('x')",
    "book.addDeveloperMetadata('a', 'b')",
    'sheet.setFrozenRows(1)',
  ])
    expect(await refusalOf(statement, setting)).toContain('You are trying to edit a protected cell or object.')
  expect(await (await onSheet("sheet.getRange('A1').setValue(1); say(1)", { editors: [nora.email] })).says()).toBe(1)
})

test('without spreadsheets.currentonly the open spreadsheet is denied by name', async () => {
  expect(await refusalOf('', { oauthScopes: [] })).toContain(
    `Specified permissions are not sufficient to call SpreadsheetApp.getActiveSpreadsheet. Required permissions: (${CURRENT_ONLY} || https://www.googleapis.com/auth/spreadsheets)`,
  )
})

test('where no spreadsheet is open there is none to have', async () => {
  expect(await (await onSheet('say([book, SpreadsheetApp.getActiveRange()])', { open: false })).says()).toEqual([
    null,
    null,
  ])
})

test.each([
  ["SpreadsheetApp.openById('x')", 'Specified permissions are not sufficient to call SpreadsheetApp.openById'],
  ["SpreadsheetApp.create('x')", 'Specified permissions are not sufficient to call SpreadsheetApp.create'],
  ['SpreadsheetApp.getUi()', 'Cannot call SpreadsheetApp.getUi() from this context.'],
  ['book.toast("hello")', 'book.toast is not a function'],
])('%s is not for this scope, or not for an add-on', async (statement, words) => {
  expect(await refusalOf(statement)).toContain(words)
})

test('what a person selects is where the script stands', async () => {
  const tiny = await onSheet({
    select: "sheet.getRange('C7').activate()",
    where: 'say(SpreadsheetApp.getCurrentCell().getA1Notation())',
  })
  await tiny.says('select')
  expect(await tiny.says('where')).toBe('C7')
})
