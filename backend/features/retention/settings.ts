import type { RetentionPreview, RetentionSettings } from '../../../shared/retention.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { noteChange } from '../settings/index.ts'
import { countAgedSql } from './picking.ts'

/** Nothing is forgotten unless somebody says so. */
const DEFAULT: RetentionSettings = { months: null, mode: 'anonymise' }

export async function retentionIn(tx: Tx): Promise<RetentionSettings> {
  const { workspaceId } = tx
  const row = await tx.retentionSetting.findUnique({ where: { workspaceId }, select: { months: true, mode: true } })
  return row ? { months: row.months, mode: row.mode as RetentionSettings['mode'] } : DEFAULT
}

export const writeRetention = (ctx: Ctx, after: RetentionSettings, by: Actor): Promise<RetentionSettings> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const { workspaceId, now } = tx
    const before = await retentionIn(tx)
    const row = { ...after, updatedAt: now }
    await tx.retentionSetting.upsert({ where: { workspaceId }, create: { ...row, workspaceId }, update: row })
    await noteChange(tx, await ctx.keyring.box(tx), { setting: 'retention', before, after, by })
    return after
  })

/** What ended before is too old: by the calendar, so that a month is a month. */
export function tooOldBefore(now: Date, months: number): Date {
  const day = new Date(now)
  const wanted = day.getUTCDate()
  day.setUTCDate(1)
  day.setUTCMonth(day.getUTCMonth() - months)
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate()
  day.setUTCDate(Math.min(wanted, last))
  return day
}

const MOST_COUNTED = 100_000

/** What a rule would touch right now. */
export async function previewIn(tx: Tx, months: number): Promise<RetentionPreview> {
  const before = tooOldBefore(tx.now, months)
  // How many of the old ones were forgotten already is nothing that the planner could know: without this it reads all tickets.
  await tx.$executeRaw`select set_config('enable_seqscan', 'off', true)`
  const [counted] = await tx.$queryRaw<{ all: number; held: number }[]>(
    countAgedSql(tx.workspaceId, before, MOST_COUNTED),
  )
  const [loose] = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from (select from desk.mailbox_mail where workspace_id = ${tx.workspaceId}::uuid and state = 'ended'
      and message_id is null and raw_id is not null and received_at < ${before} limit ${MOST_COUNTED}) m`
  const { all = 0, held = 0 } = counted ?? {}
  return { before: before.toISOString(), tickets: all - held, held, looseMails: loose?.count ?? 0 }
}
