import { cardPart, doubtOf } from '../tickets/index.ts'
import { answerSection } from './answer-section.ts'
import { warningFirst } from './doubtful.ts'
import { type SendingRow, sendingSql } from './sending/picking.ts'

/** Where the answer is written, on the card of a ticket. */
export const answerPart = cardPart<SendingRow>({
  name: 'answer',
  sql: ({ me, now }) => sendingSql(me, now),
  present: () => [],
  below(_ctx, _scene, sending, ticket) {
    const answer = doubtOf(ticket) ? warningFirst(ticket) : answerSection(ticket, sending)
    return answer ? [answer] : []
  },
})
