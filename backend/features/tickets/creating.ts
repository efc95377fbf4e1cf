import type { z } from 'zod'
import type { createTicket } from '../../../shared/tickets.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { emailKey, findStaffByAddress } from '../settings/index.ts'
import { fileStaffMail } from './answering.ts'
import { ticketOfMail } from './finding.ts'
import type { MailToFile } from './mail.ts'
import { mailKeyOf } from './mail-key.ts'
import { excerptOf } from './messages.ts'
import { fileCustomerMail } from './receiving.ts'

type OpenMail = z.infer<(typeof createTicket)['body']>

/** Makes a ticket of a mail that an agent sees and the archive has not brought; when it does, the mail is found by its Message-ID. */
export const createFromMail = (ctx: Ctx, mail: OpenMail, by: Actor): Promise<{ ticketId: string }> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const toFile = readOpenMail(mail, tx.now)
    const found = await ticketOfMail(tx, toFile.mailKey, toFile.references)
    if (found) return { ticketId: found.id }
    await refuseOwnAddress(tx, toFile.from.address)
    const box = await ctx.keyring.box(tx)
    const staff = await staffWriter(tx, toFile)
    return staff
      ? fileStaffMail(tx, box, toFile, null, { staffId: staff }, by)
      : fileCustomerMail(tx, box, toFile, null, { begin: ctx.begin, by })
  })

/** A mail of a colleague is not a customer's. */
const staffWriter = async (tx: Tx, mail: MailToFile): Promise<string | null> =>
  (await findStaffByAddress(tx, mail.from.address))?.id ?? null

/** From does not say who wrote a mail that our group passed on or that was sent as our address; the archive's copy does. */
async function refuseOwnAddress(tx: Tx, address: string): Promise<void> {
  const key = emailKey(address).replace(/\+[^@]*@/, '@')
  const where = { workspaceId: tx.workspaceId, OR: [{ address: key }, { archiveAddress: key, kind: 'archive' }] }
  if (await tx.mailbox.findFirst({ where, select: { id: true } }))
    throw new DeskError(
      'invalid_request',
      'This mail comes from your own support address, so its customer is not known yet. Its ticket comes with the archive mailbox, usually within a minute.',
    )
}

function readOpenMail({ messageId, references, subject, from, sentAt, text }: OpenMail, now: Date): MailToFile {
  if (!messageId.includes('@'))
    throw new DeskError('invalid_request', 'This mail has no Message-ID, so a ticket could not be found again by it.')
  return {
    mailboxId: null,
    mailKey: mailKeyOf(messageId),
    references: [...references].reverse().map(mailKeyOf),
    messageId,
    subject,
    from: readFrom(from),
    provenKey: null, // what an agent's panel saw is no proof; the mail itself brings it
    to: [],
    cc: [],
    text,
    excerpt: excerptOf(text),
    sentAt: plausible(new Date(sentAt), now),
    automatic: false,
    historical: false,
    raw: null,
    attachments: [],
    why: 'by_hand',
  }
}

const YEARS_20_MS = 20 * 365 * 86_400_000

/** Clocks of senders are wrong by any time; a date that cannot be true would stand first or last in the queue for good. */
const plausible = (at: Date, now: Date): Date => (at > now || now.getTime() - at.getTime() > YEARS_20_MS ? now : at)

/** Characters of a name and of an address. */
const NAME = 200
const ADDRESS = 320

/** `Ada Lovelace <ada@example.com>`, as Gmail shows a sender. */
function readFrom(from: string): { name: string; address: string } {
  const text = from.trim()
  const open = text.endsWith('>') ? text.lastIndexOf('<') : -1
  const address = open < 0 ? text : text.slice(open + 1, -1)
  if (address.length > ADDRESS || !/^[^\s<>"@]+@[^\s<>"@]+$/.test(address))
    throw new DeskError('invalid_request', 'The sender of this mail has no address that can be answered.')
  const name = text.slice(0, Math.max(open, 0)).replaceAll('"', '')
  return { name: name.trim().slice(0, NAME), address }
}
