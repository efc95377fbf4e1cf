import { z } from 'zod'
import { newId } from '../../../platform/ids.ts'
import type { Desk, Ending } from '../desk.ts'
import type { Attempt } from '../preparing.ts'
import type { WaitingMail } from '../reading.ts'
import { UNKNOWN_SENDER, writerOf } from '../writer.ts'

/** What a list shows of a suspected mail. */
export const Suspected = z.object({ sender: z.string(), name: z.string(), subject: z.string(), excerpt: z.string() })
type Suspected = z.infer<typeof Suspected>

export const SEALED_AS = 'suspected_mail.content'

/** What Gmail holds for spam and nobody has asked for. */
export const isSpam = ({ labels, wanted }: Pick<WaitingMail, 'labels' | 'wanted'>): boolean =>
  labels.includes('SPAM') && !wanted

/**
 * The same of a mail as it stands now, held until the transaction ends: whoever takes it out of spam while it is read waits for its end,
 * and finds it.
 */
export async function isSpamStill(
  { tx, mailboxId }: Pick<Desk, 'tx' | 'mailboxId'>,
  waiting: WaitingMail,
): Promise<boolean> {
  if (!isSpam(waiting)) return false
  const [row] = await tx.$queryRaw<{ labels: string[] }[]>`
    select labels from desk.mailbox_mail
    where workspace_id = ${tx.workspaceId}::uuid and mailbox_id = ${mailboxId}::uuid and gmail_id = ${waiting.gmailId} for no key update`
  return row === undefined || row.labels.includes('SPAM')
}

/** Puts a mail aside where people see it: no ticket, no customer, no words in the search, nothing that waits. */
export async function suspect({ tx, box, mailboxId, house }: Desk, attempt: Prepared): Promise<Ending> {
  const id = newId(tx.now)
  const content = box.seal(SEALED_AS, id, JSON.stringify(contentOf(attempt, house)))
  const { gmailId, acceptedAt } = attempt.waiting
  await tx.$executeRaw`
    insert into desk.suspected_mail as mine (workspace_id, id, mailbox_id, gmail_id, at, state, content)
    values (${tx.workspaceId}::uuid, ${id}::uuid, ${mailboxId}::uuid, ${gmailId}, ${acceptedAt}, 'suspected', ${content})
    on conflict (workspace_id, mailbox_id, gmail_id) do update set state = 'suspected', decided_at = null, decided_by_id = null, effect_id = null
    where mine.state = 'ticket'`
  return { outcome: 'suspected_spam', reason: 'spam_label', messageId: null }
}

const EXCERPT = 300

type Prepared = Exclude<Attempt, { kind: 'failed' }>

function contentOf(attempt: Prepared, house: Desk['house']): Suspected {
  if (attempt.kind === 'unreadable') {
    const { name, address } = attempt.rough.from ?? UNKNOWN_SENDER
    return { sender: address, name, subject: attempt.rough.subject, excerpt: 'This mail cannot be read.' }
  }
  const { mail } = attempt
  const { name, address } = writerOf(mail, house)
  return {
    sender: address,
    name,
    subject: mail.subject.slice(0, 300),
    excerpt: mail.excerpt.slice(0, EXCERPT).toWellFormed(),
  }
}
