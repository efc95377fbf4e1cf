import type { Tx } from '../../platform/tenancy.ts'

/** What a mailbox has proved so far by the mail that came through it. */
export type Seen = {
  /** Customers' mail reaches the archive. */
  customerMail: boolean
  /** What agents send is copied to the archive: someone else's mail as the shared address was read there. */
  agentCopy: boolean
  /** The position in the change feed to go on from. */
  cursor: string | null
  /** Mails of the last seven days that could not be read. */
  quarantined: number
}

const WEEK_MS = 7 * 86_400_000

/** @param mailboxId one mailbox of the transaction's workspace */
export async function seenBy(tx: Tx, mailboxId: string): Promise<Seen> {
  const since = new Date(tx.now.getTime() - WEEK_MS)
  const [seen] = await tx.$queryRaw<Seen[]>`
    select m.cursor,
      exists (select from desk.mailbox_mail mm join desk.message g on g.workspace_id = mm.workspace_id and g.id = mm.message_id
        where mm.workspace_id = m.workspace_id and mm.mailbox_id = m.id and g.direction = 'in') as "customerMail",
      exists (select from desk.mailbox_mail mm join desk.message g on g.workspace_id = mm.workspace_id and g.id = mm.message_id
        where mm.workspace_id = m.workspace_id and mm.mailbox_id = m.id and mm.received_at >= ${since}
          and g.direction = 'out' and not mm.labels @> array['SENT']) as "agentCopy",
      (select count(*)::int from desk.mailbox_mail mm where mm.workspace_id = m.workspace_id and mm.mailbox_id = m.id
        and mm.received_at >= ${since} and mm.outcome = 'quarantined') as quarantined
    from desk.mailbox m where m.workspace_id = ${tx.workspaceId}::uuid and m.id = ${mailboxId}::uuid`
  if (!seen) throw new Error('A mailbox to look at does not exist')
  return seen
}
