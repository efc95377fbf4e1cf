import type { SwapAnswer } from '../../../../shared/shifts.ts'
import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { addShifts, cancelShifts } from '../shifts/cancelling.ts'
import { swapApproved } from '../shifts/events.ts'
import { markByHand } from '../shifts/saving-days.ts'
import { about, already, end, keyOf, problemNow, settling } from './answering.ts'
import type { SwapRow } from './listing.ts'

/**
 * A supervisor approves what two people agreed on, and the shifts change hands at once; or does not. Said twice it is done once.
 * @throws DeskError forbidden for a swap of one's own; move_not_allowed when nobody agreed yet, when it is over, or when the plan has changed so that it cannot be any more
 */
export const decideSwap = (ctx: Ctx, id: string, approved: boolean, by: StaffActor): Promise<SwapAnswer> =>
  settling(ctx, id, by, async (tx, swap) => {
    if (approved && [swap.fromId, swap.toId].includes(by.id))
      throw new DeskError('forbidden', 'This is a swap of your own. Another supervisor or an admin approves it.')
    if (!approved) return isOpen(swap) ? end(tx, swap, 'declined', by) : already(swap, ['declined'])
    if (swap.state === 'asked')
      throw new DeskError('move_not_allowed', `${swap.toName} has not agreed yet. Approve it when they have.`)
    if (swap.state !== 'agreed') return already(swap, ['approved'])
    const problem = await problemNow(tx, swap)
    if (problem) throw new DeskError('move_not_allowed', problem)
    const data = { state: 'approved', endedAt: tx.now, endedById: by.id }
    await tx.shiftSwap.update({ where: keyOf(tx, swap), data })
    await changeHands(tx, swap, by)
    await record(tx, [swapApproved({ ...about(swap), by })])
    return false
  })

const isOpen = ({ state }: SwapRow): boolean => state === 'asked' || state === 'agreed'

/** Rows of those who give stay, cancelled; those who take have rows of their own. */
async function changeHands(tx: Tx, swap: SwapRow, by: StaffActor): Promise<void> {
  const { fromId, toId, shiftId, day, startsAt, endsAt, backId, backDay, backStartsAt, backEndsAt } = swap
  const given = { staffId: toId, id: newId(tx.now), day, startsAt, endsAt }
  const back =
    backId === null || backDay === null || backStartsAt === null || backEndsAt === null
      ? []
      : [{ staffId: fromId, id: newId(tx.now), day: backDay, startsAt: backStartsAt, endsAt: backEndsAt }]
  await cancelShifts(tx, backId === null ? [shiftId] : [shiftId, backId], 'swap')
  await addShifts(tx, [given, ...back], 'swap')
  const days = [day, ...back.map((each) => each.day)]
  const marks = [fromId, toId].flatMap((staffId) => days.map((each) => ({ staffId, day: each })))
  await markByHand(tx, marks, { source: 'swap', byId: by.id })
}
