import type { Value } from './copy-format.ts'
import type { Month } from './months.ts'
import { type Pouring, pour } from './pouring.ts'

/** The record on its way into its months. */
export type Recording = Pouring & {
  /** No row is older from now on, as far as one knows: months before that are whole. */
  passed(at: number): void
  /** Rows of a month that was whole already, for the record once its months are in it. */
  late: (readonly Value[])[]
}

type Open = Month & { pouring: Pouring; ended: Promise<void> | null }

/**
 * Opens the months of the record.
 * @param whole hears of each month that has all its rows
 */
export async function pourRecord(
  url: string,
  months: readonly Month[],
  { columns, whole }: { columns: readonly string[]; whole: (month: Month) => void },
): Promise<Recording> {
  const open: Open[] = await Promise.all(
    months.map(async (month) => ({
      ...month,
      pouring: await pour(url, { name: month.table, columns }, { begun: true }),
      ended: null,
    })),
  )
  const place = columns.indexOf('recorded_at')
  const late: (readonly Value[])[] = []
  const end = (month: Open): Promise<void> => {
    month.ended ??= month.pouring.end().then(() => whole(month))
    month.ended.catch(() => undefined) // told at the end
    return month.ended
  }
  const all = () => open.filter(({ ended }) => ended === null)
  return {
    late,
    row(...values) {
      const at = values[place] as Date
      const month = open.find(({ until }) => at < until)
      if (month && !month.ended && at >= month.from) month.pouring.row(...values)
      else late.push(values)
    },
    async flush() {
      await Promise.all(all().map(({ pouring }) => pouring.flush()))
    },
    passed(at) {
      for (const month of all()) if (month.until.getTime() <= at) void end(month)
    },
    async end() {
      await Promise.all(open.map(end))
    },
  }
}
