import { isStoreAway } from '../../clients/objects/index.ts'
import type { Desk, Ending } from './desk.ts'
import { fileMail } from './filing.ts'
import { type House, isInside } from './house.ts'
import { allKeys, keysOf } from './keys.ts'
import type { Attempt } from './preparing.ts'
import { provenKeyOf } from './proven-sender.ts'
import { quarantine } from './quarantining.ts'
import type { WaitingMail } from './reading.ts'
import type { RoughHeader } from './rough-header.ts'
import { isSpam, isSpamStill, suspect } from './spam/suspecting.ts'
import { writerOf } from './writer.ts'

/** After so many failures of its own a mail is quarantined. */
const ATTEMPTS = 3
/** What may be the database's fault, or nobody knows whose, is tried once a minute for so long before the mail is blamed. */
const PATIENCE_MS = 24 * 3_600_000

/**
 * Files a mail, or quarantines it when it has failed too often.
 * @param failures how often filing it failed in this run
 * @throws why it is to be tried again
 */
export async function tryToFile(desk: Desk, attempt: Attempt, failures: number): Promise<Ending> {
  const { waiting } = attempt
  if (ownKeyOf(attempt).some((key) => desk.forgotten.has(key)))
    return { outcome: 'ignored', reason: FORGOTTEN, messageId: null }
  if (attempt.kind !== 'failed' && (await isSpamStill(desk, waiting))) return suspect(desk, attempt)
  const { gmailId, acceptedAt, historical } = waiting
  const raw = { id: waiting.rawId, at: waiting.rawAt }
  const putAside = (reason: string, mailKey: string, error: unknown, rough: RoughHeader | null = null) =>
    quarantine(desk, { gmailId, acceptedAt, historical, mailKey, raw, reason, error: wordsOf(error), rough })
  if (attempt.kind === 'parsed')
    return failures < ATTEMPTS
      ? fileMail(desk, attempt)
      : putAside('filing_failed', attempt.rawHash, desk.errors.get(gmailId))
  if (attempt.kind === 'failed') {
    const waits = isStoreAway(attempt.error) || isYoung(waiting, desk.tx.now) // a store is away for as long as it is; the nightly count tells of what waits
    if (waits) throw new Error('The mail could not be prepared', { cause: attempt.error })
    return putAside('preparing_failed', waiting.rawId, attempt.error)
  }
  const { failure, rawHash, rough } = attempt
  if (failure.how !== 'killed' && failures < ATTEMPTS - 1) throw failure
  const wasStopped = failure.how === 'killed' || failure.how === 'starved'
  return putAside(wasStopped ? 'parser_killed' : 'parser_threw', rawHash, failure, rough)
}

const wordsOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : 'It failed several times.'

/** Whether a mail is still given time. */
export const isYoung = ({ receivedAt }: WaitingMail, now: Date): boolean =>
  now.getTime() - receivedAt.getTime() < PATIENCE_MS

/** Why a mail is ignored that was kept once and is forgotten. */
export const FORGOTTEN = 'forgotten'

/** What a mail itself is known by. */
export const ownKeyOf = (attempt: Attempt): string[] =>
  attempt.kind === 'parsed' ? [keysOf(attempt.mail, attempt.rawHash).own] : []

export const keysOfAttempt = (attempt: Attempt): string[] =>
  attempt.kind === 'parsed' ? allKeys(keysOf(attempt.mail, attempt.rawHash)) : []

/** The customer's address that a mail is proved to come from, where it is no colleague's. */
export function provenIn(attempt: Attempt, house: House): string | null {
  if (attempt.kind !== 'parsed' || isSpam(attempt.waiting)) return null
  const key = provenKeyOf(attempt.mail, house, attempt.waiting.labels)
  return key !== null && !isInside(house, key) ? key : null
}

export const writersOf = (attempt: Attempt, house: House): string[] =>
  attempt.kind === 'parsed' ? [writerOf(attempt.mail, house).address] : []
