import type { Tx } from '../../platform/tenancy.ts'
import { wakeGiving } from './queueing.ts'
import { wantOwners } from './waiting.ts'

/**
 * Has a ticket given to somebody, the way the workspace gives tickets.
 * @returns false where it gives none, or somebody has the ticket, or nobody waits for an answer
 */
export async function haveGiven(tx: Tx, ticketId: string): Promise<boolean> {
  if ((await wantOwners(tx, [ticketId])) === 0) return false
  await wakeGiving(tx)
  return true
}
