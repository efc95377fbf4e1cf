import { afterEach, expect, test } from '@jest/globals'
import { endScripts } from './script.ts'
import { onSheet, refusalOf } from './sheet-script.ts'

afterEach(endScripts)

const CHART = `const chart = sheet.newChart().setChartType(Charts.ChartType.LINE).addRange(sheet.getRange('A3:B6'))
  .setNumHeaders(1).setOption('title', 'Volume').setPosition(3, 4, 0, 0).build(); sheet.insertChart(chart)`

test('a chart that is built and not put down is nowhere', async () => {
  const tiny = await onSheet(
    "sheet.newChart().addRange(sheet.getRange('A1:B2')).build(); say(sheet.getCharts().length)",
  )
  expect(await tiny.says()).toBe(0)
})

test('a chart keeps its ranges, its place and its options', async () => {
  const tiny = await onSheet(CHART)
  await tiny.says()
  expect(tiny.book.sheets[0]?.charts).toMatchObject([
    {
      type: 'LINE',
      headers: 1,
      options: { title: 'Volume' },
      anchor: { row: 3, column: 4 },
      ranges: [{ row: 3, column: 1, rows: 4, columns: 2 }],
    },
  ])
})

test('a chart is changed by its builder and stays the same chart', async () => {
  const tiny = await onSheet({
    make: CHART,
    change: `const [old] = sheet.getCharts()
      sheet.updateChart(old.modify().clearRanges().addRange(sheet.getRange('A3:B9')).build())
      say([old.getChartId() === sheet.getCharts()[0].getChartId(), sheet.getCharts()[0].getRanges()[0].getA1Notation()])`,
  })
  await tiny.says('make')
  expect(await tiny.says('change')).toEqual([true, 'A3:B9'])
})

test.each([
  ['sheet.newChart().setChartType("LINE")', "don't match the method signature"],
  ['sheet.newChart().addRange("A1:B2")', "don't match the method signature"],
  ['sheet.insertChart(sheet.newChart())', "don't match the method signature"],
  ['sheet.insertChart(sheet.newChart().build())', 'without a range'],
  ['sheet.updateChart(sheet.newChart().addRange(sheet.getRange("A1:B2")).build())', 'does not exist on this sheet'],
])('%s is refused', async (statement, words) => {
  expect(await refusalOf(statement)).toContain(words)
})

test('rows put in above move a chart and what it shows, rows within make it show more, rows taken out less', async () => {
  const look = (then: string) => `${then}; const [chart] = sheet.getCharts()
    say([chart.getRanges()[0].getA1Notation(), chart.getContainerInfo().getAnchorRow()])`
  const tiny = await onSheet({
    make: CHART,
    above: look('sheet.insertRowsBefore(1, 2)'),
    within: look('sheet.insertRowsAfter(6, 3)'),
    out: look('sheet.deleteRows(7, 2)'),
  })
  await tiny.says('make')
  expect(await tiny.says('above')).toEqual(['A5:B8', 5])
  expect(await tiny.says('within')).toEqual(['A5:B11', 5])
  expect(await tiny.says('out')).toEqual(['A5:B9', 5])
})

// [AS]/reference/spreadsheet/developer-metadata: it stays with its row wherever that goes, and is deleted with it
const MARKS = `const found = book.createDeveloperMetadataFinder().withKey('table').find()
  say(found.map((one) => [one.getValue(), one.getLocation().getRow().getRow(), one.getLocation().getRow().getSheet().getName()]))`

test('metadata stays with its row when rows come above it, and with its sheet when that is renamed or moved', async () => {
  const tiny = await onSheet({
    make: "sheet.getRange('5:5').addDeveloperMetadata('table', 'one', SpreadsheetApp.DeveloperMetadataVisibility.PROJECT)",
    move: "sheet.insertRowsBefore(2, 3); sheet.setName('Renamed'); book.insertSheet('First', 0)",
    look: MARKS,
    drop: "book.getSheetByName('Renamed').deleteRows(8, 1)",
  })
  await tiny.says('make')
  await tiny.says('move')
  expect(await tiny.says('look')).toEqual([['one', 8, 'Renamed']])
  await tiny.says('drop')
  expect(await tiny.says('look')).toEqual([])
})

test('metadata of a column moves with it, and that of a deleted sheet is gone while the spreadsheet keeps its own', async () => {
  const tiny = await onSheet({
    make: `const second = book.insertSheet('Second')
      second.getRange('C:C').addDeveloperMetadata('column', 'c'); second.addDeveloperMetadata('sheet', 's'); book.addDeveloperMetadata('book', 'b')
      second.insertColumnsBefore(2, 1)`,
    look: `say(book.createDeveloperMetadataFinder().find().map((one) => {
      const place = one.getLocation(); return [one.getKey(), place.getLocationType().toString(), place.getColumn() && place.getColumn().getColumn()] }))`,
    drop: "book.deleteSheet(book.getSheetByName('Second'))",
  })
  await tiny.says('make')
  expect(await tiny.says('look')).toEqual([
    ['column', 'COLUMN', 4],
    ['sheet', 'SHEET', null],
    ['book', 'SPREADSHEET', null],
  ])
  await tiny.says('drop')
  expect(await tiny.says('look')).toEqual([['book', 'SPREADSHEET', null]])
})

test.each([
  [
    "sheet.getRange('A1:B2').addDeveloperMetadata('a', 'b')",
    'Adding developer metadata to arbitrary ranges is not currently supported.',
  ],
  ["book.addDeveloperMetadata('', 'b')", 'Invalid argument: key'],
  ["book.addDeveloperMetadata('a', 'x'.repeat(30000))", 'storage limit of 30000 characters'],
  ["book.addDeveloperMetadata('a', 5)", "don't match the method signature"],
])('%s is refused', async (statement, words) => {
  expect(await refusalOf(statement)).toContain(words)
})

test('metadata is changed and removed by what the finder gave', async () => {
  const tiny = await onSheet(`book.addDeveloperMetadata('a', 'one'); book.addDeveloperMetadata('a', 'two')
    const [first, second] = book.createDeveloperMetadataFinder().withKey('a').find()
    first.setValue('changed'); second.remove()
    say(book.createDeveloperMetadataFinder().find().map((each) => each.getValue()))`)
  expect(await tiny.says()).toEqual(['changed'])
})
