import type { BreakTimes, WorkCorrection, WorkSpan, WorkTimes } from '../../../../shared/workforce.ts'
import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { timeIn, zoneOf } from '../../settings/index.ts'
import { breakKindsIn } from '../breaks/kinds.ts'
import { workCorrected } from '../events.ts'
import { problemOf } from './checking-times.ts'
import { CORRECTION_PLACE, CorrectionContent, personIn, spanIn } from './days.ts'
import { lockHours } from './locking.ts'

/** Times that nobody logged. @throws DeskError not_found, or invalid_request with what is wrong about them */
export const addTimes = (
  ctx: Ctx,
  staffId: string,
  { word, ...wish }: WorkCorrection,
  by: StaffActor,
): Promise<WorkSpan> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    await personIn(tx, staffId)
    await lockHours(tx, staffId)
    const sessionId = newId(tx.now)
    if (wish.endedAt === null)
      throw new DeskError('invalid_request', 'Write when it ended: nobody is logged in by that.')
    await refuseWrong(tx, { staffId, sessionId: null }, wish)
    await tx.workSession.create({
      data: {
        workspaceId: tx.workspaceId,
        id: sessionId,
        staffId,
        startedAt: new Date(wish.startedAt),
        endedAt: new Date(wish.endedAt),
        endedHow: 'supervisor',
        endedById: by.id,
        correctedAt: tx.now,
      },
    })
    await writeBreaks(tx, { staffId, sessionId }, wish.breaks, [])
    return note(ctx, tx, { staffId, sessionId, word, before: null }, by)
  })

/**
 * Corrects times of work and the breaks in it. What they were is kept, sealed.
 * @throws DeskError not_found, stale_version, or invalid_request with what is wrong about them
 */
export const correctTimes = (
  ctx: Ctx,
  sessionId: string,
  { word, version, ...wish }: WorkCorrection & { version: number },
  by: StaffActor,
): Promise<WorkSpan> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const { staffId } = await sessionIn(tx, sessionId)
    await lockHours(tx, staffId)
    await tx.$executeRaw`
      select from desk.work_session where workspace_id = ${tx.workspaceId}::uuid and id = ${sessionId}::uuid for update`
    const before = await spanIn(tx, await ctx.keyring.box(tx), sessionId)
    if (before.version !== version)
      throw new DeskError(
        'stale_version',
        'These times changed since you opened them. Look at them again, then save yours.',
      )
    refuseReopening(before, wish)
    await refuseWrong(tx, { staffId, sessionId }, wish)
    await replace(tx, { staffId, sessionId }, wish)
    return note(ctx, tx, { staffId, sessionId, word, before: timesOf(before) }, by)
  })

async function replace(tx: Tx, session: { staffId: string; sessionId: string }, wish: WorkTimes): Promise<void> {
  const { workspaceId } = tx
  const { sessionId } = session
  const breaks = await tx.workBreak.findMany({ where: { workspaceId, sessionId } })
  await tx.workBreak.deleteMany({ where: { workspaceId, sessionId } })
  await tx.workSession.update({
    where: { workspaceId_id: { workspaceId, id: sessionId } },
    data: {
      startedAt: new Date(wish.startedAt),
      endedAt: wish.endedAt && new Date(wish.endedAt),
      correctedAt: tx.now,
      version: { increment: 1 },
    },
  })
  await writeBreaks(tx, session, wish.breaks, breaks)
}

/** @throws DeskError not_found */
export async function sessionIn(tx: Tx, id: string): Promise<{ staffId: string }> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id } }
  const session = await tx.workSession.findUnique({ where, select: { staffId: true } })
  if (!session) throw new DeskError('not_found', 'There are no such times of work in your workspace.')
  return session
}

/** Correcting is about what was: it neither logs anybody in or out, nor begins or ends their break. */
function refuseReopening(before: WorkSpan, wish: WorkTimes): void {
  if (before.endedAt === null && wish.endedAt !== null)
    throw new DeskError('invalid_request', 'They are logged in. Log them out first, then correct when that was.')
  if (before.endedAt !== null && wish.endedAt === null)
    throw new DeskError('invalid_request', 'This work is over. Write when it ended.')
  const [was, is] = [openIn(before.breaks), openIn(wish.breaks)]
  if (was !== is) throw new DeskError('invalid_request', 'Their break goes on. End it first, or leave its end empty.')
}

