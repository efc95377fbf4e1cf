import type { startFigureDesk } from './figure-desk.ts'

type FigureDesk = Awaited<ReturnType<typeof startFigureDesk>>

/** New tickets of a weekday, Monday first. */
export const WEEK = [30, 25, 24, 22, 21, 8, 6] as const

/**
 * Tickets of so many days up to yesterday, at nine, eleven and two o'clock of UTC, some more or fewer than the week has; each solved by
 * one person within an hour who worked nine minutes on it. The same on every run.
 * @param options.rough false: every week is as the one before
 * @param options.quiet a day on which only one came, YYYY-MM-DD
 */
export async function writeYear(
  desk: FigureDesk,
  days: number,
  { rough = true, quiet = '' }: { rough?: boolean; quiet?: string } = {},
): Promise<void> {
  const today = desk.clock.now().toISOString().slice(0, 10)
  await desk.write({})
  await desk.lake.fill(
    desk.workspaceId,
    'ticket',
    `select '0190b0a0-0000-7000-8000-' || lpad((n * 100 + i)::varchar, 12, '0') as id, (n * 100 + i)::integer as number,
       came as created_at, came as opened_at, 'closed' as status, 'normal' as priority, []::varchar[] as tags, 'mail' as channel,
       'someone' as customer_id, came + interval 1 hour as resolved_at, '${desk.staff.nora.id}' as resolved_by_id, 540 as handle_seconds,
       false as historical, false as spam
     from (
       select n, i, date '${today}' - (n + 1)::integer + interval (case i % 3 when 0 then 9 when 1 then 11 else 14 end) hour as came
       from range(${days}) as d (n), range(40) as t (i)
       where i < ([${WEEK.join(', ')}])[isodow(date '${today}' - (n + 1)::integer)] ${rough ? '+ ((n * 7919) % 23) // 3 - 3' : ''}
         and not (strftime(came, '%Y-%m-%d') = '${quiet}' and i >= 1)
     )`,
    desk.clock.now().toISOString(),
  )
}
