import type { listReports, Report, readReports } from '../../../shared/analytics.ts'
import { call } from '../../api.ts'
import { AddonError } from '../../errors.ts'
import type { Reader } from '../../event.ts'
import type { Card } from '../../kit/card.ts'
import { openBook } from '../../kit/sheet/book.ts'
import { withLinks } from './blocks.ts'
import { type Asked, keptLayouts } from './layout.ts'
import { daysOf } from './period.ts'
import { noFiguresCard, reportsCard } from './reports-card.ts'

type Read = { report: Report | null; problem: string | null }

/** The homepage beside a spreadsheet. */
export function reportsNow(reader: Reader): Card {
  const book = openBook()
  try {
    const listed = call<typeof listReports>('GET', '/v1/reports', {})
    return reportsCard(listed, book && keptLayouts(book).map(({ layout }) => layout), reader)
  } catch (error) {
    if (error instanceof AddonError && error.code === 'forbidden') return noFiguresCard(error.message)
    throw error
  }
}

/** Reports in one call, in the order asked for. */
export function readings(asked: readonly Asked[], reader: Reader): Read[] {
  const today = reader.now.toLocaleDateString('en-CA', { timeZone: reader.timeZone })
  const readings = asked.map(({ report, period, interval, rows, filters }) => ({
    report,
    ...daysOf(period, today),
    ...filters,
    rows,
    ...(interval ? { interval } : {}),
  }))
  const { items } = call<typeof readReports>('POST', '/v1/report-readings', { body: { readings }, key: null })
  return items.map(({ report, problem }, at) => ({
    problem,
    report: report && asked[at]?.links ? { ...report, tables: report.tables.map(withLinks) } : report,
  }))
}
