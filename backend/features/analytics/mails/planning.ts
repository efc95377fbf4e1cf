import { v5 } from 'uuid'
import { z } from 'zod'
import type { FigureScope } from '../../../../shared/analytics.ts'
import type { MailPeriod } from '../../../../shared/report-mails.ts'
import { FIGURE_PEOPLE } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import type { ReportMail } from '../../../generated/prisma/client.ts'
import { systemOf } from '../../../platform/actor.ts'
import { dayIn } from '../../../platform/calendar.ts'
import { record } from '../../../platform/events.ts'
import { enqueueAll, job } from '../../../platform/jobs.ts'
import { perform, planAll, undecided } from '../../../platform/journal.ts'
import { every, type Recurring } from '../../../platform/schedule.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { mailboxToSendFrom } from '../../notices/index.ts'
import { mayAffectOutside, permitThroughMailbox, withheld, withholdInShadow, zoneOf } from '../../settings/index.ts'
import { daysOf, lastDue } from './due.ts'
import { KIND, type ReportMailRequest, sendingReport } from './effect.ts'
import { reportsMailed } from './events.ts'

const sendReport = job(
  'report-mails:send',
  z.object({ entryId: z.uuid() }),
  async (ctx: Ctx, workspaceId, { entryId }) => {
    await perform(ctx, sendingReport, { workspaceId, entryId }, permitThroughMailbox(ctx))
  },
)

/** Plans what is due, once: that it was and what it leads to are written down together. */
const planDue = job('report-mails:due', z.object({}), (ctx: Ctx, workspaceId) =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const mails = await tx.reportMail.findMany({ where: { workspaceId, on: true }, orderBy: { id: 'asc' } })
    if (mails.length === 0) return
    const zone = await zoneOf(tx)
    for (const mail of mails) {
      const at = lastDue(zone, tx.now, mail)
      if (at > mail.handledUntil) await planOnce(ctx, tx, mail, { at, zone })
    }
  }),
)

async function planOnce(ctx: Ctx, tx: Tx, mail: ReportMail, due: { at: Date; zone: string }): Promise<void> {
  const { workspaceId } = tx
  const { count } = await tx.reportMail.updateMany({
    where: { workspaceId, id: mail.id, on: true, handledUntil: { lt: due.at } },
    data: { handledUntil: due.at, lastDueAt: due.at },
  })
  if (count === 1) await planMail(ctx, tx, mail, due, due.at.toISOString())
}

/** Mails that nobody is sending any more (a pause, lost access, a queue that gave up) are taken up again. */
const resumeReports = job('report-mails:resume', z.object({}), (ctx: Ctx, workspaceId) =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    if (!(await mayAffectOutside(ctx, tx))) return
    await enqueueMails(
      tx,
      (await undecided(tx, KIND, 100)).map(({ id }) => id),
    )
  }),
)

export const reportMailJobs = [sendReport, planDue, resumeReports]
export const reportMailSchedule: readonly Recurring[] = [every('5 minutes', planDue), every('5 minutes', resumeReports)]

/**
 * Plans one mail for each recipient who still may see figures.
 * @param occasion the same one plans nothing a second time
 * @returns for how many
 */
export async function planMail(
  ctx: Ctx,
  tx: Tx,
  mail: Pick<ReportMail, 'id' | 'report' | 'period' | 'filters' | 'recipientIds'>,
  due: { at: Date; zone: string },
  occasion: string,
): Promise<number> {
  const { workspaceId } = tx
  const people = await peopleAmong(tx, mail.recipientIds)
  if (people.length === 0 || (await withholdInShadow(tx, KIND))) return 0
  const sender = await mailboxToSendFrom(tx)
  if (sender === null) {
    await withheld(tx, KIND, people.length)
    return 0
  }
  const ids = new Map(people.map(({ id }) => [id, entryIdOf(workspaceId, mail.id, occasion, id)]))
  const known = await tx.journalEntry.findMany({
    where: { workspaceId, id: { in: [...ids.values()] } },
    select: { id: true },
  })
  const fresh = people.filter(({ id }) => !known.some((one) => one.id === ids.get(id)))
  const scope = {
    ...daysOf(mail.period as MailPeriod, dayIn(due.zone, due.at)),
    zone: due.zone,
    ...(mail.filters as object),
  }
  await planAll(
    tx,
    await ctx.keyring.box(tx),
    fresh.map(({ id: staffId, email: to }) => ({
      kind: KIND,
      id: ids.get(staffId) ?? '',
      ticketId: null,
      by: systemOf(workspaceId),
      request: {
        mailboxId: sender.id,
        staffId,
        from: sender.address,
        to,
        report: mail.report,
        scope: scope as FigureScope,
      } satisfies ReportMailRequest,
    })),
  )
  await enqueueMails(
    tx,
    fresh.map(({ id }) => ids.get(id) ?? ''),
  )
  if (fresh.length > 0)
    await record(tx, [
      reportsMailed({ reportMailId: mail.id, report: mail.report, count: fresh.length, by: systemOf(workspaceId) }),
    ])
  return fresh.length
}

/** What one person is mailed on one occasion has one id, however often it is planned. */
export const entryIdOf = (workspaceId: string, mailId: string, occasion: string, staffId: string): string =>
  v5(`report-mail/${mailId}/${occasion}/${staffId}`, workspaceId)

const peopleAmong = (tx: Tx, ids: readonly string[]) =>
  tx.staff.findMany({
    where: {
      workspaceId: tx.workspaceId,
      id: { in: [...ids] },
      state: { not: 'deactivated' },
      role: { in: [...FIGURE_PEOPLE] },
    },
    select: { id: true, email: true },
    orderBy: { id: 'asc' },
  })

const enqueueMails = (tx: Tx, ids: readonly string[]): Promise<void> =>
  enqueueAll(
    tx,
    ids.map((entryId) => ({
      job: sendReport.name,
      payload: { entryId },
      key: `report-mail:${entryId}`,
      maxAttempts: sendReport.maxAttempts,
    })),
  )
