import { findStaffByAddress } from '../settings/index.ts'
import { readReplyHeader, staffRefOf } from '../tickets/index.ts'
import type { Desk } from './desk.ts'
import { isInside } from './house.ts'
import type { MailText } from './parsing/parsed-mail.ts'
import { senderAddresses } from './writer.ts'

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

/** Whose words a mail from a shared address are: the token of the draft, else the sender headers; null when nothing says so. */
export async function authorOf(
  { tx, house }: Desk,
  mail: MailText,
  token: { staffRef: string | null } | null,
): Promise<string | null> {
  const byToken = token?.staffRef ? await staffWithRef(tx, token.staffRef) : null
  if (byToken) return byToken
  for (const address of senderAddresses(mail)) {
    const staff = isInside(house, address) ? await findStaffByAddress(tx, address) : null
    if (staff) return staff.id
  }
  return null
}

async function staffWithRef(tx: Desk['tx'], staffRef: string): Promise<string | null> {
  const staff = await tx.staff.findMany({ where: { workspaceId: tx.workspaceId }, select: { id: true } })
  return staff.find(({ id }) => staffRefOf(id) === staffRef)?.id ?? null
}
