import type { TicketCardView } from '../../../shared/tickets.ts'
import type { Google } from '../../emulators/google/google.ts'
import type { Draw } from '../../scenarios/busy-day/drawing.ts'
import { answerTo } from '../../scenarios/busy-day/filling.ts'
import type { Worker } from '../../scenarios/busy-day/people.ts'
import { agentMail } from '../../scenarios/post.ts'
import { answered as answeredBy } from '../../scenarios/story.ts'
import { callAs } from '../desk-api.ts'
import type { Conversation } from './conversation.ts'

export interface Desk {
  google: Google
  url: string
  now: () => Date
  /** The supervisor and the agents by handle, as the desk knows them. */
  staffIds: Map<string, string>
}

/** One of the seven, with habits of the own. */
export interface Person extends Worker {
  draw: Draw
}

const STALE = /answered with 409/

/** One agent with one open mail: what they see of its ticket, and what they press. */
export function opened(desk: Desk, { agent, draw }: Person, one: Conversation) {
  const call = <T>(method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, body?: object) =>
    callAs(desk.google, agent.email, `${desk.url}/v1/${path}`, method, body) as Promise<T>
  const found = async (messageId: string) => {
    const { ticket } = await call<{ ticket: TicketCardView | null }>('POST', 'ticket-lookups', {
      messageId,
      references: [],
    })
    if (!ticket) throw new Error(`${messageId} has no ticket`)
    return ticket
  }
  let seen: TicketCardView | undefined
  const ticket = async () => {
    seen = await found(one.firstId)
    return seen
  }
  /** With the version on the screen; when somebody else was quicker the card is looked at again. */
  async function press(method: 'PUT' | 'POST', path: string, body: object = {}): Promise<TicketCardView> {
    const write = async ({ id, version }: TicketCardView) => {
      seen = await call<TicketCardView>(method, `tickets/${id}/${path}`, { ...body, version })
      return seen
    }
    try {
      return await write(seen ?? (await ticket()))
    } catch (error) {
      if (error instanceof Error && STALE.test(error.message)) return write(await ticket())
      throw error
    }
  }
  return {
    ticket,
    press,
    call,
    otherTicket: (other: Conversation) => found(other.firstId),
    take: () => press('PUT', 'assignment', { assigneeId: desk.staffIds.get(agent.email) }),
    /** Written on the card and sent by the desk. */
    async answerOnCard(text: string): Promise<void> {
      const { id } = seen ?? (await ticket())
      await call('POST', `tickets/${id}/replies`, { text })
    },
    /** Written in the agent's own Gmail. */
    async answerInGmail(text: string): Promise<void> {
      const at = desk.now()
      const handle = agent.email.split('@')[0] ?? ''
      const { raw, ...posted } = await agentMail(one.story, answeredBy(handle, 0, text), agent, at, one.last)
      const { messageId } = desk.google.users.send(agent.email, { bytes: raw, at })
      one.last = { ...posted, messageId, at }
    },
    /** The words for what this is about. */
    answer: () => {
      const { kind, customer, slots } = one.thing
      return kind && slots ? answerTo(draw, kind, customer, slots, agent.name) : 'Thank you for writing.'
    },
  }
}

export type Opened = ReturnType<typeof opened>
