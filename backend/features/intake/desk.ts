import type { Ctx } from '../../context.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import type { Filed } from '../tickets/index.ts'
import type { House } from './house.ts'
import type { Ignored } from './ignoring/matching.ts'
import type { MailRules } from './mail-rules/applying.ts'
import type { Imitated } from './trust/signs.ts'

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
  /** Keys of mails at hand that were forgotten: by their age, or because somebody asked for it. */
  forgotten: ReadonlySet<string>
  /** Whether tickets of this mailbox's history count in figures. */
  historyCounted: boolean
  /** After so much silence a solved ticket is finished for good. */
  oldMs: number
  /** Mail keys that some ticket holds or names by now; a mail without any of them belongs to none. */
  named: Set<string>
  /** Messages of the mails that were filed in this transaction, by Gmail id. */
  filed: Map<string, string>
  /** Who of the writers at hand is on the list of ignored senders. */
  ignored: Ignored
  /** What decides which mail becomes a ticket. */
  mailRules: MailRules
  /** Who a stranger among them may pretend to be. */
  imitated: Imitated
  /** What was thrown last by each mail that failed in this run. */
  errors: ReadonlyMap<string, unknown>
}
