import type { Tx } from '../../../platform/tenancy.ts'

/** A mailbox that Google does not let us read. */
export type Unread = { address: string; account: string; lostAt: Date | null; problem: string | null }

/** Mailboxes of the workspace that cannot be read by now. */
export const unreadMailboxes = (tx: Tx): Promise<Unread[]> =>
  tx.$queryRaw<Unread[]>`
    select m.address, m.archive_address as account, m.lost_at as "lostAt", m.problem from desk.mailbox m
    where m.workspace_id = ${tx.workspaceId}::uuid and m.state = 'needs_access' order by m.created_at, m.id`

export const NOTHING_LOST = 'Its mail waits in Gmail, and comes when access is granted again.'
