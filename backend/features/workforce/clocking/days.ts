import { z } from 'zod'
import { EndedHow, EndingReason, type WorkSpan, WorkTimes } from '../../../../shared/workforce.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { instantIn } from '../../../platform/calendar.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Box } from '../../../platform/keyring.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { zoneOf } from '../../settings/index.ts'

/** The first instants of a day and of the one after it, by the clocks of a time zone (IANA name). @param day YYYY-MM-DD */
export const boundsOf = (zone: string, day: string): { from: Date; to: Date } => ({
  from: instantIn(zone, day, 0),
  to: instantIn(zone, day, MINUTES_OF_DAY),
})

const MINUTES_OF_DAY = 1_440

type BreakRow = Pick<WorkSpan['breaks'][number], 'id' | 'kind' | 'label' | 'allowedMinutes'> & {
  startedAt: string
  endedAt: string | null
}

type Row = {
  id: string
  startedAt: Date
  endedAt: Date | null
  plannedEndAt: Date | null
  how: string | null
  endedBy: string | null
  reason: string | null
  version: number
  breaks: BreakRow[]
}

/** No work lasts longer than two days, so older rows need not be looked at. */
const LONGEST = '2 days'

/** Work of one person that reaches into a stretch of time, the oldest first. Exported so that a test can look at its plan. */
export const spansSql = (
  { workspaceId, staffId }: { workspaceId: string; staffId: string },
  { from, to }: { from: Date; to: Date },
): Prisma.Sql => Prisma.sql`
  ${SPAN}
  where w.workspace_id = ${workspaceId}::uuid and w.staff_id = ${staffId}::uuid and w.started_at < ${to}
    and w.started_at > ${from}::timestamptz - ${LONGEST}::interval and (w.ended_at is null or w.ended_at > ${from} or w.started_at >= ${from})
  order by w.started_at`

const SPAN = Prisma.sql`
  select w.id::text, w.started_at as "startedAt", w.ended_at as "endedAt", w.planned_end_at as "plannedEndAt", w.ended_how as how,
    e.name as "endedBy", w.ended_reason as reason, w.version,
    (select coalesce(json_agg(json_build_object('id', b.id, 'kind', b.kind, 'label', b.label, 'allowedMinutes', b.allowed_minutes,
        'startedAt', b.started_at, 'endedAt', b.ended_at) order by b.started_at, b.id), '[]')
      from desk.work_break b where b.workspace_id = w.workspace_id and b.session_id = w.id) as breaks
  from desk.work_session w left join desk.staff e on e.workspace_id = w.workspace_id and e.id = w.ended_by_id`

/** Work of one person in a stretch of time, with what was corrected. */
export async function spansOf(
  tx: Tx,
  box: Box,
  staffId: string,
  stretch: { from: Date; to: Date },
): Promise<WorkSpan[]> {
  const rows = await tx.$queryRaw<Row[]>(spansSql({ workspaceId: tx.workspaceId, staffId }, stretch))
  return presentSpans(tx, box, rows)
}

/** One of them. */
export async function spanIn(tx: Tx, box: Box, id: string): Promise<WorkSpan> {
  const rows = await tx.$queryRaw<Row[]>`${SPAN} where w.workspace_id = ${tx.workspaceId}::uuid and w.id = ${id}::uuid`
  const [span] = await presentSpans(tx, box, rows)
  if (!span) throw new Error(`There is no work ${id}`)
  return span
}

/** What of a correction is sealed. */
export const CORRECTION_PLACE = 'work_correction.content'
export const CorrectionContent = z.object({ word: z.string(), before: WorkTimes.nullable(), after: WorkTimes })

async function presentSpans(tx: Tx, box: Box, rows: readonly Row[]): Promise<WorkSpan[]> {
  const corrections = await tx.workCorrection.findMany({
    where: { workspaceId: tx.workspaceId, sessionId: { in: rows.map(({ id }) => id) } },
    include: { by: { select: { name: true } } },
    orderBy: { at: 'asc' },
  })
  const told = corrections.map(({ id, sessionId, at, by, content }) => {
    const opened = CorrectionContent.parse(JSON.parse(box.openText(CORRECTION_PLACE, id, content)))
    return { sessionId, correction: { at: at.toISOString(), by: by.name, ...opened } }
  })
  return rows.map((row) => ({
    ...presentRow(row),
    corrections: told.filter(({ sessionId }) => sessionId === row.id).map(({ correction }) => correction),
  }))
}

const presentRow = ({ how, reason, startedAt, endedAt, plannedEndAt, breaks, ...row }: Row) => ({
  ...row,
  startedAt: startedAt.toISOString(),
  endedAt: endedAt?.toISOString() ?? null,
  plannedEndAt: plannedEndAt?.toISOString() ?? null,
  how: how === null ? null : EndedHow.parse(how),
  reason: reason === null ? null : EndingReason.parse(reason),
  breaks: breaks.map((each) => ({
    ...each,
    startedAt: new Date(each.startedAt).toISOString(),
    endedAt: each.endedAt && new Date(each.endedAt).toISOString(),
  })),
})

/** Somebody of the team, also who left: their times stay. @throws DeskError not_found */
export async function personIn(tx: Tx, staffId: string): Promise<{ id: string; name: string }> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id: staffId } }
  const person = await tx.staff.findUnique({ where, select: { id: true, name: true } })
  if (!person) throw new DeskError('not_found', 'Nobody of the team has this id. Choose somebody of the team.')
  return person
}

/** A person's day by the calendar of the workspace. @param day YYYY-MM-DD @throws DeskError not_found */
export async function workDayOf(ctx: Ctx, tx: Tx, staffId: string, day: string) {
  const staff = await personIn(tx, staffId)
  const stretch = boundsOf(await zoneOf(tx), day)
  return { staff, items: await spansOf(tx, await ctx.keyring.box(tx), staffId, stretch) }
}
