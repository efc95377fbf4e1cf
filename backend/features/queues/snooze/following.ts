import type { Ctx } from '../../../context.ts'
import type { Fact } from '../../../platform/events.ts'
import { type Follower, following } from '../../../platform/followers.ts'
import {
  mailReceived,
  regroupingEvents,
  ticketMoved,
  ticketReleased,
  ticketUnmerged,
  ticketVoided,
} from '../../tickets/index.ts'
import { sleepOn, wakeIn } from './snoozing.ts'

const FINISHED: readonly unknown[] = ['solved', 'closed']

/** What a customer writes wakes their ticket; machines and the past do not. */
const answers = ({ type, historical, payload }: Fact) =>
  type === mailReceived.type && !historical && payload['automatic'] !== true

/** A ticket that is over has nothing to come back to. */
const ends = ({ type, payload }: Fact) =>
  type === ticketVoided.type || (type === ticketMoved.type && FINISHED.includes(payload['to']))

/** Whose ticket took in another one: what was said there has not been looked at here. */
const takesIn = ({ type }: Fact) => type === 'ticket.absorbed'

const idsOf = (facts: readonly Fact[]) => [...new Set(facts.flatMap(({ ticketId }) => ticketId ?? []))]

const waking = following<Ctx>(
  [mailReceived, ticketMoved, ticketVoided, ...regroupingEvents.filter(({ type }) => type === 'ticket.absorbed')],
  async (_ctx, tx, facts) => {
    await wakeIn(tx, idsOf(facts.filter(answers)), 'answer', { kind: 'system', id: null })
    await wakeIn(tx, idsOf(facts.filter(ends)), 'ended', { kind: 'system', id: null })
    await wakeIn(tx, idsOf(facts.filter(takesIn)), 'merged', { kind: 'system', id: null })
  },
)

/** A merge that is taken back leaves both as they were, and so it leaves them asleep. */
const sleepingOn = following<Ctx>([ticketUnmerged, ticketReleased], async (_ctx, tx, facts) => {
  const asleep = facts.flatMap(({ ticketId, payload: { snoozedUntil }, by }) =>
    ticketId !== null && typeof snoozedUntil === 'number' ? [{ ticketId, until: new Date(snoozedUntil), by }] : [],
  )
  await sleepOn(tx, asleep)
})

export const snoozeFollowers: readonly Follower<Ctx>[] = [waking, sleepingOn]
