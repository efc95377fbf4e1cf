import { mailKeyOf } from '../../../backend/features/tickets/index.ts'
import { moveTicket } from '../../../shared/tickets.ts'
import { rawMail } from '../../support/raw-mail.ts'
import { until } from '../../support/until.ts'
import { ARCHIVE, type CrashingDesk, SUPPORT } from './crashing-desk.ts'

export type Mail = {
  id: string
  from: string
  name: string
  text: string
  /** Text of a file that it brings. */
  file?: string
  spam?: boolean
}

const BOUNDARY = 'a-boundary'

/** Brings mails in, each a conversation of its own, and waits until the last of them has its outcome. */
export async function brought(desk: CrashingDesk, mails: readonly Mail[]): Promise<void> {
  for (const mail of mails) {
    const { from, spam = false } = mail
    desk.google.deliver(bytesOf(mail), { from, to: [SUPPORT] }, { spam })
  }
  const isIn = async () => {
    const [row] = await desk.rows<{ count: number }>(
      `select count(*)::int as count from desk.mailbox_mail where state = 'ended'`,
    )
    return row?.count === desk.google.users.mails(ARCHIVE).length
  }
  await until('every mail to be filed', isIn, { seconds: 400 })
}

function bytesOf({ id, from, name, text, file }: Mail): Buffer {
  const head = {
    From: `${name} <${from}>`,
    To: SUPPORT,
    Subject: `About ${id}`,
    'Message-ID': `<${id}@mail.example>`,
    Date: new Date().toUTCString(),
  }
  if (file === undefined) return rawMail({ ...head, 'Content-Type': 'text/plain; charset=utf-8' }, text)
  const parts = [
    `--${BOUNDARY}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`,
    `--${BOUNDARY}\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename="${id}.txt"\r\n\r\n${file}\r\n`,
    `--${BOUNDARY}--\r\n`,
  ]
  const type = `multipart/mixed; boundary="${BOUNDARY}"`
  return rawMail({ ...head, 'MIME-Version': '1.0', 'Content-Type': type }, parts.join(''))
}

type Held = { ticketId: string; customerId: string; version: number }

/** The ticket of a mail. */
export async function ticketOf(desk: CrashingDesk, id: string): Promise<Held> {
  const [row] = await desk.rows<Held>(
    `select t.id::text as "ticketId", t.customer_id::text as "customerId", t.version from desk.message m
     join desk.ticket t on t.workspace_id = m.workspace_id and t.id = m.ticket_id where m.mail_key = $1`,
    [mailKeyOf(`<${id}@mail.example>`)],
  )
  if (!row) throw new Error(`No ticket holds the mail ${id}`)
  return row
}

/** Nora closes the tickets of these mails. */
export async function closed(desk: CrashingDesk, mails: readonly Mail[]): Promise<void> {
  for (const { id } of mails) {
    const { ticketId, version } = await ticketOf(desk, id)
    await desk.nora.call(moveTicket, { params: { ticketId }, body: { status: 'closed', version } })
  }
}
