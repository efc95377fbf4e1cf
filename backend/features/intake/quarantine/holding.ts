import { z } from 'zod'
import { newId } from '../../../platform/ids.ts'
import type { Box } from '../../../platform/keyring.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import type { RoughHeader } from '../rough-header.ts'
import { releaseHere } from './release.ts'

/** What could be read of a mail that could not be filed. */
export const Held = z.object({ subject: z.string(), name: z.string(), address: z.string(), messageId: z.uuid() })
export type Held = z.infer<typeof Held>

export const ERROR_SEALED_AS = 'quarantined_mail.error'
export const HELD_SEALED_AS = 'quarantined_mail.content'

const MINUTE = 60_000
const LONGEST_MS = 24 * 60 * MINUTE
const ERROR = 2_000

/** Ten minutes, twenty, forty … a day at the most. @param attempts failures so far */
export const pauseAfter = (attempts: number): number =>
  Math.min(10 * MINUTE * 2 ** Math.min(attempts - 1, 20), LONGEST_MS)

type Failure = { mailboxId: string; gmailId: string; reason: string; error: string }

/** A mail that is held already failed once more. @returns its message, or null when it is not held yet */
export async function failAgain(
  tx: Tx,
  box: Box,
  { mailboxId, gmailId, reason, error }: Failure,
): Promise<string | null> {
  const row = await tx.quarantinedMail.findUnique({
    where: { workspaceId_mailboxId_gmailId: { workspaceId: tx.workspaceId, mailboxId, gmailId } },
  })
  if (!row) return null
  const attempts = row.attempts + 1
  await tx.quarantinedMail.update({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id: row.id } },
    data: {
      state: row.state === 'by_hand' ? 'by_hand' : 'held',
      reason,
      attempts: Math.min(attempts, 10_000),
      error: box.seal(ERROR_SEALED_AS, row.id, error.slice(0, ERROR)),
      release: await releaseHere(),
      triedAt: tx.now,
      nextAt: new Date(tx.now.getTime() + pauseAfter(attempts)),
    },
  })
  return Held.parse(JSON.parse(box.openText(HELD_SEALED_AS, row.id, row.content))).messageId
}

/** Holds a mail from now on. */
export async function hold(
  tx: Tx,
  box: Box,
  { mailboxId, gmailId, reason, error }: Failure,
  about: { rough: RoughHeader | null; ticketId: string; messageId: string },
): Promise<void> {
  const id = newId(tx.now)
  const { rough, ticketId, messageId } = about
  const content: Held = {
    subject: rough?.subject ?? '',
    name: rough?.from?.name ?? '',
    address: rough?.from?.address ?? '',
    messageId,
  }
  await tx.quarantinedMail.create({
    data: {
      workspaceId: tx.workspaceId,
      id,
      mailboxId,
      gmailId,
      reason,
      state: 'held',
      error: box.seal(ERROR_SEALED_AS, id, error.slice(0, ERROR)),
      content: box.seal(HELD_SEALED_AS, id, JSON.stringify(content)),
      attempts: 1,
      release: await releaseHere(),
      nextAt: new Date(tx.now.getTime() + pauseAfter(1)),
      ticketId,
      at: tx.now,
      triedAt: tx.now,
    },
  })
}
