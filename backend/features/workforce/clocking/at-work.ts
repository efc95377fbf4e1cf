import type { Tx } from '../../../platform/tenancy.ts'
import { closeForgottenIn } from './forgetting.ts'
import { lockPerson, type OpenSession, openSessionOf } from './locking.ts'

/**
 * The session that somebody is in, held, for whoever acts on it; null while they are not at work. What was forgotten is closed first, as
 * the minute's tick would have, so that no press goes on with work that was over yesterday.
 * @throws DeskError not_found for who does not work on tickets
 */
export async function heldWorkOf(tx: Tx, staffId: string): Promise<OpenSession | null> {
  await lockPerson(tx, staffId)
  await closeForgottenIn(tx, staffId)
  return openSessionOf(tx, staffId)
}
