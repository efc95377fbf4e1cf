import { GmailPaced, GmailTooFast } from '../../clients/gmail/index.ts'
import type { Ctx } from '../../context.ts'
import type { Outcome } from '../../platform/journal.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'

/** Where Gmail names no time: whoever comes before its silence is over is told by the account's own pace when to come. */
const SOON_S = 2

/**
 * An attempt that knows when it is worth trying again is no failure: its job comes again then, and not by the queue's growing pauses, which
 * would keep an answer back for minutes after a silence of seconds.
 * @param enqueueAt plans the same job again
 * @throws whatever else the attempt fails with
 */
export async function comeAgain(
  ctx: Ctx,
  workspaceId: string,
  attempt: Promise<Outcome>,
  enqueueAt: (tx: Tx, at: Date) => Promise<void>,
): Promise<void> {
  const seconds = await attempt.then((outcome) => outcome.seconds, secondsAfter)
  if (seconds === null) return
  await inWorkspace(ctx, workspaceId, (tx) => enqueueAt(tx, new Date(tx.now.getTime() + seconds * 1_000)))
}

function secondsAfter(error: unknown): number {
  if (error instanceof GmailPaced || error instanceof GmailTooFast) return error.retryAfter ?? SOON_S
  throw error
}
