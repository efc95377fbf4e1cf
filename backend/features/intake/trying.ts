import type { Desk, Ending } from './desk.ts'
import { fileMail } from './filing.ts'
import type { House } from './house.ts'
import { allKeys, keysOf } from './keys.ts'
import type { Attempt } from './preparing.ts'
import { quarantine } from './quarantining.ts'
import type { WaitingMail } from './reading.ts'
import { writerOf } from './writer.ts'

/** After so many failures of its own a mail is quarantined. */
const ATTEMPTS = 3
/** What may be a full disk's or the database's fault is tried once a minute for so long before the mail is blamed. */
const PATIENCE_MS = 24 * 3_600_000

/**
 * Files a mail, or quarantines it when it has failed too often.
 * @param failures how often filing it failed in this run
 * @throws why it is to be tried again
 */
export function tryToFile(desk: Desk, attempt: Attempt, failures: number): Promise<Ending> {
  const { waiting } = attempt
  const { acceptedAt, historical } = waiting
  const putAside = (reason: string, mailKey: string, rough: Parameters<typeof quarantine>[1]['rough'] = null) =>
    quarantine(desk, { acceptedAt, historical, mailKey, raw: { id: waiting.rawId, at: waiting.rawAt }, reason, rough })
  if (attempt.kind === 'parsed')
    return failures < ATTEMPTS ? fileMail(desk, attempt) : putAside('filing_failed', attempt.rawHash)
  if (attempt.kind === 'failed') {
    if (isYoung(waiting, desk.tx.now)) throw new Error('The mail could not be prepared', { cause: attempt.error })
    return putAside('preparing_failed', waiting.rawId)
  }
  const { failure, rawHash, rough } = attempt
  if (failure.how !== 'killed' && failures < ATTEMPTS - 1) throw failure
  return putAside(failure.how === 'killed' ? 'parser_killed' : 'parser_threw', rawHash, rough)
}

/** Whether a mail is still given time. */
export const isYoung = ({ receivedAt }: WaitingMail, now: Date): boolean =>
  now.getTime() - receivedAt.getTime() < PATIENCE_MS

export const keysOfAttempt = (attempt: Attempt): string[] =>
  attempt.kind === 'parsed' ? allKeys(keysOf(attempt.mail, attempt.rawHash)) : []

export const writersOf = (attempt: Attempt, house: House): string[] =>
  attempt.kind === 'parsed' ? [writerOf(attempt.mail, house).address] : []
