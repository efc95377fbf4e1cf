import type { HistoryPage } from '../../clients/gmail/index.ts'

export type Change = { gmailId: string; threadId: string | null; labels: string[] }

/** What a page of the change feed means for us. */
export type Changes = {
  /** Mails that came, oldest first. */
  arrived: Change[]
  /** Mails that we had put aside and that are wanted now: taken out of spam, or a draft that was sent. */
  revived: Change[]
  /** The newest record on the page. */
  last: string | null
}

export function changesOf(page: HistoryPage): Changes {
  const arrived = new Map<string, Change>()
  const revived = new Map<string, Change>()
  for (const { messagesAdded, labelsAdded, labelsRemoved } of page.history) {
    for (const { message } of messagesAdded) arrived.set(message.id, asChange(message))
    for (const { message, labelIds } of labelsAdded)
      if (labelIds.includes('SENT')) revived.set(message.id, asChange(message))
    for (const { message, labelIds } of labelsRemoved)
      if (labelIds.includes('SPAM') || labelIds.includes('DRAFT')) revived.set(message.id, asChange(message))
  }
  return { arrived: [...arrived.values()], revived: [...revived.values()], last: page.history.at(-1)?.id ?? null }
}

const asChange = ({
  id,
  threadId,
  labelIds,
}: {
  id: string
  threadId?: string | undefined
  labelIds: string[]
}): Change => ({
  gmailId: id,
  threadId: threadId ?? null,
  labels: labelIds,
})

/** Why a mail with these labels is not filed; null when it is. */
export function setAside(labels: readonly string[]): { outcome: 'ignored' | 'suspected_spam'; reason: string } | null {
  if (labels.includes('DRAFT')) return { outcome: 'ignored', reason: 'draft' }
  if (labels.includes('CHAT')) return { outcome: 'ignored', reason: 'chat' }
  return labels.includes('SPAM') ? { outcome: 'suspected_spam', reason: 'spam_label' } : null
}
