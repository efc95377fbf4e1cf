import { LUNCH_MINUTES, type Worker } from '../../scenarios/busy-day/people.ts'
import { type Conversation, type Conversations, waiting } from './conversation.ts'
import type { Person } from './working.ts'

/** Whether somebody is at the desk at this minute of the day. */
export const atDesk = ({ from, lunch, to }: Worker, minute: number): boolean =>
  minute >= from && minute < to && !(minute >= lunch && minute < lunch + LUNCH_MINUTES)

/**
 * The next mail that an agent opens: own ones first, then roughly by age. Nobody else can pick it meanwhile. Now and then somebody takes
 * what looks easy, so that something old stays.
 */
export function pick({ agent, draw }: Person, all: Conversations): Conversation | undefined {
  const open = waiting(all)
  const own = open.filter(({ owner }) => owner === agent.email)
  const free = open.filter(({ owner }) => owner === null)
  const from = own.length > 0 && draw.chance(0.7) ? own : free
  const picked = draw.chance(0.35) ? from.at(-1) : from[draw.below(Math.min(6, from.length))]
  if (picked) picked.shut = true
  return picked
}