const openIn = (breaks: readonly { id: string | null; endedAt: string | null }[]): string | null | undefined =>
  breaks.find(({ endedAt }) => endedAt === null)?.id

/** @throws DeskError invalid_request, which names what the times lie over */
async function refuseWrong(
  tx: Tx,
  { staffId, sessionId }: { staffId: string; sessionId: string | null },
  wish: WorkTimes,
): Promise<void> {
  const problem = problemOf(datesOf(wish), tx.now)
  if (problem) throw new DeskError('invalid_request', problem)
  const { startedAt, endedAt } = datesOf(wish)
  const [other] = await tx.$queryRaw<{ startedAt: Date; endedAt: Date | null }[]>`
    select o.started_at as "startedAt", o.ended_at as "endedAt" from desk.work_session o
    where o.workspace_id = ${tx.workspaceId}::uuid and o.staff_id = ${staffId}::uuid and o.id is distinct from ${sessionId}::uuid
      and o.started_at < coalesce(${endedAt}::timestamptz, 'infinity') and o.started_at > ${startedAt}::timestamptz - interval '2 days'
      and coalesce(o.ended_at, 'infinity') > ${startedAt} order by o.started_at limit 1`
  if (!other) return
  const zone = await zoneOf(tx)
  const until = other.endedAt === null ? 'still going on' : `to ${timeIn(zone, other.endedAt)}`
  throw new DeskError(
    'invalid_request',
    `This lies over other work: ${timeIn(zone, other.startedAt)}, ${until}. Correct that one first, or make this one shorter.`,
  )
}

const datesOf = ({ startedAt, endedAt, breaks }: WorkTimes) => ({
  startedAt: new Date(startedAt),
  endedAt: endedAt === null ? null : new Date(endedAt),
  breaks: breaks.map((each) => ({
    startedAt: new Date(each.startedAt),
    endedAt: each.endedAt === null ? null : new Date(each.endedAt),
  })),
})

type BreakRow = {
  id: string
  kind: string
  label: string
  allowedMinutes: number
  endedById: string | null
  endedReason: string | null
}

/** A break keeps its name and minutes as long as it keeps its kind; what is added has those of today. */
async function writeBreaks(
  tx: Tx,
  { staffId, sessionId }: { staffId: string; sessionId: string },
  wish: readonly BreakTimes[],
  before: readonly BreakRow[],
): Promise<void> {
  const kinds = await breakKindsIn(tx)
  const data = wish.map(({ id, kind, startedAt, endedAt }) => {
    const was = before.find((each) => each.id === id)
    const known = kinds.find((each) => each.id === kind)
    if (id !== null && !was) throw new DeskError('not_found', 'There is no such break in this work. Open it again.')
    const named = was?.kind === kind ? was : known && { label: known.label, allowedMinutes: known.minutes }
    if (!named) throw new DeskError('invalid_request', `There is no break ${kind}. Choose one from the list.`)
    return {
      workspaceId: tx.workspaceId,
      id: id ?? newId(tx.now),
      sessionId,
      staffId,
      kind,
      label: named.label,
      allowedMinutes: named.allowedMinutes,
      startedAt: new Date(startedAt),
      endedAt: endedAt === null ? null : new Date(endedAt),
      endedById: was?.endedById ?? null,
      endedReason: was?.endedReason ?? null,
    }
  })
  await tx.workBreak.createMany({ data })
}

export const timesOf = ({ startedAt, endedAt, breaks }: WorkSpan): WorkTimes => ({
  startedAt,
  endedAt,
  breaks: breaks.map((each) => ({ id: each.id, kind: each.kind, startedAt: each.startedAt, endedAt: each.endedAt })),
})

type Noted = { staffId: string; sessionId: string; word: string; before: WorkTimes | null }

async function note(ctx: Ctx, tx: Tx, { staffId, sessionId, word, before }: Noted, by: StaffActor): Promise<WorkSpan> {
  const { workspaceId, now } = tx
  const box = await ctx.keyring.box(tx)
  const id = newId(now)
  const after = timesOf(await spanIn(tx, box, sessionId))
  const content = CorrectionContent.parse({ word: ctx.mask(word), before, after })
  await tx.workCorrection.create({
    data: {
      workspaceId,
      id,
      sessionId,
      byId: by.id,
      at: now,
      content: box.seal(CORRECTION_PLACE, id, JSON.stringify(content)),
    },
  })
  await record(tx, [workCorrected({ staffId, sessionId, correctionId: id, by })])
  return spanIn(tx, box, sessionId)
}
