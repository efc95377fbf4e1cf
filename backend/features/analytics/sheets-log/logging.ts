import { z } from 'zod'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { systemOf } from '../../../platform/actor.ts'
import { workspacesWhere } from '../../../platform/among.ts'
import { on } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { enqueue, job } from '../../../platform/jobs.ts'
import { perform, planAll } from '../../../platform/journal.ts'
import { every, type Recurring } from '../../../platform/schedule.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { actionEnded, labelOf, outlinesOf, reasonsIn } from '../../combined-actions/index.ts'
import { mayAffectOutside, permitOutside, withholdInShadow } from '../../settings/index.ts'
import { formatNumber } from '../../tickets/index.ts'
import { KIND, type RowsRequest, writingRows } from './effect.ts'
import type { LogRow } from './writing.ts'

/** Rows that are written at once: Google lets a service account write sixty times a minute. */
const BATCH = 50

/** An action that ended belongs into the log, while there is one. */
export const logEnded = on(actionEnded, 'sheets-log:ended', (ctx: Ctx, workspaceId, { actionId }) =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const log = await tx.sheetsLog.findUnique({ where: { workspaceId } })
    if (!log || (await withholdInShadow(tx, KIND))) return
    await tx.sheetsLogRow.createMany({ data: [{ workspaceId, actionId, endedAt: tx.now }], skipDuplicates: true })
    if (log.on) await enqueueWriting(tx)
  }),
)

const enqueueWriting = (tx: Tx): Promise<void> =>
  enqueue(tx, writeLog, {}, { queue: `sheets-log/${tx.workspaceId}`, key: `sheets-log/${tx.workspaceId}` })

/** Writes what waits, one batch after the other: the next one is planned when the one before it has ended. */
const writeLog = job('sheets-log:write', z.object({}), async (ctx: Ctx, workspaceId) => {
  const entryId = await inWorkspace(ctx, workspaceId, (tx) => nextBatch(ctx, tx))
  if (entryId === null) return
  const { state } = await perform(ctx, writingRows, { workspaceId, entryId }, permitOutside(ctx))
  if (state === 'done') await inWorkspace(ctx, workspaceId, enqueueWriting)
})

/** What nobody is writing any more (a pause, a queue that gave up) is taken up again. */
const resumeLog = job('sheets-log:resume', z.object({}), (ctx: Ctx, workspaceId) =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const log = await tx.sheetsLog.findUnique({ where: { workspaceId } })
    if (!log?.on || !(await mayAffectOutside(ctx, tx))) return
    const waiting = await tx.sheetsLogRow.findFirst({
      where: { workspaceId, writtenAt: null },
      select: { actionId: true },
    })
    if (waiting) await enqueueWriting(tx)
  }),
)

export const sheetsLogJobs = [writeLog, resumeLog]
const switchedOn = workspacesWhere(
  (workspaceId) => Prisma.sql`exists (select from desk.sheets_log l where l.workspace_id = ${workspaceId} and l."on")`,
)

export const sheetsLogSchedule: readonly Recurring[] = [every('1 minute', resumeLog, switchedOn)]

/** The entry that is to be done: the one that has not ended, or a new one of what waits. */
async function nextBatch(ctx: Ctx, tx: Tx): Promise<string | null> {
  const { workspaceId } = tx
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`sheets-log/${workspaceId}`}, 0))`
  const log = await tx.sheetsLog.findUnique({ where: { workspaceId } })
  if (!log?.on || !(await mayAffectOutside(ctx, tx))) return null
  const open = await tx.sheetsLogRow.findFirst({
    where: { workspaceId, writtenAt: null, entryId: { not: null } },
    select: { entryId: true },
  })
  if (open?.entryId) return open.entryId
  const waiting = await tx.sheetsLogRow.findMany({
    where: { workspaceId, entryId: null },
    orderBy: [{ endedAt: 'asc' }, { actionId: 'asc' }],
    take: BATCH,
  })
  if (waiting.length === 0) return null
  const id = newId(tx.now)
  const ids = waiting.map(({ actionId }) => actionId)
  const { spreadsheetId, sheetName } = log
  const request: RowsRequest = {
    spreadsheetId,
    sheetName,
    rows: (await rowsOf(ctx, tx, waiting)).map((row) => [...row]),
  }
  await planAll(tx, await ctx.keyring.box(tx), [{ kind: KIND, id, ticketId: null, by: systemOf(workspaceId), request }])
  await tx.sheetsLogRow.updateMany({ where: { workspaceId, actionId: { in: ids } }, data: { entryId: id } })
  return id
}

/** What the team wrote down by hand: when, who, order, what, reason, worth, ticket. */
async function rowsOf(ctx: Ctx, tx: Tx, waiting: readonly { actionId: string; endedAt: Date }[]): Promise<LogRow[]> {
  const { workspaceId } = tx
  const ids = waiting.map(({ actionId }) => actionId)
  const actions = await tx.combinedAction.findMany({
    where: { workspaceId, id: { in: ids } },
    select: { id: true, reasonCode: true, ticketId: true },
  })
  const tickets = await tx.ticket.findMany({
    where: { workspaceId, id: { in: actions.map(({ ticketId }) => ticketId) } },
    select: { id: true, number: true },
  })
  const reasons = await reasonsIn(tx)
  const outlines = await outlinesOf(ctx, tx, ids)
  const rows: LogRow[] = []
  for (const { actionId, endedAt } of waiting) {
    const action = actions.find(({ id }) => id === actionId)
    const outline = outlines.get(actionId)
    if (!action || !outline) continue
    const { order, words, worth, by } = outline
    const reason = reasons.find(({ id }) => id === action.reasonCode)
    const ticket = tickets.find(({ id }) => id === action.ticketId)
    const cells = [
      by,
      order,
      words,
      reason ? labelOf(reason) : action.reasonCode,
      worth,
      ticket ? formatNumber(ticket.number) : '',
    ]
    rows.push([actionId, endedAt.toISOString().slice(0, 19).replace('T', ' '), ...cells.map(ctx.mask)])
  }
  return rows
}
