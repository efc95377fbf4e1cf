import { NOTICE_KINDS, type NoticeKind } from '../../../shared/notices.ts'
import type { Ctx } from '../../context.ts'
import { noticeReference } from '../tickets/index.ts'

/** Something that people of the staff are told: what is needed to act and nothing of the customer; the rest is behind the link. */
export type Notice = {
  kind: NoticeKind
  /** Says which notice it is, so that a reaction that runs twice tells once: «asked/<approval>». */
  about: string
  subject: string
  lines: readonly string[]
  /** Where to look, or to act: a path of our pages, for who is signed in. */
  path: string
  /** Of the ticket that it is about. All that a push says of it, beside its kind. */
  number: string | null
  /** It comes in spite of the hour, to those as well who want to be left alone off shift. */
  evenOffShift?: boolean
}

export const ticketPath = (ticketId: string): string => `/desk/tickets/${ticketId}`

/** Where people choose what reaches them. */
export const NOTICES_PATH = '/desk/notices'

export const linkTo = ({ config }: Ctx, path: string): string => `${config.http.pagesUrl}${path}`

/** A notice as plain text of a mail. In Gmail the panel shows its ticket beside it. */
export const mailText = (ctx: Ctx, { lines, path, number }: Pick<Notice, 'lines' | 'path' | 'number'>): string =>
  [
    ...lines,
    '',
    ...(number === null ? [] : [`In Gmail ${number} stands in the panel beside this mail.`]),
    linkTo(ctx, path),
    '',
    'Sidedesk wrote this mail. Do not answer it: an answer becomes a ticket, as any other mail does.',
    `What reaches you, and how, you choose here: ${linkTo(ctx, NOTICES_PATH)}`,
    '',
  ].join('\n')

/** A notice as a mail. `references` makes the panel show its ticket beside it; `path`, of one that waits while its person is off shift. */
export type Mail = { subject: string; text: string; references?: string | undefined; path?: string | undefined }

export const mailOf = (ctx: Ctx, workspaceId: string, notice: Notice): Mail => ({
  subject: notice.subject,
  text: mailText(ctx, notice),
  ...(!notice.evenOffShift && { path: notice.path }),
  ...(notice.number !== null && { references: noticeReference(ctx.signer, workspaceId, notice.number) }),
})

/** What a push says: its kind and a number, nothing of any person. */
export const pushText = ({ kind, number }: Pick<Notice, 'kind' | 'number'>): { title: string; body: string } => {
  const { short } = NOTICE_KINDS[kind]
  return number === null ? { title: 'Sidedesk', body: short } : { title: number, body: short }
}
