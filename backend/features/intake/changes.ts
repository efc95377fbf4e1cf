import type { HistoryPage } from '../../clients/gmail/index.ts'

export type Change = { gmailId: string; threadId: string | null; labels: string[] }

/** `null` is out of spam and trash again. */
export type Place = 'spam' | 'trash' | 'deleted' | null
export type Move = { gmailId: string; to: Place }
export type Labelled = { gmailId: string; added: string[]; removed: string[] }

/** What a page of the change feed means for us. */
export type Changes = {
  /** Mails that came, oldest first. */
  arrived: Change[]
  /** Mails that we had put aside and that are wanted now: taken out of spam, or a draft that was sent. */
  revived: Change[]
  /** Where mails were put, in spam, in the trash, out of them, or deleted for good; the last word on each. */
  moved: Move[]
  /** Labels that were put on and taken off, in the order in which it happened. */
  labelled: Labelled[]
  /** The newest record on the page. */
  last: string | null
}

export function changesOf(page: HistoryPage): Changes {
  const arrived = new Map<string, Change>()
  const revived = new Map<string, Change>()
  const moved = new Map<string, Place>()
  const labelled: Labelled[] = []
  for (const { messagesAdded, messagesDeleted, labelsAdded, labelsRemoved } of page.history) {
    for (const { message } of messagesAdded) arrived.set(message.id, asChange(message))
    for (const { message, labelIds } of labelsAdded)
      if (labelIds.includes('SENT')) revived.set(message.id, asChange(message))
    for (const { message, labelIds } of labelsRemoved)
      if (labelIds.some((label) => PUT_ASIDE.includes(label))) revived.set(message.id, asChange(message))
    // What is taken out of the trash to be spam is both in one record: where it went to is said last.
    for (const { message, labelIds } of labelsRemoved)
      if (labelIds.some((label) => label in PLACES)) moved.set(message.id, null)
    for (const { message, labelIds } of labelsAdded)
      for (const label of labelIds) if (PLACES[label]) moved.set(message.id, PLACES[label])
    for (const { message } of messagesDeleted) moved.set(message.id, 'deleted')
    for (const { message, labelIds } of labelsAdded)
      labelled.push({ gmailId: message.id, added: labelIds, removed: [] })
    for (const { message, labelIds } of labelsRemoved)
      labelled.push({ gmailId: message.id, added: [], removed: labelIds })
  }
  return {
    arrived: [...arrived.values()],
    revived: [...revived.values()],
    moved: [...moved].map(([gmailId, to]) => ({ gmailId, to })),
    labelled,
    last: page.history.at(-1)?.id ?? null,
  }
}

/** What keeps a mail from being wanted; a suspected one that was thrown away may come back out of the trash. */
const PUT_ASIDE = ['SPAM', 'DRAFT', 'TRASH']

const PLACES: Partial<Record<string, Exclude<Place, null>>> = { SPAM: 'spam', TRASH: 'trash' }

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
