import { v5 } from 'uuid'
import { z } from 'zod'
import type { FigureScope } from '../../../../shared/analytics.ts'
import type { MailPeriod } from '../../../../shared/report-mails.ts'
import { FIGURE_PEOPLE } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma, type ReportMail } from '../../../generated/prisma/client.ts'
import { systemOf } from '../../../platform/actor.ts'
import { workspacesWhere } from '../../../platform/among.ts'
import { dayIn } from '../../../platform/calendar.ts'
import { record } from '../../../platform/events.ts'
import { enqueue, enqueueAll, type Job, job } from '../../../platform/jobs.ts'
import { perform, planAll, undecided, withUndecided } from '../../../platform/journal.ts'
import { every, type Recurring } from '../../../platform/schedule.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { comeAgain, permitSending } from '../../drafts/index.ts'
import { mailboxToSendFrom } from '../../notices/index.ts'
import { mayAffectOutside, withheld, withholdInShadow, zoneOf } from '../../settings/index.ts'
import { daysOf, lastDue } from './due.ts'
import { KIND, type ReportMailRequest, sendingReport } from './effect.ts'
import { reportsMailed } from './events.ts'

const sendReport: Job<{ entryId: string }, Ctx> = job(
  'report-mails:send',
  z.object({ entryId: z.uuid() }),
  async (ctx: Ctx, workspaceId, { entryId }) => {
    const attempt = perform(ctx, sendingReport, { workspaceId, entryId }, permitSending(ctx))
    await comeAgain(ctx, workspaceId, attempt, (tx, at) =>
      enqueue(tx, sendReport, { entryId }, { key: keyOf(entryId), at }),
    )
  },
)

/** Plans what is due, once: that it was and what it leads to are written down together. */
const planDue = job('report-mails:due', z.object({}), (ctx: Ctx, workspaceId) =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const mails = await tx.reportMail.findMany({ where: { workspaceId, on: true }, orderBy: { id: 'asc' } })
    if (mails.length === 0) return
    const zone = await zoneOf(tx)
    const due = mails
      .map((mail) => ({ mail, at: lastDue(zone, tx.now, mail) }))
      .filter(({ mail, at }) => at > mail.handledUntil)
    const mine = await markHandled(tx, due)
    await planMails(
      ctx,
      tx,
      zone,
      due.filter(({ mail }) => mine.has(mail.id)).map((one) => ({ ...one, occasion: one.at.toISOString() })),
    )
  }),
)

/** @returns those that nobody else has marked meanwhile, and that were not switched off */
async function markHandled(tx: Tx, due: readonly { mail: ReportMail; at: Date }[]): Promise<Set<string>> {
  const marked = await tx.$queryRaw<{ id: string }[]>`
    update desk.report_mail m set handled_until = d.at, last_due_at = d.at
    from unnest(${due.map(({ mail }) => mail.id)}::uuid[], ${due.map(({ at }) => at)}::timestamptz[]) as d (id, at)
    where m.workspace_id = ${tx.workspaceId}::uuid and m.id = d.id and m."on" and m.handled_until < d.at
    returning m.id::text`
  return new Set(marked.map(({ id }) => id))
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
const withReports = workspacesWhere(
  (workspaceId) => Prisma.sql`exists (select from desk.report_mail m where m.workspace_id = ${workspaceId} and m."on")`,
)

export const reportMailSchedule: readonly Recurring[] = [
  every('5 minutes', planDue, withReports),
  every('5 minutes', resumeReports, withUndecided),
]

/**
 * A report that is to be mailed, and when it was due.
 * @property occasion the same one plans nothing a second time
 */
export type DueMail = {
  mail: Pick<ReportMail, 'id' | 'report' | 'period' | 'filters' | 'recipientIds'>
  at: Date
  occasion: string
}

/**
 * Plans one mail of each report for each recipient who still may see figures, all of them together.
 * @returns how many
 */
export async function planMails(ctx: Ctx, tx: Tx, zone: string, due: readonly DueMail[]): Promise<number> {
  const { workspaceId } = tx
  const people = await peopleAmong(
    tx,
    due.flatMap(({ mail }) => mail.recipientIds),
  )
  const wanted = due
    .map((one) => ({ ...one, people: people.filter(({ id }) => one.mail.recipientIds.includes(id)) }))
    .filter((one) => one.people.length > 0)
  if (wanted.length === 0) return 0
  if (await withholdInShadow(tx, KIND)) {
    await withheld(tx, KIND, wanted.length - 1)
    return 0
  }
  const count = wanted.reduce((sum, one) => sum + one.people.length, 0)
  const sender = await mailboxToSendFrom(tx)
  if (sender === null) {
    await withheld(tx, KIND, count)
    return 0
  }
  const entries = wanted.flatMap((one) => entriesOf(workspaceId, sender, zone, one))
  const known = await tx.journalEntry.findMany({
    where: { workspaceId, id: { in: entries.map(({ id }) => id) } },
    select: { id: true },
  })
  const old = new Set(known.map(({ id }) => id))
  const fresh = entries.filter(({ id }) => !old.has(id))
  await planAll(
    tx,
    await ctx.keyring.box(tx),
    fresh.map(({ mailId: _, ...entry }) => entry),
  )
  await enqueueMails(
    tx,
    fresh.map(({ id }) => id),
  )
  const facts = wanted
    .map(({ mail }) => ({ mail, count: fresh.filter(({ mailId }) => mailId === mail.id).length }))
    .filter((one) => one.count > 0)
  await record(
    tx,
    facts.map(({ mail: { id, report }, count }) =>
      reportsMailed({ reportMailId: id, report, count, by: systemOf(workspaceId) }),
    ),
  )
  return fresh.length
}

type Person = { id: string; email: string }

function entriesOf(
  workspaceId: string,
  sender: { id: string; address: string },
  zone: string,
  { mail, at, occasion, people }: DueMail & { people: readonly Person[] },
) {
  const days = daysOf(mail.period as MailPeriod, dayIn(zone, at))
  const scope = { ...days, zone, ...(mail.filters as object) } as FigureScope
  return people.map(({ id: staffId, email: to }) => ({
    kind: KIND,
    id: entryIdOf(workspaceId, mail.id, occasion, staffId),
    ticketId: null,
    by: systemOf(workspaceId),
    mailId: mail.id,
    request: {
      mailboxId: sender.id,
      staffId,
      from: sender.address,
      to,
      report: mail.report,
      scope,
    } satisfies ReportMailRequest,
  }))
}

/** What one person is mailed on one occasion has one id, however often it is planned. */
export const entryIdOf = (workspaceId: string, mailId: string, occasion: string, staffId: string): string =>
  v5(`report-mail/${mailId}/${occasion}/${staffId}`, workspaceId)

const peopleAmong = (tx: Tx, ids: readonly string[]) =>
  tx.staff.findMany({
    where: {
      workspaceId: tx.workspaceId,
      id: { in: [...new Set(ids)] },
      state: { not: 'deactivated' },
      role: { in: [...FIGURE_PEOPLE] },
    },
    select: { id: true, email: true },
    orderBy: { id: 'asc' },
  })

const keyOf = (entryId: string) => `report-mail:${entryId}`

const enqueueMails = (tx: Tx, ids: readonly string[]): Promise<void> =>
  enqueueAll(
    tx,
    ids.map((entryId) => ({
      job: sendReport.name,
      payload: { entryId },
      key: keyOf(entryId),
      maxAttempts: sendReport.maxAttempts,
    })),
  )
