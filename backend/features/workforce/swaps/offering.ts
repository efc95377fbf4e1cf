import type { ShiftSwap } from '../../../../shared/shifts.ts'
import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { swapOffered } from '../shifts/events.ts'
import { lockPlan } from '../shifts/locking.ts'
import { offeredIn, swapProblemOf } from './checking.ts'
import { presentSwap, swapIn } from './listing.ts'

type Offer = { shiftId: string; toId: string; backShiftId: string | null }

/**
 * Offers a shift of one's own to a colleague, perhaps for one of theirs.
 * @throws DeskError move_not_allowed for a shift that is offered already, or that they cannot take; forbidden for somebody else's
 */
export const offerShift = (ctx: Ctx, { shiftId, toId, backShiftId }: Offer, by: StaffActor): Promise<ShiftSwap> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    await lockPlan(tx)
    const shift = await offeredIn(tx, shiftId)
    if (shift.staffId !== by.id)
      throw new DeskError('forbidden', 'This is not your shift. Only whoever has it offers it.')
    if (toId === by.id) throw new DeskError('invalid_request', 'Choose a colleague.')
    const back = backShiftId === null ? null : await offeredIn(tx, backShiftId)
    const problem =
      (await offeredAlready(tx, shiftId)) ?? (await swapProblemOf(tx, { fromId: by.id, toId, shift, back }))
    if (problem) throw new DeskError('move_not_allowed', problem)
    const id = newId(tx.now)
    const { workspaceId, now } = tx
    await tx.shiftSwap.create({
      data: { workspaceId, id, shiftId, fromId: by.id, toId, backShiftId, state: 'asked', askedAt: now },
    })
    await record(tx, [swapOffered({ swapId: id, fromId: by.id, toId, by })])
    return presentSwap(await swapIn(tx, id))
  })

async function offeredAlready(tx: Tx, shiftId: string): Promise<string | null> {
  const [open] = await tx.$queryRaw<{ name: string }[]>`
    select t.name from desk.shift_swap w join desk.staff t on t.workspace_id = w.workspace_id and t.id = w.to_id
    where w.workspace_id = ${tx.workspaceId}::uuid and w.shift_id = ${shiftId}::uuid and w.state in ('asked', 'agreed')`
  return open ? `You offered this shift to ${open.name}. Withdraw that first, or wait for an answer.` : null
}
