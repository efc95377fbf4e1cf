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

type Parsed = Extract<Attempt, { kind: 'parsed' }>

type NewMail = { attempt: Attempt; keys: MailKeys; mail: MailToFile }

/**
 * The mails of a batch that surely open a ticket each: of customers, naming no mail and no ticket that is known, and none of each other's.
 * Filed together they cost a fraction of what each costs alone.
 * @param passing whether others between them are passed over, such as answers; what has to do with one of those waits for it: by a mail
 * that both name, or by who wrote them. Else the mails at the head.
 */
export function newMailsAmong(desk: Desk, attempts: readonly Attempt[], passing: boolean): NewMail[] {
  const named = new Set(desk.named)
  const waitsFor = new Set<string>()
  const found: NewMail[] = []
  for (const attempt of attempts) {
    if (attempt.kind !== 'parsed') break
    const writer = writerOf(attempt.mail, desk.house).address.toLowerCase()
    const mail = newMail(desk, attempt)
    const keys = allKeys(mail?.keys ?? keysOf(attempt.mail, attempt.rawHash))
    const isNew = mail !== null && !waitsFor.has(writer) && !keys.some((key) => named.has(key))
    if (!isNew && !passing) break
    for (const key of keys) named.add(key)
    if (isNew) found.push({ ...mail, attempt })
    else waitsFor.add(writer)
  }
  return found
}

/** @returns null for all that takes a question to the database */
function newMail(desk: Desk, attempt: Parsed): Omit<NewMail, 'attempt'> | null {
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
