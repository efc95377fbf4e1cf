import type { Ctx } from '../../../context.ts'
import type { Fact } from '../../../platform/events.ts'
import { type Follower, following } from '../../../platform/followers.ts'
import { mailReceived, regroupingEvents, ticketMoved, ticketVoided } from '../../tickets/index.ts'
import { wakeIn } from './snoozing.ts'

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

export const snoozeFollower: Follower<Ctx> = following(
  [mailReceived, ticketMoved, ticketVoided, ...regroupingEvents.filter(({ type }) => type === 'ticket.absorbed')],
  async (_ctx, tx, facts) => {
    await wakeIn(tx, idsOf(facts.filter(answers)), 'answer', { kind: 'system', id: null })
    await wakeIn(tx, idsOf(facts.filter(ends)), 'ended', { kind: 'system', id: null })
    await wakeIn(tx, idsOf(facts.filter(takesIn)), 'merged', { kind: 'system', id: null })
  },
)
