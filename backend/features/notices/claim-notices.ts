import type { Ctx } from '../../context.ts'
import { on } from '../../platform/events.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { claimDoubled, claimTakenOver, takeoverOf } from '../claims/index.ts'
import { formatNumber } from '../tickets/index.ts'
import { noticeText } from './notice-text.ts'
import { person } from './recipients.ts'
import { notify } from './sending.ts'

/** Whoever is on a ticket is told when another one takes it over, or answers meanwhile: once each. */
export const claimNotices = [
  on(claimTakenOver, 'notices:claim-taken-over', (ctx: Ctx, workspaceId, { takeoverId }) =>
    inWorkspace(ctx, workspaceId, async (tx) => {
      const { ticketId, fromId, by, word } = await takeoverOf(ctx, tx, takeoverId)
      const ticket = await numberOf(tx, ticketId)
      const lines = [`${by} took ${ticket} over while you were on it, and says:`, '', word]
      await notify(
        ctx,
        tx,
        await person(tx, fromId),
        noticeText(`taken-over/${takeoverId}`, `${ticket}: ${by} took it over`, lines, null),
      )
    }),
  ),

  on(claimDoubled, 'notices:claim-doubled', (ctx: Ctx, workspaceId, { ticketId, claimId, staffId, answeredById }) =>
    inWorkspace(ctx, workspaceId, async (tx) => {
      const ticket = await numberOf(tx, ticketId)
      const [holder, other] = [await nameOf(tx, staffId), await nameOf(tx, answeredById)]
      const subject = `${ticket}: two people on one answer`
      const toHolder = [
        `${other} answered the customer of ${ticket} while you were on it.`,
        'Look at the ticket before you send yours.',
      ]
      const toOther = [
        `You answered the customer of ${ticket} while ${holder} was on it.`,
        `Tell ${holder} what you agreed with the customer.`,
      ]
      await notify(ctx, tx, await person(tx, staffId), noticeText(`doubled/${claimId}`, subject, toHolder, null))
      await notify(ctx, tx, await person(tx, answeredById), noticeText(`doubled/${claimId}`, subject, toOther, null))
    }),
  ),
]

async function numberOf(tx: Tx, id: string): Promise<string> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id } }
  const { number } = await tx.ticket.findUniqueOrThrow({ where, select: { number: true } })
  return formatNumber(number)
}

async function nameOf(tx: Tx, id: string): Promise<string> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id } }
  const staff = await tx.staff.findUnique({ where, select: { name: true } })
  return staff?.name ?? 'A former colleague'
}
