import { MAIL_KINDS, MAIL_OUTCOMES, type MailMatches, type MailOutcome } from '../../../../shared/mail-rules.ts'

/** Entries named in a sentence; the page of the rule shows all. */
const NAMED = 6

/** What a rule is about, as a sentence that begins with "Mail". */
export function matchWords({ recipients, labels, senders, kinds, subjects }: MailMatches): string {
  const parts = [
    kinds.length > 0 && `that is ${kinds.map((kind) => MAIL_KINDS[kind]).join(', or ')}`,
    recipients.length > 0 && `to ${some(recipients)}`,
    senders.length > 0 && `from ${some(senders)}`,
    labels.length > 0 && `with the Gmail label ${some(labels)}`,
    subjects.length > 0 && `whose subject says ${some(subjects.map((words) => `«${words}»`))}`,
  ].filter((part) => part !== false)
  return `Mail ${parts.join(', and ')}`
}

function some(entries: readonly string[]): string {
  const named = entries.slice(0, NAMED).join(', ')
  return entries.length > NAMED ? `${named} and ${entries.length - NAMED} more` : entries.join(' or ')
}

export const outcomeWords = (outcome: MailOutcome): string => MAIL_OUTCOMES[outcome]
