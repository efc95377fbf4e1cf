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

/** Its bounds in milliseconds: each row of the year asks for them. */
type Open = { fromMs: number; untilMs: number; pouring: Pouring; ended: Promise<void> | null; month: Month }

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
      month,
      fromMs: month.from.getTime(),
      untilMs: month.until.getTime(),
      pouring: await pour(url, { name: month.table, columns }, { begun: true }),
      ended: null,
    })),
  )
  const place = columns.indexOf('recorded_at')
  const late: (readonly Value[])[] = []
  const end = (one: Open): Promise<void> => {
    one.ended ??= one.pouring.end().then(() => whole(one.month))
    one.ended.catch(() => undefined) // told at the end
    return one.ended
  }
  const holds = ({ fromMs, untilMs }: Open, at: number) => at >= fromMs && at < untilMs
  let last = open[0]
  const all = () => open.filter(({ ended }) => ended === null)
  return {
    late,
    row(...values) {
      const at = (values[place] as Date).getTime()
      if (!last || !holds(last, at)) last = open.find((one) => holds(one, at))
      if (last && !last.ended) last.pouring.row(...values)
      else late.push(values)
    },
    async flush() {
      await Promise.all(all().map(({ pouring }) => pouring.flush()))
    },
    passed(at) {
      for (const one of all()) if (one.untilMs <= at) void end(one)
    },
    async end() {
      await Promise.all(open.map(end))
    },
  }
}
