import { DeskError } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { timeIn, zoneOf } from '../../settings/index.ts'

/** A refusal that says how somebody came to be logged out, when that is not what they believe. */
export async function notAtWork(tx: Tx, staffId: string): Promise<DeskError> {
  // Without a reason a supervisor only added times: nobody was logged out by that.
  const wasLoggedIn = [{ endedHow: { not: 'supervisor' } }, { endedReason: { not: null } }]
  const where = { workspaceId: tx.workspaceId, staffId, OR: wasLoggedIn }
  const last = await tx.workSession.findFirst({ where, orderBy: { startedAt: 'desc' } })
  if (!last?.endedAt) return new DeskError('not_at_work', 'You are not logged in. Log in first.')
  const when = timeIn(await zoneOf(tx), last.endedAt)
  return new DeskError('not_at_work', `You were logged out, ${when}${HOW[last.endedHow ?? ''] ?? ''}. Log in first.`)
}

const HOW: Record<string, string> = {
  supervisor: ', by a supervisor',
  forgotten: ', because nobody had logged out by the end of the shift',
}
