import type { Ctx } from '../../context.ts'
import { on } from '../../platform/events.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { swapAgreed, swapApproved, swapDeclined, swapOffered, swapWithdrawn } from '../workforce/index.ts'
import { notify } from './notifying.ts'
import { peopleOf, person, type Recipient } from './recipients.ts'

const MINE = '/desk/shifts'
const TEAM = '/desk/team'

type Swap = { swapId: string; fromId: string; toId: string }
type Said = { step: string; subject: string; line: string; path: string }

/** Whoever a swap of shifts waits for is told, and both when it is decided. */
export const shiftNotices = [
  on(swapOffered, 'notices:swap-offered', (ctx: Ctx, workspaceId, swap) =>
    tell(
      ctx,
      workspaceId,
      swap,
      ({ to }) => to,
      (from) => ({
        step: 'offered',
        subject: `${from} offers you a shift`,
        line: `${from} would like you to take one of their shifts. Agree or decline, here:`,
        path: MINE,
      }),
    ),
  ),

  on(swapAgreed, 'notices:swap-agreed', (ctx: Ctx, workspaceId, swap) =>
    tell(
      ctx,
      workspaceId,
      swap,
      ({ leads }) => leads,
      (from, to) => ({
        step: 'agreed',
        subject: `${from} and ${to} want to swap a shift`,
        line: `${from} and ${to} agree on a swap of shifts. It counts when a supervisor approves.`,
        path: TEAM,
      }),
    ),
  ),

  on(swapApproved, 'notices:swap-approved', (ctx: Ctx, workspaceId, swap) =>
    tell(ctx, workspaceId, swap, others, (from, to) => ({
      step: 'approved',
      subject: `The swap of ${from} and ${to} is approved`,
      line: 'The shift has changed hands. Your plan is here:',
      path: MINE,
    })),
  ),

  on(swapDeclined, 'notices:swap-declined', (ctx: Ctx, workspaceId, swap) =>
    tell(ctx, workspaceId, swap, others, (from, to) => ({
      step: 'declined',
      subject: `The swap of ${from} and ${to} is declined`,
      line: 'The shift stays with who had it. Your plan is here:',
      path: MINE,
    })),
  ),

  on(swapWithdrawn, 'notices:swap-withdrawn', (ctx: Ctx, workspaceId, swap) =>
    tell(ctx, workspaceId, swap, others, (from, to) => ({
      step: 'withdrawn',
      subject: `The swap of ${from} and ${to} is off`,
      line: 'It was taken back, nobody approved it in time, or a shift of it does not take place. Your plan is here:',
      path: MINE,
    })),
  ),
]

type People = { from: Recipient[]; to: Recipient[]; leads: Recipient[]; endedById: string | null }

/** Of the two those who did not end it themselves. */
const others = ({ from, to, endedById }: People): Recipient[] => [...from, ...to].filter(({ id }) => id !== endedById)

const tell = (
  ctx: Ctx,
  workspaceId: string,
  { swapId, fromId, toId }: Swap,
  whom: (people: People) => Recipient[],
  say: (from: string, to: string) => Said,
): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const where = { workspaceId_id: { workspaceId, id: swapId } }
    const { endedById } = await tx.shiftSwap.findUniqueOrThrow({ where, select: { endedById: true } })
    const people = {
      endedById,
      from: await person(tx, fromId),
      to: await person(tx, toId),
      leads: await peopleOf(tx, 'supervisor'),
    }
    const names = await namesOf(tx, [fromId, toId])
    const { step, subject, line, path } = say(names(fromId), names(toId))
    const about = `swap-${step}/${swapId}`
    await notify(ctx, tx, whom(people), { kind: 'shift', about, subject, lines: [line], path, number: null })
  })

async function namesOf(tx: Tx, ids: string[]): Promise<(id: string) => string> {
  const rows = await tx.staff.findMany({
    where: { workspaceId: tx.workspaceId, id: { in: ids } },
    select: { id: true, name: true },
  })
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  return (id) => names.get(id) ?? 'A former colleague'
}
