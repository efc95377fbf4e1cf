import type { Ctx } from '../../../context.ts'
import { type Follower, following } from '../../../platform/followers.ts'
import {
  mailReceived,
  regroupingEvents,
  replySent,
  ticketAssigned,
  ticketCreated,
  ticketMoved,
  ticketUnvoided,
  ticketVoided,
} from '../../tickets/index.ts'
import { noteDue } from './due.ts'

/** Told by features that know intake, so by their names. */
const ELSEWHERE = ['ticket.snoozed', 'ticket.woken', 'sla.warned', 'sla.breached', 'sla.met', 'gmail_label.moved'].map(
  (type) => ({ type }),
)

const TYPES = [
  ...[ticketCreated, ticketAssigned, ticketMoved, ticketVoided, ticketUnvoided, mailReceived, replySent],
  ...regroupingEvents,
  ...ELSEWHERE,
]

/** Whatever changes whose a ticket is, when it is due or what mails it has makes its labels due. The past makes nothing. */
export const gmailQueueFollower: Follower<Ctx> = following(TYPES, (_ctx, tx, facts) =>
  noteDue(
    tx,
    facts.flatMap(({ ticketId, historical }) => (ticketId !== null && !historical ? [ticketId] : [])),
  ),
)
