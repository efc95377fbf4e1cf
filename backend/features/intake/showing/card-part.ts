import { Prisma } from '../../../generated/prisma/client.ts'
import { present, remark, section, warning } from '../../../platform/panel.ts'
import { type CardPart, cardPart } from '../../tickets/index.ts'
import { isSharedLogin, SHARED_LOGIN } from './set-ups.ts'
import { NOTHING_LOST } from './troubles.ts'

type Row = {
  /** Accounts that cannot be read. */
  unread: string[] | null
  moved: { spam: number; trash: number; deleted: number } | null
  sharedLogin: boolean
}

/** Says on a card that mail may be missing because a mailbox cannot be read, and what people did with this ticket's mails in Gmail. */
export const mailPart: CardPart = cardPart<Row>({
  name: 'mail',
  sql: ({ me }) => Prisma.sql`
    select json_build_object('sharedLogin', ${isSharedLogin(Prisma.sql`t.workspace_id`, me)}, 'unread', (
      select json_agg(m.archive_address order by m.created_at) from desk.mailbox m where m.workspace_id = t.workspace_id and m.state = 'needs_access'),
    'moved', (
      select case when count(*) > 0 then json_build_object('spam', count(*) filter (where mm.moved_to = 'spam'),
        'trash', count(*) filter (where mm.moved_to = 'trash'), 'deleted', count(*) filter (where mm.moved_to = 'deleted')) end
      from desk.message g join desk.mailbox_mail mm on mm.workspace_id = g.workspace_id and mm.message_id = g.id
      where g.workspace_id = t.workspace_id and g.ticket_id = t.id and mm.moved_to is not null))`,
  present: (_ctx, _scene, { unread, moved, sharedLogin }) =>
    present(
      sharedLogin ? section(null, warning(SHARED_LOGIN)) : null,
      unread === null
        ? null
        : section(null, warning(`${unread.join(', ')} cannot be read now: newer mail may be missing. ${NOTHING_LOST}`)),
      moved === null ? null : section(null, remark(movedWords(moved))),
    ),
})

function movedWords({ spam, trash, deleted }: NonNullable<Row['moved']>): string {
  const parts = [
    spam > 0 && `${mails(spam)} marked as spam`,
    trash > 0 && `${mails(trash)} put in the trash`,
    deleted > 0 && `${mails(deleted)} deleted`,
  ]
  return `In Gmail: ${parts.filter(Boolean).join(', ')}. All of it is kept here.`
}

const mails = (count: number): string => (count === 1 ? '1 mail' : `${count} mails`)
