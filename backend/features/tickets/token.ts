import { createHash } from 'node:crypto'
import type { Signer } from '../../platform/signer.ts'

const MAC_BYTES = 8
const NOBODY = '0'

export type TicketToken = { number: number; staffRef: string | null }

/** Short name of a staff member inside a token: enough to find them among the staff, of no use outside. */
export const staffRefOf = (staffId: string): string => createHash('sha256').update(staffId).digest('hex').slice(0, 10)

const macOf = (signer: Signer, workspaceId: string, content: string) =>
  Buffer.from(signer.mac('mail-token', `${workspaceId}/${content}`, MAC_BYTES), 'base64url').toString('hex')

/**
 * The plus-address that brings a mail back to its ticket: support+1c-9f8e7d6c5b-0123456789abcdef@example.com.
 * Lower case only, because mail systems may fold the local part; it names the ticket, and who was given it.
 */
export function tokenAddress(
  signer: Signer,
  workspaceId: string,
  address: string,
  ticketNumber: number,
  staffId: string | null,
): string {
  const content = `${ticketNumber.toString(36)}-${staffId ? staffRefOf(staffId) : NOBODY}`
  const at = address.lastIndexOf('@')
  return `${address.slice(0, at)}+${content}-${macOf(signer, workspaceId, content)}${address.slice(at)}`
}

/** Reads a token that we signed for this workspace; anything else is no token. */
export function readTicketToken(signer: Signer, workspaceId: string, address: string): TicketToken | null {
  const [, number, staff, mac] = /\+([0-9a-z]{1,8})-(0|[0-9a-f]{10})-([0-9a-f]{16})@/.exec(address.toLowerCase()) ?? []
  if (!number || !staff || !mac) return null
  const signed = Buffer.from(mac, 'hex').toString('base64url')
  if (!signer.verify('mail-token', `${workspaceId}/${number}-${staff}`, signed, MAC_BYTES)) return null
  return { number: Number.parseInt(number, 36), staffRef: staff === NOBODY ? null : staff }
}

/** Header of a reply that we send ourselves: names its journal entry, so that the copy we read is known as ours. */
export const REPLY_HEADER = 'X-Sidedesk-Reply'

export const replyHeader = (signer: Signer, workspaceId: string, entryId: string): string =>
  `${entryId}.${signer.mac('reply-header', `${workspaceId}/${entryId}`)}`

/** @returns the journal entry's id, or null for a header that we did not sign */
export function readReplyHeader(signer: Signer, workspaceId: string, value: string): string | null {
  const [entryId = '', mac = ''] = value.trim().split('.')
  return signer.verify('reply-header', `${workspaceId}/${entryId}`, mac) ? entryId : null
}
