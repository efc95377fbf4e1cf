import { Prisma } from '../../../generated/prisma/client.ts'

/** How a mail stands that the desk has and no ticket holds. */
export type Standing = {
  state: 'received' | 'ended'
  outcome: 'ignored' | 'suspected_spam' | 'quarantined' | null
  mailbox: string
  suspectedId: string | null
  /** Somebody said that it is spam. */
  confirmed: boolean
  ignoredId: string | null
  ignored: Uint8Array | null
  quarantinedId: string | null
  /** The ticket that says of a mail in quarantine that it is there. */
  ticketId: string | null
}

/** The statement; exported so that a test can ask PostgreSQL for its plan. */
export const standingOf = (workspaceId: string, mailKey: string): Prisma.Sql => Prisma.sql`
  select m.state, m.outcome, b.address as mailbox, s.id::text as "suspectedId", s.state is not distinct from 'spam' as confirmed,
    i.id::text as "ignoredId", i.content as ignored, q.id::text as "quarantinedId", q.ticket_id::text as "ticketId"
  from desk.mailbox_mail m
  join desk.mailbox b on b.workspace_id = m.workspace_id and b.id = m.mailbox_id
  left join desk.suspected_mail s on s.workspace_id = m.workspace_id and s.mailbox_id = m.mailbox_id and s.gmail_id = m.gmail_id
  left join desk.ignored_mail i on i.workspace_id = m.workspace_id and i.mailbox_id = m.mailbox_id and i.gmail_id = m.gmail_id
  left join desk.quarantined_mail q on q.workspace_id = m.workspace_id and q.mailbox_id = m.mailbox_id and q.gmail_id = m.gmail_id
  where m.workspace_id = ${workspaceId}::uuid and m.mail_key = ${mailKey}
  order by m.seq limit 1`
