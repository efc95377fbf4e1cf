import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { systemOf } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import type { Move } from '../changes.ts'
import { mailMoved } from '../events.ts'
import type { OpenMailbox } from '../mailboxes.ts'

/**
 * Notes where people put mails in Gmail, and says so on their tickets. Nothing that the desk keeps goes with it: whether a mail is spam
 * or done is said on its ticket, not by tidying up the archive.
 */
export const followMoves = (ctx: Ctx, mailbox: OpenMailbox, moves: readonly Move[]): Promise<void> =>
  inWorkspace(ctx, mailbox.workspaceId, async (tx) => {
    const moved = await note(tx, mailbox.id, moves)
    const by = systemOf(tx.workspaceId)
    await record(
      tx,
      moved.flatMap(({ ticketId, messageId, to }) =>
        ticketId && messageId ? [mailMoved({ mailboxId: mailbox.id, ticketId, messageId, to: to ?? 'back', by })] : [],
      ),
    )
  })

type Moved = { messageId: string | null; ticketId: string | null; to: 'spam' | 'trash' | 'deleted' | null }

/** What was deleted stays so, and what stands already is not said twice: a page may come again. */
async function note(tx: Tx, mailboxId: string, moves: readonly Move[]): Promise<Moved[]> {
  const values = moves.map(({ gmailId, to }) => Prisma.sql`(${gmailId}, ${to}::text)`)
  return tx.$queryRaw<Moved[]>`
    with moved as (
      update desk.mailbox_mail m set moved_to = v.moved_to, moved_at = case when v.moved_to is null then null else ${tx.now}::timestamptz end
      from (values ${Prisma.join(values)}) as v (gmail_id, moved_to)
      where m.workspace_id = ${tx.workspaceId}::uuid and m.mailbox_id = ${mailboxId}::uuid and m.gmail_id = v.gmail_id
        and m.moved_to is distinct from v.moved_to and m.moved_to is distinct from 'deleted'
      returning m.workspace_id, m.message_id, m.moved_to)
    select moved.message_id::text as "messageId", g.ticket_id::text as "ticketId", moved.moved_to as "to"
    from moved left join desk.message g on g.workspace_id = moved.workspace_id and g.id = moved.message_id`
}
