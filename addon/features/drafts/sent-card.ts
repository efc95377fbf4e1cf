import type { Reply } from '../../../shared/drafts.ts'
import { button, buttons } from '../../kit/button.ts'
import { type Card, card, section } from '../../kit/card.ts'
import { paragraph, warning } from '../../kit/text.ts'

const UNDER_WAY = 'The answer is on its way. The ticket changes as soon as the sent mail is read back.'

const STATE_WORDS: Record<Reply['state'], string> = {
  planned: UNDER_WAY,
  sending: UNDER_WAY,
  sent: 'The answer was sent.',
  refused: 'Gmail did not take the answer. The customer has not got it.',
  unknown: 'Gmail gave no answer. Sidedesk looks in the mailbox before it sends anything again.',
}

/** What became of an answer that was handed over; it is sent once, however often this is asked. */
export const sentCard = ({ id, ticketId, state, refusal }: Reply): Card =>
  card({ title: 'Answer' }, [
    section(
      null,
      state === 'refused'
        ? warning(`${STATE_WORDS.refused}${refusal ? ` ${refusal}` : ''}`)
        : paragraph(STATE_WORDS[state]),
      buttons(
        button('Show ticket', { action: 'refreshTicket', parameters: { ticketId } }, { filled: true }),
        state === 'sent' || state === 'refused'
          ? null
          : button('Check', { action: 'checkReply', parameters: { ticketId, replyId: id } }),
      ),
    ),
  ])
