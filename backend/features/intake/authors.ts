import { emailKey, staffByAddress } from '../settings/index.ts'
import { readReplyHeader, staffRefOf } from '../tickets/index.ts'
import type { Desk } from './desk.ts'
import { isInside } from './house.ts'
import type { MailText } from './parsing/parsed-mail.ts'
import { agentTokenOf } from './tokens.ts'
import { senderAddresses, writerOf } from './writer.ts'

/** The reply of ours that this mail is the copy of: its ticket and its author are written in the journal. */
export async function replyEntryOf(
  { ctx, tx }: Desk,
  mail: MailText,
): Promise<{ ticketId: string | null; staffId: string | null } | null> {
  const [header] = mail.headers['x-sidedesk-reply'] ?? []
  const entryId = header ? readReplyHeader(ctx.signer, tx.workspaceId, header) : null
  if (entryId === null) return null
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id: entryId } }
  const entry = await tx.journalEntry.findUnique({ where, select: { ticketId: true, actorKind: true, actorId: true } })
  return entry && { ticketId: entry.ticketId, staffId: entry.actorKind === 'staff' ? entry.actorId : null }
}

/** Staff by the keys of their addresses, and by the short names in tokens. */
export type People = { byAddress: ReadonlyMap<string, string>; byRef: ReadonlyMap<string, string> }

/** Who of our people wrote these mails, as far as their headers and tokens name somebody: one question or two for all. */
export async function peopleFor(desk: Desk, mails: readonly MailText[]): Promise<People> {
  const { tx, house } = desk
  const inside = mails
    .flatMap((mail) => [writerOf(mail, house).address, ...senderAddresses(mail)])
    .filter((address) => isInside(house, address))
  const byAddress = await staffByAddress(tx, inside)
  if (!mails.some((mail) => agentTokenOf(desk, mail) !== null)) return { byAddress, byRef: new Map() }
  const staff = await tx.staff.findMany({ where: { workspaceId: tx.workspaceId }, select: { id: true } })
  return { byAddress, byRef: new Map(staff.map(({ id }) => [staffRefOf(id), id])) }
}

/** Whose words a mail from a shared address are: the token of the draft, else the sender headers; null when nothing says so. */
export function authorAmong(desk: Desk, { byAddress, byRef }: People, mail: MailText): string | null {
  const byToken = byRef.get(agentTokenOf(desk, mail)?.staffRef ?? '')
  const named = senderAddresses(mail).filter((address) => isInside(desk.house, address))
  return byToken ?? named.flatMap((address) => byAddress.get(emailKey(address)) ?? [])[0] ?? null
}

export const authorOf = async (desk: Desk, mail: MailText): Promise<string | null> =>
  authorAmong(desk, await peopleFor(desk, [mail]), mail)

/** What was sent from somebody's own inbox is theirs, if they are still the one whose inbox it is. */
export async function ownerOfInbox({ tx, mailboxId }: Desk): Promise<string | null> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id: mailboxId } }
  return (await tx.mailbox.findUnique({ where, select: { staffId: true } }))?.staffId ?? null
}
