import { hashOf } from '../../platform/crypto.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import type { MailToFile } from './mail.ts'
import { completeMessage, type Envelope } from './messages.ts'
import { envelopeOf, keepReferences } from './storing.ts'

type Known = { ticketId: string; messageId: string }

/**
 * Whether a mail is filed already. The same Message-ID does not make the same mail: form mailers use one for all. Another content
 * under a known id is another mail and gets a key of its own, the same in every copy.
 * @returns `mail` as it is to be filed when `known` is null
 */
export async function recognise(
  tx: Tx,
  box: Box,
  mail: MailToFile,
  direction: 'in' | 'out',
): Promise<{ known: Known | null; mail: MailToFile }> {
  const first = await heldWith(tx, mail.mailKey)
  if (!first) return { known: null, mail }
  if (isSame(box, first, mail, direction)) {
    if (first.rawId === null && first.direction === direction) await complete(tx, box, first, mail)
    return { known: asKnown(first), mail }
  }
  const apart = { ...mail, mailKey: hashOf(`${mail.mailKey}/${contentOf(mail.from, mail.subject, mail.text)}`) }
  const second = await heldWith(tx, apart.mailKey)
  return { known: second && asKnown(second), mail: apart }
}

type Held = NonNullable<Awaited<ReturnType<typeof heldWith>>>

const asKnown = ({ id, ticketId }: Held): Known => ({ messageId: id, ticketId })

async function heldWith(tx: Tx, mailKey: string) {
  const where = { workspaceId_mailKey: { workspaceId: tx.workspaceId, mailKey } }
  const select = { id: true, ticketId: true, direction: true, rawId: true, envelope: true, body: true } as const
  return tx.message.findUnique({ where, select })
}

/** A message that has no raw mail yet is ours, or was made of what an agent saw: its mail may say the same in other words. */
function isSame(box: Box, held: Held, mail: MailToFile, direction: 'in' | 'out'): boolean {
  if (held.rawId === null && (held.direction === 'in' || direction === 'out')) return true
  const { from, subject }: Envelope = JSON.parse(box.openText('message.envelope', held.id, held.envelope))
  const text = box.openText('message.body', held.id, held.body)
  return contentOf(from, subject, text) === contentOf(mail.from, mail.subject, mail.text)
}

/** What all copies of a mail have in common: groups add a footer below a line of dashes, and white space is folded anywhere. */
function contentOf({ address }: MailToFile['from'], subject: string, text: string): string {
  const lines = text.split(/\r?\n/)
  const footer = lines.findLastIndex((line) => line.trimEnd() === '--')
  const words = (footer > 0 ? lines.slice(0, footer) : lines).join(' ')
  return JSON.stringify([address.toLowerCase(), tidy(subject), tidy(words)])
}

const tidy = (text: string) => text.replace(/\s+/g, ' ').trim()

/** The mail has come: its bytes, attachments and recipients belong to the message, and its mailbox answers the ticket. */
async function complete(tx: Tx, box: Box, { id, ticketId, direction }: Held, mail: MailToFile): Promise<void> {
  const { excerpt, text, raw, attachments, mailboxId } = mail
  const provenKey = direction === 'in' ? mail.provenKey : null
  if (raw === null) return
  if (
    !(await completeMessage(tx, box, {
      id,
      envelope: envelopeOf(mail),
      excerpt,
      text,
      raw,
      provenKey,
      trust: mail.trust ?? null,
      attachments,
    }))
  )
    return
  await keepReferences(tx, [{ mail, ticketId, messageId: id }])
  // no event tells of it, so figures are told by a note
  await tx.$executeRaw`
    with found as (
      update desk.ticket set mailbox_id = ${mailboxId}::uuid
      where workspace_id = ${tx.workspaceId}::uuid and id = ${ticketId}::uuid and mailbox_id is null and ${mailboxId}::uuid is not null
      returning id)
    insert into desk.lake_note (workspace_id, transaction_id, kind, key, noted_at)
    select ${tx.workspaceId}::uuid, pg_current_xact_id()::text::bigint, 'ticket', id::text, statement_timestamp() from found
    on conflict do nothing`
}
