import type { GmailMailbox } from '../../clients/gmail/index.ts'
import { emailKey } from '../../features/settings/index.ts'
import type { Problem } from '../database-problem.ts'

type SendAs = Awaited<ReturnType<GmailMailbox['sendAs']>>[number]

/** Gmail sends from the account's own address, without a word, when the shared one is no verified alias (facts/mail.md section 3.4). */
export function aliasProblem(aliases: readonly SendAs[], support: string, account: string): Problem | null {
  const alias = aliases.find(({ sendAsEmail }) => emailKey(sendAsEmail) === emailKey(support))
  const where = `Sign in to Gmail as ${account}: Settings > Accounts > "Send mail as"`
  if (!alias)
    return {
      says: `${account} may not send as ${support}, so replies would show ${account} to customers.`,
      todo: `${where} > Add another email address > ${support}, "Treat as an alias" on.`,
    }
  if (alias.isPrimary || alias.verificationStatus === 'accepted') return null
  return {
    says: `The alias ${support} of ${account} is not confirmed (${alias.verificationStatus ?? 'unknown'}), so Gmail does not use it.`,
    todo: `${where} > Verify; the code is mailed to ${support}.`,
  }
}
