import type { SwapAnswer } from '../../../../shared/shifts.ts'
import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { swapAgreed, swapDeclined, swapWithdrawn } from '../shifts/events.ts'
import { heldPeople, lockPlan } from '../shifts/locking.ts'
import { offeredIn, swapProblemOf } from './checking.ts'
import { presentSwap, type SwapRow, swapIn } from './listing.ts'

/** The colleague agrees, or does not. @throws DeskError forbidden, move_not_allowed */
export const answerSwap = (ctx: Ctx, id: string, agrees: boolean, by: StaffActor): Promise<SwapAnswer> =>
  settling(ctx, id, by, async (tx, swap) => {
    if (swap.toId !== by.id)
      throw new DeskError('forbidden', `This was offered to ${swap.toName}. Only they answer it.`)
    if (agrees && swap.state !== 'asked') return already(swap, ['agreed', 'approved'])
    if (!agrees && swap.state !== 'asked' && swap.state !== 'agreed') return already(swap, ['declined'])
    if (!agrees) return end(tx, swap, 'declined', by)
    const problem = await problemNow(tx, swap)
    if (problem) throw new DeskError('move_not_allowed', problem)
    await tx.shiftSwap.update({ where: keyOf(tx, swap), data: { state: 'agreed', agreedAt: tx.now } })
    await record(tx, [swapAgreed({ ...about(swap), by })])
    return false
  })

/** Whoever offered takes it back; a colleague who agreed changes their mind. @throws DeskError forbidden, move_not_allowed */
export const withdrawSwap = (ctx: Ctx, id: string, by: StaffActor): Promise<SwapAnswer> =>
  settling(ctx, id, by, async (tx, swap) => {
    if (swap.fromId !== by.id && swap.toId !== by.id)
      throw new DeskError('forbidden', `This is between ${swap.fromName} and ${swap.toName}. Only they withdraw it.`)
    if (swap.state !== 'asked' && swap.state !== 'agreed') return already(swap, ['withdrawn', 'declined'])
    return end(tx, swap, swap.fromId === by.id ? 'withdrawn' : 'declined', by)
  })

/** Does something with a swap that nobody else changes meanwhile. @param act says whether it had been done before */
export const settling = (
  ctx: Ctx,
  id: string,
  by: StaffActor,
  act: (tx: Tx, swap: SwapRow) => Promise<boolean>,
): Promise<SwapAnswer> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    await lockPlan(tx)
    const { fromId, toId } = await swapIn(tx, id)
    await heldPeople(tx, [fromId, toId]) // who is sent away at this moment has ended it, or ends it after this
    const before = await act(tx, await swapIn(tx, id))
    return { ...presentSwap(await swapIn(tx, id)), already: before }
  })

const ENDED: Record<string, string> = {
  agreed: 'It was agreed on already.',
  approved: 'It was approved already: the shifts have changed hands.',
  declined: 'It was declined already. Make a new offer.',
  withdrawn: 'It was withdrawn, or a shift of it has begun or does not take place any more. Make a new offer.',
}

/** @throws DeskError move_not_allowed when it came to something else */
export function already({ state }: SwapRow, said: readonly string[]): true {
  if (said.includes(state)) return true
  throw new DeskError('move_not_allowed', ENDED[state] ?? 'This offer is not open any more.')
}

/** Ends it without a change of shifts. */
export async function end(tx: Tx, swap: SwapRow, state: 'declined' | 'withdrawn', by: StaffActor): Promise<false> {
  await tx.shiftSwap.update({ where: keyOf(tx, swap), data: { state, endedAt: tx.now, endedById: by.id } })
  await record(tx, [(state === 'declined' ? swapDeclined : swapWithdrawn)({ ...about(swap), by })])
  return false
}

export const keyOf = (tx: Tx, { id }: SwapRow) => ({ workspaceId_id: { workspaceId: tx.workspaceId, id } })

export const about = ({ id, fromId, toId }: SwapRow) => ({ swapId: id, fromId, toId })

/** Why its shifts cannot change hands as the plan is now. */
export async function problemNow(tx: Tx, { fromId, toId, shiftId, backId }: SwapRow): Promise<string | null> {
  const shift = await offeredIn(tx, shiftId)
  const back = backId === null ? null : await offeredIn(tx, backId)
  return swapProblemOf(tx, { fromId, toId, shift, back })
}
