import type { ContactTicket } from '../../../../shared/contacts.ts'
import { LIMITS } from '../../../../shared/limits.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { findOrCreateCaller } from '../../customers/index.ts'
import { refuseUnfilled } from '../../fields/index.ts'
import { maskCodes } from '../../gift-cards/index.ts'
import { phoneKey } from '../../orders/index.ts'
import { firstResponded, ticketCreated } from '../events.ts'
import { NOBODY_WAITS } from '../locking.ts'
import { nextNumber } from '../numbers.ts'
import { keepTalk } from './logging.ts'

/** @property problems what to tell about people whom its words name and who are not clear */
type Opened = { ticketId: string; problems: string[] }

/** A ticket of a talk: whoever had it goes on with it, and has answered with the talk itself. */
export const openContactTicket = (ctx: Ctx, wish: ContactTicket, by: Actor): Promise<Opened> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const { channel, status } = wish
    const customer = await findOrCreateCaller(tx, await ctx.keyring.box(tx), callerIn(wish.customer))
    const [ticketId, subject] = [newId(tx.now), maskCodes(wish.subject).slice(0, LIMITS.subject)]
    if (status === 'solved')
      await refuseUnfilled(tx, { id: ticketId, customerId: customer.id, category: null }, STILL_OPEN)
    const staffId = by.kind === 'staff' ? by.id : null
    await tx.ticket.create({
      data: {
        workspaceId: tx.workspaceId,
        id: ticketId,
        number: (await nextNumber(tx)).number,
        subject,
        customerId: customer.id,
        channel,
        status,
        tags: [],
        assigneeId: staffId,
        queueAt: status === 'open' ? tx.now : NOBODY_WAITS,
        createdAt: tx.now,
        ...(status === 'solved' && { solvedAt: tx.now }),
        lastMessageAt: tx.now,
        messageCount: 1,
        firstResponseAt: tx.now,
        firstResponseById: staffId,
      },
      select: { id: true },
    })
    const talk = await keepTalk(ctx, tx, { id: ticketId, subject }, wish, by)
    await record(tx, [
      ...customer.facts,
      ticketCreated({ ticketId, customerId: customer.id, mailboxId: null, followsId: null, by }),
      firstResponded({ ticketId, staffId, seconds: 0, by }),
      ...talk.facts,
    ])
    return { ticketId, problems: talk.problems }
  })

const STILL_OPEN = 'Create it with «We still owe something», then press «Fields» on it.'

/** @throws DeskError invalid_request when nothing says who it is */
export function callerIn({ email, phone, name }: ContactTicket['customer']) {
  const key = phone ? phoneKey(phone) : null
  if (phone && key === null)
    throw new DeskError('invalid_request', 'This phone number is too short. Write all its digits, or leave it empty.')
  if (!email && !phone && !name)
    throw new DeskError('invalid_request', 'Say who it is: an address, a phone number or a name.')
  return { address: email, name: name ?? '', phone: phone && key ? { text: phone, key } : null }
}
