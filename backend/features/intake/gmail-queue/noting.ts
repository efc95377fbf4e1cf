import type { Ctx } from '../../../context.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import type { Place } from './naming.ts'
import type { Kind } from './wanting.ts'

type Mail = { gmailId: string; archived: boolean }
type As = { ticketId: string; kinds: readonly Kind[]; ownerId: string | null; late: boolean }

/** Written down before Gmail is called: what is found there afterwards may be this, and nobody's move. */
export async function noteWriting(
  ctx: Ctx,
  { workspaceId, mailboxId }: Place,
  mails: readonly Mail[],
  as: As,
): Promise<void> {
  await inWorkspace(
    ctx,
    workspaceId,
    (tx) => tx.$executeRaw`
    insert into desk.gmail_queue_mail as q (workspace_id, mailbox_id, gmail_id, ticket_id, kinds, next_kinds, is_writing, archived, owner_id, late, written_at)
    select ${workspaceId}::uuid, ${mailboxId}::uuid, id, ${as.ticketId}::uuid, '{}', ${[...as.kinds]}::text[], true, archived, ${as.ownerId}::uuid, ${as.late}, ${tx.now}
    from unnest(${mails.map(({ gmailId }) => gmailId)}::text[], ${mails.map(({ archived }) => archived)}::boolean[]) as v (id, archived)
    on conflict (workspace_id, mailbox_id, gmail_id) do update set next_kinds = excluded.next_kinds, is_writing = true, ticket_id = excluded.ticket_id,
      archived = q.archived or excluded.archived`,
  )
}

export async function noteWritten(
  ctx: Ctx,
  { workspaceId, mailboxId }: Place,
  mails: readonly Mail[],
  as: As,
): Promise<void> {
  if (mails.length === 0) return
  await inWorkspace(
    ctx,
    workspaceId,
    (tx) => tx.$executeRaw`
    update desk.gmail_queue_mail q set kinds = ${[...as.kinds]}::text[], next_kinds = '{}', is_writing = false, archived = v.archived,
      owner_id = ${as.ownerId}::uuid, late = ${as.late}, written_at = ${tx.now}
    from unnest(${mails.map(({ gmailId }) => gmailId)}::text[], ${mails.map(({ archived }) => archived)}::boolean[]) as v (gmail_id, archived)
    where q.workspace_id = ${workspaceId}::uuid and q.mailbox_id = ${mailboxId}::uuid and q.gmail_id = v.gmail_id`,
  )
}
