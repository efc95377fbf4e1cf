import type { Ctx } from '../../context.ts'
import { on } from '../../platform/events.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { claimDoubled, claimTakenOver, claimYielded, takeoverOf } from '../claims/index.ts'
import { formatNumber } from '../tickets/index.ts'
import { type Notice, ticketPath } from './notice.ts'
import { notify } from './notifying.ts'
import { person } from './recipients.ts'

/** Whoever is on a ticket is told when another one takes it over, or answers meanwhile: once each. */
export const claimNotices = [
  on(claimTakenOver, 'notices:claim-taken-over', (ctx: Ctx, workspaceId, { takeoverId }) =>
    inWorkspace(ctx, workspaceId, async (tx) => {
      const { ticketId, fromId, by, word } = await takeoverOf(ctx, tx, takeoverId)
      const ticket = await ticketNamed(tx, ticketId)
      const lines = [`${by} took ${ticket.number} over while you were on it, and says:`, '', word]
      const notice = noticeOf(ticket, `taken-over/${takeoverId}`, `${by} took it over`, lines)
      await notify(ctx, tx, await person(tx, fromId), notice)
    }),
  ),

  on(claimDoubled, 'notices:claim-doubled', (ctx: Ctx, workspaceId, { ticketId, claimId, staffId, answeredById }) =>
    inWorkspace(ctx, workspaceId, async (tx) => {
      const ticket = await ticketNamed(tx, ticketId)
      const told = (lines: readonly string[]) =>
        noticeOf(ticket, `doubled/${claimId}`, 'two people on one answer', lines)
      if (answeredById === null) return notify(ctx, tx, await person(tx, staffId), told(nameless(ticket.number)))
      const [holder, other] = [await nameOf(tx, staffId), await nameOf(tx, answeredById)]
      const toHolder = [
        `${other} answered the customer of ${ticket.number} while you were on it.`,
        'Look at the ticket before you send yours.',
      ]
      const toOther = [
        `You answered the customer of ${ticket.number} while ${holder} was on it.`,
        `Tell ${holder} what you agreed with the customer.`,
      ]
      await notify(ctx, tx, await person(tx, staffId), told(toHolder))
      await notify(ctx, tx, await person(tx, answeredById), told(toOther))
    }),
  ),

  on(
    claimYielded,
    'notices:claim-yielded',
    (ctx: Ctx, workspaceId, { ticketId, otherId, claimId, staffId, holderId }) =>
      inWorkspace(ctx, workspaceId, async (tx) => {
        const [ticket, merged] = [await ticketNamed(tx, ticketId), await ticketNamed(tx, otherId)]
        const holder = await nameOf(tx, holderId)
        const lines = [
          `${merged.number}, which you were on, was merged into ${ticket.number}, which ${holder} is on.`,
          `Look at ${ticket.number} before you send your answer, or take it over with a word to ${holder}.`,
        ]
        const notice = noticeOf(ticket, `yielded/${claimId}`, `${holder} is on it`, lines)
        await notify(ctx, tx, await person(tx, staffId), notice)
      }),
  ),
]

const nameless = (number: string): string[] => [
  `A second answer went to the customer of ${number} while you were on it, and it does not say who wrote it.`,
  'If it was not you, ask your team before you send more.',
]

type Named = { id: string; number: string }

const noticeOf = ({ id, number }: Named, about: string, what: string, lines: readonly string[]): Notice => ({
  kind: 'claim',
  about,
  subject: `${number}: ${what}`,
  lines,
  path: ticketPath(id),
  number,
})

async function ticketNamed(tx: Tx, id: string): Promise<Named> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id } }
  const { number } = await tx.ticket.findUniqueOrThrow({ where, select: { number: true } })
  return { id, number: formatNumber(number) }
}

async function nameOf(tx: Tx, id: string): Promise<string> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id } }
  const staff = await tx.staff.findUnique({ where, select: { name: true } })
  return staff?.name ?? 'A former colleague'
}
