import { startBackfill } from '../../backend/features/intake/backfill/steering.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { archiveOf } from './archive.ts'
import { type Desk, SUPPORT } from './desk.ts'
import { rawMail } from './raw-mail.ts'

export const ARCHIVE = 'archive@fern.example'
const DAY_MS = 86_400_000

type Past = {
  id: string
  /** How long ago. */
  days: number
  /** The customer; what the team wrote goes to them. */
  who: string
  byTeam?: boolean
  answers?: string
  subject?: string
  text?: string
  headers?: Record<string, string>
}

/** Mail that stood in the archive mailbox before the desk looked at it. */
export const pastAt = (desk: Desk) => {
  const { ctx, workspaceId, mailbox } = desk
  const archive = archiveOf(desk)
  const read = <T>(work: Parameters<typeof inWorkspace<T>>[2]) => inWorkspace(ctx, workspaceId, work, { reads: true })

  function put({
    id,
    days,
    who,
    byTeam = false,
    answers,
    subject = 'An old question',
    text = 'Old words',
    headers,
  }: Past) {
    const at = new Date(desk.clock.now().getTime() - days * DAY_MS)
    const [from, to] = byTeam ? [SUPPORT, who] : [who, SUPPORT]
    const raw = rawMail(
      {
        'Message-ID': `<${id}@past.example>`,
        From: from,
        To: to,
        Subject: answers ? `Re: ${subject}` : subject,
        Date: at.toUTCString(),
        ...(answers && { 'In-Reply-To': `<${answers}@past.example>`, References: `<${answers}@past.example>` }),
        ...headers,
      },
      text,
    )
    return desk.google.deliver(raw, { from, to: [ARCHIVE] }, { at, authentication: 'pass' })
  }

  return {
    archive,
    read,
    /** Puts mails there that no change feed tells of. */
    async stood(mails: readonly Past[]): Promise<string[]> {
      const delivered = mails.map(put)
      desk.google.users.forgetHistory(ARCHIVE)
      await archive.poll()
      return delivered.map((one) => archive.idOf(one))
    },
    start: (months: number) =>
      startBackfill(ctx, workspaceId, { mailboxId: mailbox.mailboxId, months }, systemOf(workspaceId)),
    /** Lets the reading go on until it rests; what asked for a pause gets one. */
    async goOn(): Promise<void> {
      for (let minute = 0; minute < 5; minute++) {
        await desk.settle()
        await desk.travel('1 min')
        await archive.poll()
      }
    },
    run: () =>
      read((tx) =>
        tx.mailboxBackfill.findFirstOrThrow({
          where: { workspaceId },
          orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
        }),
      ),
    /** Tickets of a customer, the oldest first. */
    tickets: (email: string) =>
      read((tx) =>
        tx.ticket.findMany({
          where: { workspaceId, customer: { email } },
          orderBy: { createdAt: 'asc' },
          include: { messages: { orderBy: { sentAt: 'asc' } } },
        }),
      ),
  }
}
