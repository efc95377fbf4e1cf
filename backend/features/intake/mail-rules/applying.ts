import type { Tx } from '../../../platform/tenancy.ts'
import type { MailToFile } from '../../tickets/index.ts'
import type { House } from '../house.ts'
import type { Attempt } from '../preparing.ts'
import { judgedOf, type Verdict, verdictOf } from './judging.ts'
import { enqueueReadingLabels, isUnknown, type LabelNames, labelNamesIn, namesOf } from './labels.ts'
import { mailRulesIn, type StoredRule } from './rows.ts'

/** The rules for the mails at hand. */
export type MailRules = { rules: readonly StoredRule[]; labels: LabelNames }

/** One question for many mails, and one more where rules ask for labels; labels of which nobody knows the name are asked for. */
export async function rulesFor(tx: Tx, mailboxId: string, attempts: readonly Attempt[]): Promise<MailRules> {
  const rules = (await mailRulesIn(tx)).rules.filter(({ active }) => active)
  const asksLabels = rules.some(({ matches }) => matches.labels.length > 0)
  const labels: LabelNames = asksLabels ? await labelNamesIn(tx, mailboxId) : new Map()
  if (asksLabels && attempts.some(({ waiting }) => waiting.labels.some((id) => isUnknown(id, labels))))
    await enqueueReadingLabels(tx, mailboxId)
  return { rules, labels }
}

type At = { house: House; mailboxId: string; mailRules: MailRules }

/** What rules say of a mail that would open a ticket. */
export const ruled = ({ house, mailboxId, mailRules }: At, attempt: Attempt): Verdict =>
  attempt.kind === 'parsed' && !attempt.waiting.wanted && mailRules.rules.length > 0
    ? verdictOf(
        mailRules.rules,
        judgedOf(attempt.mail, house, mailboxId, namesOf(attempt.waiting.labels, mailRules.labels)),
      )
    : null

/** A quiet mail is one of a machine to all that comes after: nothing answers it, and nobody is told of it. */
export const asRuled = (mail: MailToFile, verdict: Verdict): MailToFile =>
  verdict?.outcome === 'quiet' ? { ...mail, automatic: true, quiet: true } : mail
