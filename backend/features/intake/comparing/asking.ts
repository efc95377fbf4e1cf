import type { OpenMailbox } from '../mailboxes.ts'

/** A mail with the labels that it has now; null for one that Gmail shows no more. */
export type Asked<Mail> = { mail: Mail; labels: string[] | null }

/**
 * Asks Gmail for the labels of mails, one after another. A used-up quota ends it in the middle: what was answered until then is followed
 * all the same, because the next turn might come no further.
 * @returns `rest`: why not all were asked for, to be thrown when the others are followed
 */
export async function askLabels<Mail extends { gmailId: string }>(
  { history }: OpenMailbox,
  mails: readonly Mail[],
): Promise<{ found: Asked<Mail>[]; rest: { error: unknown } | null }> {
  const found: Asked<Mail>[] = []
  try {
    for (const mail of mails) found.push({ mail, labels: (await history.header(mail.gmailId))?.labelIds ?? null })
  } catch (error) {
    return { found, rest: { error } }
  }
  return { found, rest: null }
}
