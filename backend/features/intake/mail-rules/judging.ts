import type { MailKind, MailOutcome } from '../../../../shared/mail-rules.ts'
import { domainOf, emailKey } from '../../settings/index.ts'
import type { House } from '../house.ts'
import type { MailText } from '../parsing/parsed-mail.ts'
import { copyPlaces, recipientsOf, writerOf } from '../writer.ts'
import { kindsOf } from './kinds.ts'
import type { StoredRule } from './rows.ts'

/** What decided about a mail; null when no rule fits, and it is a ticket like any other. */
export type Verdict = { ruleId: string; name: string; outcome: MailOutcome } | null

/** A mail as rules look at it. `labels` are names, in lower case. */
export type Judged = {
  mailboxId: string
  sender: string
  recipients: readonly string[]
  labels: readonly string[]
  kinds: ReadonlySet<MailKind>
  subject: string
}

/** @param labels names of the mail's Gmail labels */
export const judgedOf = (mail: MailText, house: House, mailboxId: string, labels: readonly string[]): Judged => ({
  mailboxId,
  sender: emailKey(writerOf(mail, house).address),
  recipients: [...recipientsOf(mail), ...copyPlaces(mail)].map(bareAddress),
  labels: labels.map((label) => label.toLowerCase()),
  kinds: kindsOf(mail, house),
  subject: wordsOf(mail.subject),
})

/** The first rule that is on and fits decides. */
export function verdictOf(rules: readonly StoredRule[], mail: Judged): Verdict {
  const rule = rules.find((one) => one.active && fits(one, mail))
  return rule ? { ruleId: rule.id, name: rule.name, outcome: rule.outcome } : null
}

/** Of each list that is not empty one entry has to fit; a rule without any entry fits nothing. */
export function fits({ mailboxId, matches }: Pick<StoredRule, 'mailboxId' | 'matches'>, mail: Judged): boolean {
  if (mailboxId !== null && mailboxId !== mail.mailboxId) return false
  const { recipients, labels, senders, kinds, subjects } = matches
  const asked = [
    { entries: recipients, holds: (entry: string) => mail.recipients.some((one) => isFor(one, entry.toLowerCase())) },
    { entries: labels, holds: (entry: string) => mail.labels.some((label) => isBelow(label, entry.toLowerCase())) },
    { entries: senders, holds: (entry: string) => isFrom(mail.sender, entry.toLowerCase()) },
    { entries: kinds, holds: (entry: string) => mail.kinds.has(entry as MailKind) },
    { entries: subjects, holds: (entry: string) => mail.subject.includes(wordsOf(entry)) },
  ].filter(({ entries }) => entries.length > 0)
  return asked.length > 0 && asked.every(({ entries, holds }) => entries.some(holds))
}

/** An address with a tag means that tag, one without means it with any; +returns is that tag of any address. */
function isFor(recipient: string, entry: string): boolean {
  if (entry.startsWith('+')) return recipient.includes(`${entry}@`)
  return recipient === entry || (!entry.includes('+') && recipient.replace(/\+[^@]*@/, '@') === entry)
}

/** A label of Gmail holds those below it: Desk means Desk/Later, too. */
export const isBelow = (label: string, entry: string): boolean => label === entry || label.startsWith(`${entry}/`)

/** An address, or a domain with all below it. */
function isFrom(sender: string, entry: string): boolean {
  const key = entry.replace(/^@/, '')
  if (key.includes('@')) return sender === key
  const domain = domainOf(sender)
  return domain === key || domain.endsWith(`.${key}`)
}

/** Whole words in any case, between spaces, so that «case» is not found in «showcase». */
const wordsOf = (text: string): string =>
  ` ${text
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `

/** Of headers that name one person with or without brackets. */
const bareAddress = (text: string): string => emailKey(/<([^<>]*)>\s*$/.exec(text)?.[1] ?? text)
