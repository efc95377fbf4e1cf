import { afterEach, expect, test } from '@jest/globals'
import { endScripts } from './script.ts'
import { onSheet, refusalOf, valueIn } from './sheet-script.ts'

afterEach(endScripts)

// Range.setValues: [AS]/reference/spreadsheet/range
test.each([
  [
    'sheet.getRange(1, 1, 2, 2).setValues([[1, 2]])',
    'rows in the data does not match the number of rows in the range. The data has 1 but the range has 2.',
  ],
  [
    'sheet.getRange(1, 1, 1, 2).setValues([[1, 2, 3]])',
    'columns in the data does not match the number of columns in the range. The data has 3 but the range has 2.',
  ],
  [
    'sheet.getRange(1, 1, 2, 2).setValues([[1, 2], [3]])',
    'columns in the data does not match the number of columns in the range. The data has 1 but the range has 2.',
  ],
  ["sheet.getRange(1, 1, 1, 2).setNumberFormats([['0']])", 'The data has 1 but the range has 2.'],
])('a block of another size is refused: %s', async (statement, words) => {
  expect(await refusalOf(statement)).toContain(words)
})

test('a block that is refused leaves every cell as it was', async () => {
  const tiny = await onSheet({
    write: "sheet.getRange('A1').setValue('before')",
    fail: "sheet.getRange(1, 1, 2, 1).setValues([['after'], ['x'.repeat(50001)]])",
  })
  await tiny.says('write')
  expect(await tiny.fails('fail')).toContain('more than the maximum of 50000 characters in a single cell')
  expect(tiny.shown(1, 1)).toBe('before')
})

test.each([
  ["'=1+2'", '#ERROR!', '=1+2'],
  ["'+1+2'", '#ERROR!', '=1+2'],
  ["'-A1'", '#ERROR!', '=-A1'],
  ['"\'=1+2"', '=1+2', ''],
  ['"\'+44 20 7946"', '+44 20 7946', ''],
  ['"\'007"', '007', ''],
  ["'007'", '7', ''],
  ["'-5'", '-5', ''],
  ["'12.5%'", '12.50%', ''],
  ["'2026-11-20'", '2026-11-20', ''],
  ["'true'", 'TRUE', ''],
  ["'@nora'", '@nora', ''],
  ['null', '', ''],
])('text is read as if it were typed, unless an apostrophe stands before it: %s', async (written, shown, formula) => {
  const tiny = await onSheet(
    `sheet.getRange('B2').setValues([[${written}]]); say(sheet.getRange('B2').getFormulas()[0][0])`,
  )
  expect(await tiny.says()).toBe(formula)
  expect(tiny.shown(2, 2)).toBe(shown)
})

test.each([
  ['=HYPERLINK("https://desk.example/a?b=1";"Open")', 'Open', 'https://desk.example/a?b=1'],
  ['=HYPERLINK("https://desk.example/","Say ""hi""")', 'Say "hi"', 'https://desk.example/'],
  ['=HYPERLINK("https://desk.example/x")', 'https://desk.example/x', 'https://desk.example/x'],
])('a link shows its label and leads somewhere: %s', async (formula, shown, link) => {
  const tiny = await onSheet(`sheet.getRange('A1').setFormula(${JSON.stringify(formula)})`)
  await tiny.says()
  expect(tiny.shown(1, 1)).toBe(shown)
  expect(tiny.book.sheets[0]?.rows[0]?.[0]).toMatchObject({ link, formula })
})

test('a day is a number that shows by its format, and arrives as a Date', async () => {
  const tiny = await onSheet({
    write:
      "sheet.getRange('A1').setNumberFormat('d mmm yyyy').setValue(46346); sheet.getRange('A2').setValue(0.5).setNumberFormat('[h]:mm')",
    read: "say([sheet.getRange('A1').getValue().toISOString(), sheet.getRange('A1').getDisplayValues()[0][0]])",
  })
  await tiny.says('write')
  expect(await tiny.says('read')).toEqual(['2026-11-20T00:00:00.000Z', '20 Nov 2026'])
  expect(tiny.shown(2, 1)).toBe('12:00')
})

test('a range is read with empty cells as empty text, and its size and place are known without asking', async () => {
  expect(
    await valueIn(
      "[sheet.getRange('A1:B2').getValues(), sheet.getRange('B3:C9').getNumRows(), sheet.getRange(2, 28, 3, 2).getA1Notation()]",
      'sheet.insertColumnsAfter(26, 4)',
    ),
  ).toEqual([
    [
      ['', ''],
      ['', ''],
    ],
    7,
    'AB2:AC4',
  ])
})

test.each([
  ['sheet.getRange(0, 1)', 'The starting row of the range is too small.'],
  ['sheet.getRange(1, 1, 0)', 'The number of rows in the range must be at least 1.'],
  ['sheet.getRange(1, 27)', 'The coordinates of the range are outside the dimensions of the sheet.'],
  ['sheet.getRange(1001, 1)', 'The coordinates of the range are outside the dimensions of the sheet.'],
  ["sheet.getRange('nowhere!')", 'Range not found'],
  ['sheet.getRange(1, 1).setValues([[{}]])', "don't match the method signature for SpreadsheetApp.Range.setValues"],
  ["sheet.getRange(1, 1).setFontSize('big')", "don't match the method signature for SpreadsheetApp.Range.setFontSize"],
])('%s is refused', async (statement, words) => {
  expect(await refusalOf(statement)).toContain(words)
})

test('clearing takes contents, looks or both', async () => {
  expect(
    await valueIn(
      "[sheet.getRange('A1').getValue(), sheet.getRange('A1').getBackgrounds()[0][0], sheet.getRange('B1').getValue(), sheet.getRange('B1').getBackgrounds()[0][0]]",
      "sheet.getRange('A1:B1').setValues([['a', 'b']]).setBackground('#ff0000'); sheet.getRange('A1').clearContent(); sheet.getRange('B1').clearFormat()",
    ),
  ).toEqual(['', '#ff0000', 'b', '#ffffff'])
})

// [AS]/guides/support/best-practices: 10,000 cells one by one take 70 s, in one block 1 s
test('cell by cell is ended by the limit of 30 s that one block of the same cells stays far below', async () => {
  const block = await onSheet(
    'sheet.getRange(1, 1, 500, 20).setValues(Array.from({ length: 500 }, () => Array(20).fill(1)))',
  )
  const done = await block.run()
  expect(done).toMatchObject({ ok: true, calls: { 'Range.setValues': 1 } })
  expect(done.chargedMs).toBeLessThan(1_100)
  const cells = await onSheet(
    'for (let row = 1; row <= 500; row++) for (let column = 1; column <= 20; column++) sheet.getRange(row, column).setValue(1)',
  )
  const ended = await cells.run()
  expect(ended).toMatchObject({ ok: false, message: 'Exceeded maximum execution time' })
  expect(ended.calls['Range.setValue']).toBeGreaterThan(1_000)
  expect(ended.calls['Range.setValue']).toBeLessThan(5_000)
})
