import { expect, test } from '@jest/globals'
import { metricOf } from '../metrics/index.ts'
import { REPORTS } from './list.ts'
import { tablesOf, viewOfReport } from './report.ts'

test('every table of a report asks for what its figure knows', () => {
  const wrong = REPORTS.flatMap((report) =>
    tablesOf(report).flatMap(({ id, metric, measure, by = [] }) => {
      const { measures, dimensions } = metricOf(metric)
      const unknown = by.filter((one) => !dimensions.includes(one))
      return [
        ...unknown.map((one) => `${report.id}/${id}: ${metric} has no ${one}`),
        ...(measure === undefined || measures.includes(measure)
          ? []
          : [`${report.id}/${id}: ${metric} has no ${measure}`]),
      ]
    }),
  )
  expect(wrong).toEqual([])
})

test('a table of two splits is drawn as squares or not at all, and one of lines is over time', () => {
  const strange = REPORTS.filter(({ tell }) => tell === undefined)
    .flatMap(({ tables }) => tables)
    .filter(
      ({ by = [], overTime, chart }) =>
        (by.length === 2 && !['heat', 'none'].includes(chart)) ||
        (by.length === 2 && overTime) ||
        (['line', 'stack'].includes(chart) && !overTime) ||
        (chart === 'bar' && overTime),
    )
  expect(strange).toEqual([])
})

test('reports and their tables are called by different names, and the dashboard has twelve figures', () => {
  expect(new Set(REPORTS.map(({ id }) => id)).size).toBe(REPORTS.length)
  for (const { tables } of REPORTS) expect(new Set(tables.map(({ id }) => id)).size).toBe(tables.length)
  expect(REPORTS[0]?.tables).toHaveLength(12)
})

test('a report tells what is in it', () => {
  for (const report of REPORTS)
    expect(viewOfReport(report).tables.map(({ id }) => id)).toEqual(tablesOf(report).map(({ id }) => id))
})
