import type { Google } from '../../emulators/google/google.ts'
import { SHOP } from '../../scenarios/fern-and-fig.ts'
import type { Pouring } from './pouring.ts'
import type { House, WrittenMail } from './talk-rows.ts'

/** The mails of a ticket, oldest first. */
export type Thread = readonly WrittenMail[]

/** Puts mails into the archive as if they had always been there, and remembers them as read. */
export async function keepMails(
  google: Google,
  table: Pouring,
  { workspaceId, mailboxId }: House,
  threads: readonly Thread[],
): Promise<void> {
  const all = threads
    .flatMap((thread) => thread.map((mail) => ({ mail, first: thread[0]?.messageId })))
    .sort((a, b) => a.mail.at - b.mail.at)
  const places = new Map(all.map(({ mail }, place) => [mail.messageId, place]))
  const kept = await google.users.remember(
    SHOP.archive,
    all.map(({ mail, first }) => ({
      raw: rawOf(mail),
      at: new Date(mail.at),
      labels: ['INBOX'],
      after: first === mail.messageId || first === undefined ? null : (places.get(first) ?? null),
    })),
  )
  for (const [n, { mail }] of all.entries()) {
    const { id, threadId } = kept[n] ?? { id: '', threadId: '' }
    const at = new Date(mail.at)
    table.row(
      workspaceId,
      mailboxId,
      id,
      threadId,
      at,
      ['INBOX'],
      'ended',
      mail.isFirst ? 'ticket' : 'joined',
      mail.messageId,
      at,
      at,
    )
  }
}

const rawOf = ({ from, to, subject, rfcId, answers, at, text }: WrittenMail): Buffer =>
  Buffer.from(
    [
      `Authentication-Results: mx.google.com; dkim=pass header.d=${from.email.split('@')[1]}; spf=pass; dmarc=pass header.from=${from.email.split('@')[1]}`,
      `From: ${from.name} <${from.email}>`,
      `To: ${to.name} <${to.email}>`,
      `Subject: ${subject}`,
      `Date: ${new Date(at).toUTCString().replace('GMT', '+0000')}`,
      `Message-ID: ${rfcId}`,
      ...(answers ? [`In-Reply-To: ${answers}`, `References: ${answers}`] : []),
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      '',
      text,
      '',
    ].join('\r\n'),
  )
