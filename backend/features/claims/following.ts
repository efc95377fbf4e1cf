import type { Ctx } from '../../context.ts'
import type { Fact } from '../../platform/events.ts'
import { following } from '../../platform/followers.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { actionConfirmed, actionFormOpened } from '../combined-actions/index.ts'
import { staffDeactivated, staffRoleChanged } from '../settings/index.ts'
import {
  replySent,
  ticketAssigned,
  ticketCategorised,
  ticketMerged,
  ticketMoved,
  ticketNoted,
  ticketPrioritised,
  ticketRejoined,
  ticketTagged,
  ticketUnmerged,
  worksOnTickets,
} from '../tickets/index.ts'
import { noteAnswers } from './doubling.ts'
import { endClaimsOf } from './ending.ts'
import { moveAlong } from './moving-along.ts'
import { moveBack } from './moving-back.ts'
import { renew } from './renewing.ts'
import { takeOrRefuse } from './taking.ts'

/** Who acts on a ticket is on it: taken and renewed without a press. @throws DeskError claimed while somebody else is */
export async function takeByActing(_ctx: Ctx, tx: Tx, facts: readonly Fact[]): Promise<void> {
  // An act is one fact; several come only from programs that act for one person.
  for (const { ticketId, by, historical } of facts)
    if (ticketId && by.kind === 'staff' && by.id && !historical) await takeOrRefuse(tx, { ticketId, staffId: by.id })
}

export const claimFollowers = [
  following([actionFormOpened, actionConfirmed], takeByActing),
  following(
    [ticketNoted, ticketTagged, ticketMoved, ticketPrioritised, ticketCategorised, ticketAssigned],
    (_ctx: Ctx, tx, facts) => renew(tx, facts),
  ),
  following([replySent], (_ctx: Ctx, tx, facts) => noteAnswers(tx, facts)),
  following([ticketMerged, ticketRejoined], (_ctx: Ctx, tx, facts) => moveAlong(tx, facts)),
  following([ticketUnmerged], (_ctx: Ctx, tx, facts) => moveBack(tx, facts)),
  following([staffDeactivated, staffRoleChanged], async (_ctx: Ctx, tx, facts) => {
    const gone = facts.filter(({ payload }) => !worksOnTickets(String(payload['role'])))
    if (gone.length === 0) return
    await endClaimsOf(
      tx,
      gone.map(({ payload }) => String(payload['staffId'])),
    )
  }),
]
