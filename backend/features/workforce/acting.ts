import type { EndingReason, WorkAnswer, WorkPress, WorkPressQuery } from '../../../shared/workforce.ts'
import type { Ctx } from '../../context.ts'
import type { StaffActor } from '../../platform/actor.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { beginBreakIn, endBreakIn } from './breaks/taking.ts'
import { logInIn } from './clocking/logging-in.ts'
import { endForSomebodyIn, logOutIn } from './clocking/logging-out.ts'
import { workOf } from './clocking/standing.ts'
import { stayIn } from './clocking/staying.ts'

/** What somebody presses about their own work, wherever they press it. */
export const press = (ctx: Ctx, { to, kind }: WorkPressQuery, by: StaffActor): Promise<WorkAnswer> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const already = await pressIn(tx, { to, kind }, by)
    return { ...(await workOf(tx, by.id)), already }
  })

/** @returns whether it had been said before */
const pressIn = (tx: Tx, { to, kind }: WorkPressQuery, by: StaffActor): Promise<boolean> => DO[to](tx, by, kind ?? '')

const DO: Record<WorkPress, (tx: Tx, by: StaffActor, kind: string) => Promise<boolean>> = {
  log_in: (tx, by) => logInIn(tx, by.id, by),
  log_out: (tx, by) => logOutIn(tx, by.id, by),
  break: (tx, by, kind) => beginBreakIn(tx, by.id, kind, by),
  back: (tx, by) => endBreakIn(tx, by.id, by),
  stay: (tx, by) => stayIn(tx, by.id, by),
}

/** A supervisor logs somebody out, or ends their break. */
export const endForSomebody = (
  ctx: Ctx,
  staffId: string,
  wish: { what: 'work' | 'break'; reason: EndingReason },
  by: StaffActor,
): Promise<WorkAnswer> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const already = await endForSomebodyIn(tx, staffId, wish, by)
    return { ...(await workOf(tx, staffId)), already }
  })
