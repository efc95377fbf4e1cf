import type { NewThing } from '../../scenarios/busy-day/day.ts'
import type { Earlier } from '../../scenarios/post.ts'
import type { Story } from '../../scenarios/story.ts'

/** One thing between a customer and the shop, as those who play the day know it. */
export interface Conversation {
  thing: Pick<NewThing, 'customer' | 'mailer'> & Partial<NewThing>
  story: Story
  /** The newest mail, which the next one answers. */
  last: Earlier
  firstId: string
  /** Since when the customer waits; null while they do not. */
  waitsSince: Date | null
  answers: number
  /** The handle of the agent whose it is. */
  owner: string | null
  /** Somebody is at it right now, or is done with it. */
  shut: boolean
  /** The customer's other mail about the same, which was there first. */
  twinOf?: Conversation
}

export type Conversations = Conversation[]

export const waiting = (all: Conversations) => all.filter(({ waitsSince, shut }) => waitsSince !== null && !shut)
export const answered = (all: Conversations) =>
  all.filter(({ answers, waitsSince }) => answers > 0 && waitsSince === null)
