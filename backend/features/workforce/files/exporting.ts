import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { BYTE_ORDER_MARK, csvLine } from '../../../platform/csv/writing.ts'
import type { Flow } from '../../../platform/route.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { zoneOf } from '../../settings/index.ts'
import { laterBy } from '../shifts/days.ts'
import { wallClock } from '../shifts/laying-out.ts'
import { refuseDays } from '../shifts/listing.ts'
import { clockIn } from '../wall-times.ts'

type Row = { who: string; day: string; startsAt: Date | null; endsAt: Date | null; kind: string }

const HEADER = ['who', 'day', 'from', 'to', 'kind'].map((code) => ({ code }))

/**
 * The plan of some days as a file that can be read in again.
 * @param from the first day, `to` the last one, YYYY-MM-DD
 * @throws DeskError invalid_request for too many days
 */
export async function exportShifts(
  ctx: Ctx,
  { from, to }: { from: string; to: string },
  by: StaffActor,
): Promise<Flow> {
  refuseDays({ from, to })
  const { zone, rows } = await inWorkspace(
    ctx,
    by.workspaceId,
    async (tx) => {
      const known = await zoneOf(tx)
      return { zone: known, rows: await rowsOf(tx, known, { from, to }) }
    },
    { reads: true },
  )
  const time = (at: Date | null) => (at === null ? null : { code: clockIn(zone, at) })
  const lines = rows.map(({ who, day, startsAt, endsAt, kind }) =>
    csvLine([{ words: who }, { code: day }, time(startsAt), time(endsAt), { code: kind }]),
  )
  return {
    pieces: each([BYTE_ORDER_MARK + csvLine(HEADER), ...lines]),
    contentType: 'text/csv; charset=utf-8',
    name: `shifts-${from}-to-${to}.csv`,
  }
}

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines
}

/** Shifts, days that were planned as off, and leave day by day; of everybody who works here. */
function rowsOf(tx: Tx, zone: string, { from, to }: { from: string; to: string }): Promise<Row[]> {
  const clock = wallClock(zone)
  const [begin, end] = [clock(from, 0), clock(laterBy(to, 1), 0)]
  return tx.$queryRaw<Row[]>`
    select s.email as who, p.day::text, p.starts_at as "startsAt", p.ends_at as "endsAt", p.kind
    from (
      select h.workspace_id, h.staff_id, h.day, h.starts_at, h.ends_at, 'shift' as kind from desk.shift h
      where h.workspace_id = ${tx.workspaceId}::uuid and h.cancelled is null and h.starts_at >= ${begin} and h.starts_at < ${end}
      union all
      select l.workspace_id, l.staff_id, d::date, null, null, l.kind from desk.leave l
      cross join lateral generate_series(greatest(l.from_day, ${from}::date), least(l.to_day, ${to}::date), interval '1 day') d
      where l.workspace_id = ${tx.workspaceId}::uuid and l.to_day >= ${from}::date and l.from_day <= ${to}::date
      union all
      select e.workspace_id, e.staff_id, e.day, null, null, 'off' from desk.shift_exception e
      where e.workspace_id = ${tx.workspaceId}::uuid and e.day between ${from}::date and ${to}::date
        and not exists (select from desk.shift h where h.workspace_id = e.workspace_id and h.staff_id = e.staff_id and h.day = e.day
          and h.cancelled is null and h.starts_at > e.day - interval '1 day' and h.starts_at < e.day + interval '2 days')
        and not exists (select from desk.leave l where l.workspace_id = e.workspace_id and l.staff_id = e.staff_id
          and l.from_day <= e.day and l.to_day >= e.day)) p
    join desk.staff s on s.workspace_id = p.workspace_id and s.id = p.staff_id
    where s.state <> 'deactivated' and s.role in ('agent', 'supervisor', 'admin')
    order by s.email_key, p.day, p.starts_at`
}
