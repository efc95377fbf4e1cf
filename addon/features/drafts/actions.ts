import type { getReply, listSavedReplies, sendReply as send, startReplyDraft } from '../../../shared/drafts.ts'
import { call } from '../../api.ts'
import { AddonError } from '../../errors.ts'
import type { Given } from '../../given.ts'
import type { Card } from '../../kit/card.ts'
import { escapedLines } from '../../kit/escape.ts'
import { draftResponse, insertResponse, type Shown } from '../../kit/response.ts'
import { newGmailDraft } from './gmail-draft.ts'
import { savedRepliesCard } from './saved-replies-card.ts'
import { sentCard } from './sent-card.ts'

export function sendReply({ parameter, field }: Given<'sendReply'>): Shown {
  const reply = call<typeof send>('POST', '/v1/tickets/:ticketId/replies', {
    params: { ticketId: parameter('ticketId') },
    body: { text: field('reply') },
    key: parameter('key'),
  })
  return { update: sentCard(reply), changed: true }
}

export function checkReply({ parameter }: Given<'checkReply'>): Shown {
  const params = { ticketId: parameter('ticketId'), replyId: parameter('replyId') }
  return { update: sentCard(call<typeof getReply>('GET', '/v1/tickets/:ticketId/replies/:replyId', { params })) }
}

export function replyInGmail({ event, parameter }: Given<'replyInGmail'>) {
  const draft = call<typeof startReplyDraft>('POST', '/v1/tickets/:ticketId/reply-drafts', {
    params: { ticketId: parameter('ticketId') },
    body: { savedReplyId: null },
    key: null,
  })
  return draftResponse(newGmailDraft(event, draft))
}

/** Only the id travels through the client: a list of whole texts would make a huge card. */
export function insertSavedReply({ parameter }: Given<'insertSavedReply'>) {
  const found = savedReplies().filter(({ id }) => id === parameter('savedReplyId'))[0]
  if (!found) throw new AddonError('not_found', 'This saved reply was removed. Refresh the list.')
  return insertResponse(escapedLines(found.text))
}

export const savedRepliesNow = (): Card => savedRepliesCard(savedReplies())

export const refreshSavedReplies = (): Shown => ({ update: savedRepliesNow() })

const savedReplies = () =>
  call<typeof listSavedReplies>('GET', '/v1/saved-replies', { query: { filled: 'true' } }).items
