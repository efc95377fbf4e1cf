import type { Ctx } from '../../context.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import type { Filed } from '../tickets/index.ts'
import type { House } from './house.ts'
import type { Ignored } from './ignoring/matching.ts'

/** How a mail ended. */
export type Ending = {
  outcome: Filed['outcome'] | 'ignored' | 'quarantined' | 'suspected_spam'
  reason: string | null
  messageId: string | null
}

export type Desk = {
  ctx: Ctx
  tx: Tx
  box: Box
  house: House
  mailboxId: string
  /** Mail keys that some ticket holds or names by now; a mail without any of them belongs to none. */
  named: Set<string>
  /** Who of the writers at hand is on the list of ignored senders. */
  ignored: Ignored
}
