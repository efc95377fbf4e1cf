import type { Tx } from '../../platform/tenancy.ts'

/** What the doctor says about one mailbox. */
export type MailboxCheck = {
  id: string
  address: string
  archiveAddress: string
  state: 'connected' | 'needs_access' | 'paused'
  problem: string | null
  syncedAt: Date | null
  watchEndsAt: Date | null
  resyncing: boolean
  /** Told of, and not ended yet. */
  waiting: number
  /** Told of, but the bytes could not be read so far. */
  unread: number
  oldestWaitingAt: Date | null
  /** How the mails of the last 24 hours ended; by reason where there is one. */
  endings: { outcome: string; reason: string | null; count: number }[]
}

type Row = Omit<MailboxCheck, 'endings'>

/** How each mailbox of the workspace is doing. */
export async function checkMailboxes(tx: Tx): Promise<MailboxCheck[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select m.id::text, m.address, m.archive_address as "archiveAddress", m.state, m.problem, m.synced_at as "syncedAt", m.watch_ends_at as "watchEndsAt",
      m.resync_page is not null as resyncing, w.waiting, w.unread, w."oldestWaitingAt"
    from desk.mailbox m cross join lateral (
      select count(*)::int as waiting, count(*) filter (where raw_id is null)::int as unread, min(received_at) as "oldestWaitingAt"
      from desk.mailbox_mail mm where mm.workspace_id = m.workspace_id and mm.mailbox_id = m.id and mm.state = 'received') w
    where m.workspace_id = ${tx.workspaceId}::uuid and m.state <> 'ended' order by m.created_at, m.id`
  const yesterday = new Date(tx.now.getTime() - 86_400_000)
  const endings = await tx.$queryRaw<{ mailboxId: string; outcome: string; reason: string | null; count: number }[]>`
    select mailbox_id::text as "mailboxId", outcome, reason, count(*)::int as count from desk.mailbox_mail
    where workspace_id = ${tx.workspaceId}::uuid and received_at >= ${yesterday} and state = 'ended' group by 1, 2, 3 order by 4 desc, 2, 3`
  return rows.map((row) => ({
    ...row,
    endings: endings
      .filter(({ mailboxId }) => mailboxId === row.id)
      .map(({ outcome, reason, count }) => ({ outcome, reason, count })),
  }))
}
