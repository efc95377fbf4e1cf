import type { MailboxHistory } from '../../../../shared/cut-over.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { inShadow, noteChange } from '../../settings/index.ts'
import { type Backfill, estimateOf, lastBackfill } from '../backfill/runs.ts'
import { isOpen, mailboxIn } from '../backfill/steering.ts'

/** How a mailbox stands between the past and its go-live. @throws DeskError not_found */
export async function historyOf(tx: Tx, mailboxId: string): Promise<MailboxHistory> {
  const { liveFrom, createdAt, historyCounted, unansweredDays } = await mailboxIn(tx, mailboxId)
  const run = await lastBackfill(tx, mailboxId)
  return {
    liveFrom: liveFrom?.toISOString() ?? null,
    connectedAt: createdAt.toISOString(),
    counted: historyCounted,
    unansweredDays,
    backfill: run && stateOf(run),
    shadow: await inShadow(tx, { mailboxId }),
  }
}

const stateOf = (run: Backfill): MailboxHistory['backfill'] => ({
  state: run.state,
  since: run.since.toISOString(),
  until: run.until.toISOString(),
  reachedAt: run.reachedAt.toISOString(),
  listed: run.listed,
  taken: run.taken,
  estimated: estimateOf(run),
  problem: run.problem,
})

const MOST_DAYS = 90

export type CutOver = { liveFrom: Date | null; counted: boolean; unansweredDays: number }

/**
 * Sets when a mailbox goes live, whether its history counts, and how far back the past is looked through for what waits.
 * @throws DeskError not_found, invalid_request, in_progress while earlier mail is being read
 */
export const saveCutOver = (
  ctx: Ctx,
  workspaceId: string,
  mailboxId: string,
  { liveFrom, counted: historyCounted, unansweredDays }: CutOver,
  by: Pick<Actor, 'kind' | 'id'>,
): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const mailbox = await mailboxIn(tx, mailboxId)
    if (!Number.isInteger(unansweredDays) || unansweredDays < 1 || unansweredDays > MOST_DAYS)
      throw new DeskError('invalid_request', `Choose 1 to ${MOST_DAYS} days.`)
    if (liveFrom !== null && liveFrom < mailbox.createdAt)
      throw new DeskError(
        'invalid_request',
        'The go-live cannot be before the mailbox was connected. Read earlier mail as history.',
      )
    const before = settingsOf(mailbox)
    const after = settingsOf({ liveFrom, historyCounted, unansweredDays })
    const run = await lastBackfill(tx, mailboxId)
    const isMoved = before.liveFrom !== after.liveFrom || before.counted !== after.counted
    if (isMoved && run !== null && isOpen(run))
      throw new DeskError(
        'in_progress',
        'Earlier mail is being read by these settings. Stop that first, or wait for its end.',
      )
    const where = { workspaceId_id: { workspaceId, id: mailboxId } }
    await tx.mailbox.update({ where, data: { liveFrom, historyCounted, unansweredDays }, select: { id: true } })
    const box = await ctx.keyring.box(tx)
    await noteChange(tx, box, {
      setting: 'history',
      before: { mailboxId, ...before },
      after: { mailboxId, ...after },
      by,
    })
  })

type Columns = { liveFrom: Date | null; historyCounted: boolean; unansweredDays: number }

const settingsOf = ({ liveFrom, historyCounted, unansweredDays }: Columns) => ({
  liveFrom: liveFrom?.toISOString() ?? null,
  counted: historyCounted,
  unansweredDays,
})
