import type { PanelSection, PanelWidget } from '../../../../shared/panel.ts'
import type { TicketCardView } from '../../../../shared/tickets.ts'
import { button, buttons, remark, section, warning } from '../../../platform/panel.ts'
import { trustSaid } from '../doubt.ts'
import { VOID_WORDS } from './words.ts'
import { type CardTicket, changeOf, whyNot, whyNoWork } from './writing.ts'

/** What must be known before anything else is read. */
export const noticeSection = (ticket: CardTicket): PanelSection | null =>
  section(
    null,
    ...ticket.unsent.flatMap((reply) => unsentWidgets(ticket, reply)),
    ...trustWidgets(ticket),
    ...voidWidgets(ticket),
  )

/** How far the sender of the newest mail can be believed. */
function trustWidgets(ticket: CardTicket): PanelWidget[] {
  const { warns, words } = trustSaid(ticket)
  return words.map(warns ? warning : remark)
}

type Unsent = TicketCardView['unsent'][number]

function unsentWidgets(ticket: CardTicket, reply: Unsent): PanelWidget[] {
  const words = unsentWords(reply)
  if (reply.state !== 'refused' && reply.state !== 'unclear') return [words]
  const again = changeOf(ticket, {
    method: 'POST',
    path: `replies/${reply.id}/resending`,
    body: {},
    takes: [],
    say: 'The answer is on its way',
  })
  return [words, buttons(button('Send it again', again, { off: whyNot(ticket) }))]
}

/** An answer that is not with the customer yet must not look as if it were. */
function unsentWords({ state, by, refusal }: Unsent): PanelWidget {
  if (state === 'refused')
    return warning(`Gmail did not take the answer of ${by}; the customer has not got it. ${refusal || ''}`)
  if (state === 'unclear')
    return warning(
      `Nobody can tell whether the customer has the answer of ${by}. ${refusal || ''} Look for it among the sent mails in Gmail; if it is not there, send it again.`,
    )
  if (state === 'unknown')
    return remark(`The answer of ${by} is not confirmed by Gmail yet. It is looked for before it is sent again.`)
  return remark(`The answer of ${by} is on its way. The ticket changes as soon as the sent mail is read back.`)
}

/** What merging voided, only its undo brings back. */
function voidWidgets(ticket: CardTicket): PanelWidget[] {
  const { voidReason, number, version } = ticket
  if (!voidReason) return []
  const words = warning(`Void: ${VOID_WORDS[voidReason]}. It counts in no list and no figure.`)
  if (voidReason === 'merged') return [words]
  const back = changeOf(ticket, {
    method: 'POST',
    path: 'restoration',
    body: { version },
    takes: [],
    say: `${number} is back`,
  })
  return [words, buttons(button('Bring back', back, { off: whyNoWork(ticket) }))]
}
