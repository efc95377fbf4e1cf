import { LEADS } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { domainOf, emailKey } from '../../settings/index.ts'
import { bringBackIn, type Envelope, lockTicket, makeVoidIn } from '../../tickets/index.ts'
import { senderHeardAgain, senderIgnored } from './events.ts'
import { hearIn, ignoreIn, refuseNeeded } from './senders.ts'

/** Who wrote the newest mail of a ticket, and what else is known of them. */
export type Sender = {
  key: string
  /** Whether that mail is proved to come from there. */
  proven: boolean
  /** Other tickets of this customer that are none to be ignored. */
  tickets: number
  hasOrders: boolean
}

/** @throws DeskError not_found when nobody outside wrote */
export async function senderOf(ctx: Ctx, tx: Tx, ticketId: string): Promise<Sender> {
  const mail = await tx.message.findFirst({
    where: { workspaceId: tx.workspaceId, ticketId, direction: 'in' },
    orderBy: [{ sentAt: 'desc' }, { id: 'desc' }],
    select: { id: true, envelope: true, provenKey: true },
  })
  if (!mail) throw new DeskError('not_found', 'No mail came in on this ticket, so there is no sender to ignore.')
  const box = await ctx.keyring.box(tx)
  const { from }: Envelope = JSON.parse(box.openText('message.envelope', mail.id, mail.envelope))
  const key = emailKey(from.address)
  if (!key.includes('@') || key.endsWith('@invalid'))
    throw new DeskError('invalid_request', 'This mail names no sender who could be ignored. Mark it as spam instead.')
  return { key, proven: mail.provenKey === key, ...(await knownOf(tx, ticketId, key)) }
}

async function knownOf(tx: Tx, ticketId: string, key: string): Promise<Pick<Sender, 'tickets' | 'hasOrders'>> {
  const [row] = await tx.$queryRaw<{ tickets: number; hasOrders: boolean }[]>`
    select (select count(*)::int from (select from desk.ticket o where o.workspace_id = t.workspace_id and o.customer_id = t.customer_id
        and o.id <> t.id and o.void_reason is null limit 100) o) as tickets,
      exists (select from desk.order_key k where k.workspace_id = t.workspace_id and k.kind = 'email' and k.key = ${key}) as "hasOrders"
    from desk.ticket t where t.workspace_id = ${tx.workspaceId}::uuid and t.id = ${ticketId}::uuid`
  return row ?? { tickets: 0, hasOrders: false }
}

export type IgnoreWish = { whole: 'address' | 'domain'; sure: boolean }

/** Puts the sender on the list and takes the ticket out, both or neither. Pressed twice it is done once. */
export const ignoreSenderOf = (ctx: Ctx, ticketId: string, wish: IgnoreWish, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const ticket = await lockTicket(tx, ticketId)
    const sender = await senderOf(ctx, tx, ticketId)
    refuseIgnoring(wish, sender, by)
    const key = wish.whole === 'domain' ? domainOf(sender.key) : sender.key
    await refuseNeeded(tx, key)
    const added = await ignoreIn(tx, ctx, { key, proven: sender.proven, ticketId }, by)
    if (ticket.voidReason === null) await makeVoidIn(tx, ticketId, { reason: 'not_a_ticket' }, by)
    if (added) await record(tx, [senderIgnored({ ticketId, by })])
  })

/** @throws DeskError forbidden, or needs_confirmation for whoever looks like a customer */
export function refuseIgnoring({ whole, sure }: IgnoreWish, sender: Sender, by: Actor): void {
  if (whole === 'domain' && !(by.kind === 'staff' && (LEADS as readonly string[]).includes(by.role)))
    throw new DeskError(
      'forbidden',
      'A whole domain is ignored by a supervisor or an admin. Ignore the address, or ask one.',
    )
  const known = knownWords(sender)
  if (known !== null && !sure) throw new DeskError('needs_confirmation', `${known} Say that you want this.`)
}

/** What speaks for a real customer; null when nothing does. */
export function knownWords({ key, tickets, hasOrders }: Sender): string | null {
  const known = [
    tickets > 0 && (tickets === 1 ? 'another ticket' : `${tickets >= 100 ? 'many' : tickets} other tickets`),
    hasOrders && 'orders in your shop',
  ].filter((each) => each !== false)
  return known.length === 0 ? null : `${key} has ${known.join(' and ')}: its next mails would make no ticket.`
}

/** Takes it back from the same ticket. */
export const hearSenderOf = (ctx: Ctx, ticketId: string, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const ticket = await lockTicket(tx, ticketId)
    const rows = await tx.ignoredSender.findMany({
      where: { workspaceId: tx.workspaceId, ticketId },
      select: { key: true },
    })
    const [entry] = rows
    if (!entry) return
    await hearIn(tx, ctx, entry.key, by)
    if (ticket.voidReason === 'not_a_ticket') await bringBackIn(tx, ticketId, {}, by)
    await record(tx, [senderHeardAgain({ ticketId, by })])
  })
