import type { Ctx } from '../../../context.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { isNobody, saysItAnswersAlone } from '../../intake/index.ts'
import { emailKey } from '../../settings/index.ts'
import type { Envelope } from '../../tickets/index.ts'
import { takeBrake } from './brake.ts'

type Newest = {
  id: string
  envelope: Uint8Array
  automatic: boolean
  authorKind: string
  trust: string | null
  signs: string[]
}

/** Addresses that only machines have. */
const MACHINES = /^(mailer-?daemon|post_?master|abuse|listserv|majordomo|bounces?)([+.-].*)?@/i

/**
 * Why a machine of ours must not write to somebody now; null when it may, and then it counts for the brake. Every automatic mail to a
 * customer asks here: RFC 3834 and facts/mail.md section 5 say when two machines would go on for ever, and who is not proved might be
 * somebody else, who never asked for our mail.
 */
export async function withheldBecause(
  ctx: Ctx,
  tx: Tx,
  { ticketId, address }: { ticketId: string; address: string },
): Promise<string | null> {
  const key = emailKey(address)
  if (isNobody(key) || MACHINES.test(key)) return 'nobody reads what is sent to this address'
  if (await isOwn(tx, key)) return 'the address is one of our own'
  const newest = await newestFrom(tx, ticketId)
  const why = newest && (await whyNot(ctx, tx, newest))
  if (why) return why
  const reach = await tx.customerAddress.findUnique({
    where: { workspaceId_emailKey: { workspaceId: tx.workspaceId, emailKey: key } },
    select: { undeliverableAt: true },
  })
  if (reach?.undeliverableAt) return 'mail to this address does not arrive'
  return (await takeBrake(tx, key)) ? null : 'this address had as many automatic mails within an hour as are allowed'
}

async function whyNot(ctx: Ctx, tx: Tx, newest: Newest): Promise<string | null> {
  if (newest.automatic || newest.authorKind !== 'customer') return 'the newest mail is not from a person'
  if (newest.trust === 'unproven' || newest.trust === 'forged') return 'nothing proves who wrote the newest mail'
  if (newest.signs.length > 0) return 'the newest mail shows tricks of fraud'
  const box = await ctx.keyring.box(tx)
  const { subject }: Envelope = JSON.parse(box.openText('message.envelope', newest.id, newest.envelope))
  return saysItAnswersAlone({ subject }) ? 'the subject of the newest mail says that a machine answered' : null
}

/** What came in last; null for a ticket that the team began. */
async function newestFrom(tx: Tx, ticketId: string): Promise<Newest | null> {
  return tx.message.findFirst({
    where: { workspaceId: tx.workspaceId, ticketId, direction: 'in' },
    orderBy: [{ sentAt: 'desc' }, { id: 'desc' }],
    select: { id: true, envelope: true, automatic: true, authorKind: true, trust: true, signs: true },
  })
}

/** Two desks that write to each other by their shared addresses never end. */
async function isOwn(tx: Tx, key: string): Promise<boolean> {
  const plain = (address: string) => emailKey(address).replace(/\+[^@]*@/, '@')
  const where = { workspaceId: tx.workspaceId }
  const mailboxes = await tx.mailbox.findMany({ where, select: { address: true, archiveAddress: true } })
  return mailboxes.some((one) => [one.address, one.archiveAddress].map(plain).includes(plain(key)))
}
