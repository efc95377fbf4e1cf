import type { listSavedReplies } from '../../../shared/drafts.ts'
import { call } from '../../api.ts'
import { AddonError } from '../../errors.ts'
import type { Given } from '../../given.ts'
import type { Card } from '../../kit/card.ts'
import { escapedLines } from '../../kit/escape.ts'
import { insertResponse, type Shown } from '../../kit/response.ts'
import { savedRepliesCard, textIn } from './saved-replies-card.ts'

/** Only the id travels through the client: a list of whole texts would make a huge card. */
export function insertSavedReply({ parameter }: Given<'insertSavedReply'>) {
  const found = savedReplies().filter(({ id }) => id === parameter('savedReplyId'))[0]
  if (!found) throw new AddonError('not_found', 'This saved reply was removed. Refresh the list.')
  return insertResponse(escapedLines(textIn(found, parameter('language'))))
}

export const savedRepliesNow = (): Card => savedRepliesCard(savedReplies())

export const refreshSavedReplies = (): Shown => ({ update: savedRepliesNow() })

const savedReplies = () =>
  call<typeof listSavedReplies>('GET', '/v1/saved-replies', { query: { filled: 'true' } }).items
