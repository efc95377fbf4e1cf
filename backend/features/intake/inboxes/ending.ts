import type { Actor } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { inboxEnded } from '../events.ts'

/**
 * Reads somebody's own inbox no more. Its secret is gone; so is its position, so that what comes until it might be read again is never
 * read. What was the desk's stays with its tickets.
 */
export async function endInbox(tx: Tx, staffId: string, by: Pick<Actor, 'kind' | 'id'>): Promise<void> {
  const ended = await tx.mailbox.updateManyAndReturn({
    where: { workspaceId: tx.workspaceId, kind: 'agent', staffId, state: { not: 'ended' } },
    data: { state: 'ended', secret: null, cursor: null, resyncPage: null, problem: null, lostAt: null },
    select: { id: true },
  })
  await record(
    tx,
    ended.map(({ id: mailboxId }) => inboxEnded({ mailboxId, staffId, by })),
  )
}
