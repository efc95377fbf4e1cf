import type { EventType, Fact } from './events.ts'
import type { Tx } from './tenancy.ts'

/**
 * What a feature writes in the same transaction as an event of another one, so that both are seen or none: a ticket and its clock. It
 * sees rows as the event has left them (whoever records, writes its rows first), calls no other system, and is kept to a few
 * statements, because everybody who causes the event waits for it. Whatever may come a moment later is a reaction instead.
 */
export type Follower<C> = {
  types: readonly string[]
  follow(ctx: C, tx: Tx, facts: readonly Fact[]): Promise<void>
}

/** The followers of a process, joined to what they need. */
export type Followers = (tx: Tx, facts: readonly Fact[]) => Promise<void>

/**
 * Defines a follower.
 * @param types events that it follows; others never reach it
 * @param follow takes all that one act recorded, historical facts too
 */
export const following = <C>(
  types: readonly Pick<EventType, 'type'>[],
  follow: Follower<C>['follow'],
): Follower<C> => ({ types: types.map(({ type }) => type), follow })

/** Hands recorded facts to their followers, one after another in the order of the list. */
export const followersOf =
  <C>(ctx: () => C, followers: readonly Follower<C>[]): Followers =>
  async (tx, facts) => {
    for (const { types, follow } of followers) {
      const theirs = facts.filter(({ type }) => types.includes(type))
      if (theirs.length > 0) await follow(ctx(), tx, theirs)
    }
  }
