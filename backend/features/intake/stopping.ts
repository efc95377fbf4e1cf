import type { MailToFile } from '../tickets/index.ts'
import type { Desk } from './desk.ts'
import { ignoredBy, livesOn } from './ignoring/matching.ts'
import { rememberIgnored } from './ignoring/remembering.ts'
import { ruled } from './mail-rules/applying.ts'
import type { Verdict } from './mail-rules/judging.ts'
import type { PreparedMail } from './preparing.ts'

type Parsed = Extract<PreparedMail, { kind: 'parsed' }>

/** What keeps a mail from being a ticket like any other: its sender's entry in the list, or a rule. */
export type Stop = { key: string | null; verdict: Verdict }

/**
 * The list of ignored senders comes before the rules. An answer to a ticket that lives is wanted, whoever writes it, and so is what
 * somebody asked for.
 * @param answers the ticket that it belongs to
 */
export async function stopOf(
  desk: Desk,
  prepared: Parsed,
  { from, provenKey }: MailToFile,
  answers: string | null,
): Promise<Stop | null> {
  if (prepared.waiting.wanted) return null
  const key = desk.ignored.size === 0 ? null : ignoredBy(desk.ignored, { address: from.address, provenKey })
  const verdict = key === null ? ruled(desk, prepared) : null
  if (key === null && (verdict === null || verdict.outcome === 'ticket')) return null
  return answers !== null && (await livesOn(desk.tx, answers)) ? null : { key, verdict }
}

/** Counts an ignored mail and keeps it for a while where a supervisor sees it. @returns why, as it stands with its Gmail id */
export async function stop(
  { tx, box, mailboxId }: Desk,
  { waiting }: Parsed,
  { from, subject, excerpt, sentAt: at }: MailToFile,
  { key, verdict }: Stop,
): Promise<string> {
  const [ruleId, rule] = [verdict?.ruleId ?? null, verdict?.name ?? null]
  const mail = { mailboxId, gmailId: waiting.gmailId, at, sender: from.address, subject, excerpt }
  await rememberIgnored(tx, box, { ...mail, key, ruleId, rule })
  return key === null ? 'mail_rule' : 'ignored_sender'
}
