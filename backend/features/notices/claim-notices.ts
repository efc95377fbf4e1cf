import type { Ctx } from '../../context.ts'
import { on } from '../../platform/events.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { claimDoubled, claimTakenOver, claimYielded, takeoverOf } from '../claims/index.ts'
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
        noticeText(`taken-over/${takeoverId}`, `${ticket}: ${by} took it over`, lines, { ticket }),
      )
    }),
  ),

  on(claimDoubled, 'notices:claim-doubled', (ctx: Ctx, workspaceId, { ticketId, claimId, staffId, answeredById }) =>
    inWorkspace(ctx, workspaceId, async (tx) => {
      const ticket = await numberOf(tx, ticketId)
      const subject = `${ticket}: two people on one answer`
      if (answeredById === null) {
        const text = noticeText(`doubled/${claimId}`, subject, nameless(ticket), { ticket })
        return notify(ctx, tx, await person(tx, staffId), text)
      }
      const [holder, other] = [await nameOf(tx, staffId), await nameOf(tx, answeredById)]
      const toHolder = [
        `${other} answered the customer of ${ticket} while you were on it.`,
        'Look at the ticket before you send yours.',
      ]
      const toOther = [
        `You answered the customer of ${ticket} while ${holder} was on it.`,
        `Tell ${holder} what you agreed with the customer.`,
      ]
      await notify(ctx, tx, await person(tx, staffId), noticeText(`doubled/${claimId}`, subject, toHolder, { ticket }))
      await notify(
        ctx,
        tx,
        await person(tx, answeredById),
        noticeText(`doubled/${claimId}`, subject, toOther, { ticket }),
      )
    }),
  ),

  on(
    claimYielded,
    'notices:claim-yielded',
    (ctx: Ctx, workspaceId, { ticketId, otherId, claimId, staffId, holderId }) =>
      inWorkspace(ctx, workspaceId, async (tx) => {
        const [ticket, merged] = [await numberOf(tx, ticketId), await numberOf(tx, otherId)]
        const holder = await nameOf(tx, holderId)
        const lines = [
          `${merged}, which you were on, was merged into ${ticket}, which ${holder} is on.`,
          `Look at ${ticket} before you send your answer, or take it over with a word to ${holder}.`,
        ]
        const subject = `${ticket}: ${holder} is on it`
        await notify(ctx, tx, await person(tx, staffId), noticeText(`yielded/${claimId}`, subject, lines, { ticket }))
      }),
  ),
]

const nameless = (ticket: string): string[] => [
  `A second answer went to the customer of ${ticket} while you were on it, and it does not say who wrote it.`,
  'If it was not you, ask your team before you send more.',
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
