import { z } from 'zod'
import { DIMENSIONS } from '../../../../shared/analytics.ts'
import { MAIL_PERIODS, type MailPeriod } from '../../../../shared/report-mails.ts'
import type { Ctx } from '../../../context.ts'
import type { ReportMail } from '../../../generated/prisma/client.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { noteChange, refuseInShadow, zoneOf } from '../../settings/index.ts'
import { reportCalled } from '../reports/list.ts'
import { planMails } from './planning.ts'

const MOST_MAILS = 50
const MOST_PEOPLE = 50

/** What somebody wants mailed. `weekday` null is every day. */
export const ReportMailWish = z.object({
  report: z.string().max(60),
  period: z.enum(Object.keys(MAIL_PERIODS) as [MailPeriod, ...MailPeriod[]], 'Choose which days it tells of.'),
  filters: z.partialRecord(z.enum(DIMENSIONS), z.array(z.string().max(200)).min(1).max(100)),
  weekday: z.int().min(1).max(7).nullable(),
  hour: z.int('Choose an hour.').min(0).max(23),
  recipientIds: z
    .array(z.uuid())
    .min(1, 'Choose who gets it.')
    .max(MOST_PEOPLE, `At most ${MOST_PEOPLE} people get one report.`),
  on: z.boolean(),
})
export type ReportMailWish = z.infer<typeof ReportMailWish>

/**
 * Writes a report mail. What was due before it was written or switched on is not mailed.
 * @param id null for a new one
 * @throws DeskError not_found, invalid_request
 */
export function saveReportMail(ctx: Ctx, id: string | null, wish: ReportMailWish, by: Actor): Promise<void> {
  reportCalled(wish.report)
  return change(ctx, by, id, async (tx, old) => {
    if (!old && (await tx.reportMail.count({ where: { workspaceId: tx.workspaceId } })) >= MOST_MAILS)
      throw new DeskError('invalid_request', `There are ${MOST_MAILS} report mails already. Remove one first.`)
    const { weekday, recipientIds, ...rest } = wish
    const data = {
      ...rest,
      weekday,
      every: weekday === null ? 'day' : 'week',
      recipientIds: [...new Set(recipientIds)],
      handledUntil: tx.now,
    }
    const { workspaceId } = tx
    if (old) return tx.reportMail.update({ where: { workspaceId_id: { workspaceId, id: old.id } }, data })
    return tx.reportMail.create({ data: { ...data, workspaceId, id: newId(tx.now), createdAt: tx.now } })
  })
}

/** @throws DeskError not_found */
export const removeReportMail = (ctx: Ctx, id: string, by: Actor): Promise<void> =>
  change(ctx, by, id, async (tx) => {
    await tx.reportMail.delete({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id } } })
    return null
  })

/**
 * Mails it at once, beside its rhythm, with the days that it would tell of today.
 * @param press the same press twice mails once
 * @returns how many get it
 * @throws DeskError not_found, in_shadow
 */
export const mailNow = (ctx: Ctx, id: string, press: string, by: Actor): Promise<number> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    await refuseInShadow(tx)
    const mail = await mailIn(tx, id)
    return planMails(ctx, tx, await zoneOf(tx), [{ mail, at: tx.now, occasion: `press/${press}` }])
  })

async function mailIn(tx: Tx, id: string): Promise<ReportMail> {
  const found = await tx.reportMail.findUnique({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id } } })
  if (!found) throw new DeskError('not_found', 'There is no such report mail any more.')
  return found
}

const change = (
  ctx: Ctx,
  by: Actor,
  id: string | null,
  act: (tx: Tx, old: ReportMail | null) => Promise<ReportMail | null>,
): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const old = id === null ? null : await mailIn(tx, id)
    const now = await act(tx, old)
    const box = await ctx.keyring.box(tx)
    await noteChange(tx, box, { setting: 'report_mails', before: old && told(old), after: now && told(now), by })
  })

/** What of it people look for among changes. */
const told = ({ report, period, filters, weekday, hour, recipientIds, on }: ReportMail) => ({
  report,
  period,
  filters,
  weekday,
  hour,
  recipientIds,
  on,
})
