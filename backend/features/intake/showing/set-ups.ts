import { Prisma } from '../../../generated/prisma/client.ts'

/**
 * Whether somebody signed in as the account that everybody shares: a set-up that loses who did what.
 * @param workspaceId an expression; @param staffId null for nobody of the staff
 */
export const isSharedLogin = (workspaceId: Prisma.Sql, staffId: string | null): Prisma.Sql => Prisma.sql`
  exists (select from desk.staff s join desk.mailbox m on m.workspace_id = s.workspace_id and m.state <> 'ended'
    and (m.address = s.email_key or (m.kind = 'archive' and m.archive_address = s.email_key))
    where s.workspace_id = ${workspaceId} and s.id = ${staffId}::uuid)`

export const SHARED_LOGIN =
  'You are signed in as an account that several people share. Sidedesk does not support that: it cannot tell who answered. Open Gmail with an account of your own that may send as the shared address.'
