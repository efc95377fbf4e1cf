import { fileNewMails, type MailToFile } from '../tickets/index.ts'
import { isAuthentic } from './authentic.ts'
import { decide } from './deciding.ts'
import type { Desk, Ending } from './desk.ts'
import { asMailToFile } from './filing.ts'
import { isInside } from './house.ts'
import { mayBeIgnored } from './ignoring/matching.ts'
import { allKeys, keysOf, type MailKeys } from './keys.ts'
import { asRuled, ruled } from './mail-rules/applying.ts'
import { asksToBePlaced } from './placing.ts'
import type { Attempt } from './preparing.ts'
import { isSpam } from './spam/suspecting.ts'
import { namesTicket } from './tokens.ts'
import { writerOf } from './writer.ts'

type NewMail = { keys: MailKeys; mail: MailToFile }

/**
 * The mails at the head of a batch that surely open a ticket each: of customers, naming no mail and no ticket that is known, and none of
 * each other's. Filed together they cost a fraction of what each costs alone.
 */
export function newMailsAmong(desk: Desk, attempts: readonly Attempt[]): NewMail[] {
  const named = new Set(desk.named)
  const found: NewMail[] = []
  for (const attempt of attempts) {
    const mail = newMail(desk, attempt)
    if (!mail || allKeys(mail.keys).some((key) => named.has(key))) break
    for (const key of allKeys(mail.keys)) named.add(key)
    found.push(mail)
  }
  return found
}

/** @returns null for all that takes a question to the database */
function newMail(desk: Desk, attempt: Attempt): NewMail | null {
  if (attempt.kind !== 'parsed') return null
  const { house } = desk
  const { mail, rawHash, waiting } = attempt
  if (isSpam(waiting)) return null
  const { address } = writerOf(mail, house)
  if (isInside(house, address) || mayBeIgnored(desk.ignored, address) || namesTicket(desk, mail)) return null
  const decision = decide(mail, house, () => false, isAuthentic(mail, house, waiting.labels))
  if (decision.kind !== 'customer') return null
  const keys = keysOf(mail, rawHash)
  if (desk.forgotten.has(keys.own)) return null
  if (asksToBePlaced(mail, keys) || mail.returned) return null
  const verdict = ruled(desk, attempt)
  if (verdict?.outcome === 'ignored') return null
  return { keys, mail: asRuled(asMailToFile(desk, attempt, keys, decision), verdict) }
}

export async function fileNew(desk: Desk, mails: readonly NewMail[]): Promise<Ending[]> {
  const { ctx, tx, box } = desk
  const filed = await fileNewMails(
    tx,
    box,
    mails.map(({ mail }) => mail),
    ctx.begin,
  )
  for (const { keys } of mails) for (const key of allKeys(keys)) desk.named.add(key)
  return filed.map(({ outcome, messageId }) => ({ outcome, reason: null, messageId }))
}
