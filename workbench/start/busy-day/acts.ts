import { SUPERVISOR, WORKERS } from '../../scenarios/busy-day/people.ts'
import type { Conversation } from './conversation.ts'
import { type Desk, type Opened, opened, type Person } from './working.ts'

/** How often an agent does what with a customer's mail. */
const HABITS = { gmail: 76, panel: 8, snooze: 5, hold: 3, handOver: 3, escalate: 2.5, giftCard: 2.5 } as const
export type Act = keyof typeof HABITS | 'merge' | 'spam' | 'ignore'

const NOTES = [
  'Asked the packing barn; they look this afternoon.',
  'The carrier rings back before five.',
  'June decides about the discount.',
  'Same batch as this morning, told the kitchen.',
]
const HARD = ['This goes to a lawyer if we wait.', 'Third time this month for her.', 'More than I may give.'] as const

/** What an agent does with one conversation; answers with what it was. */
export async function work(desk: Desk, worker: Person, one: Conversation): Promise<Act> {
  const act = choose(worker, one)
  const screen = opened(desk, worker, one)
  one.owner ??= worker.agent.email
  await ACTS[act]({ desk, worker, one, screen })
  return act
}

function choose({ draw }: Person, one: Conversation): Act {
  if (!one.thing.kind) return draw.chance(0.3) ? 'ignore' : 'spam'
  if (one.twinOf) return 'merge'
  return one.answers > 0 ? 'gmail' : draw.weighted(HABITS)
}

interface Scene {
  desk: Desk
  worker: Person
  one: Conversation
  screen: Opened
}

const ACTS: Record<Act, (scene: Scene) => Promise<void>> = {
  async gmail({ worker, one, screen }) {
    await screen.take()
    if (one.thing.kind?.priority && one.answers === 0)
      await screen.press('PUT', 'priority', { priority: one.thing.kind.priority })
    if (one.thing.kind && worker.draw.chance(0.5)) await screen.press('PUT', 'tags', { add: [one.thing.kind.tag] })
    await screen.press('PUT', 'sending', { when: one.answers > 0 ? 'solve' : (one.thing.kind?.sending ?? 'default') })
    await screen.answerInGmail(screen.answer())
    ended(one, true)
  },
  async panel({ one, screen }) {
    await screen.take()
    await screen.answerOnCard(screen.answer())
    ended(one, true)
  },
  async snooze({ worker, one, screen }) {
    await screen.take()
    await screen.press('POST', 'notes', { text: worker.draw.one(NOTES) })
    await screen.press('PUT', 'snooze', { until: worker.draw.one(['tomorrow', 'monday', 'answer']) })
    ended(one, false)
  },
  async hold({ worker, one, screen }) {
    await screen.take()
    await screen.press('POST', 'notes', { text: worker.draw.one(NOTES) })
    await screen.press('PUT', 'status', { status: 'on_hold' })
    ended(one, false)
  },
  async handOver({ desk, worker, one, screen }) {
    const other = worker.draw.one(WORKERS.filter((colleague) => colleague.agent !== worker.agent))
    await screen.press('POST', 'notes', { text: `${other.agent.name.split(' ')[0]}, you know this customer.` })
    await screen.press('PUT', 'assignment', { assigneeId: desk.staffIds.get(other.agent.email) })
    one.owner = other.agent.email
    one.shut = false
  },
  async escalate({ desk, worker, one, screen }) {
    const body = { toId: desk.staffIds.get(SUPERVISOR), reason: 'angry_customer', text: worker.draw.one(HARD) }
    await screen.press('POST', 'escalations', body)
    ended(one, false)
  },
  /** Only where the shop is sure that the order is this customer's; others get a word. */
  async giftCard(scene) {
    const { one, screen } = scene
    const { id, shop } = await screen.take()
    const order = shop.orders[0]
    if (!order) return ACTS.gmail(scene)
    await screen.call('POST', `tickets/${id}/orders/${order.id}/combined-actions`, {
      reason: { code: 'late' },
      giftCard: { amount: { minor: 1_000, currency: 'GBP' }, expiresOn: '2029-12-31' },
    })
    await screen.press('PUT', 'sending', { when: 'solve' })
    await screen.answerInGmail(screen.answer())
    ended(one, true)
  },
  async merge({ one, screen }) {
    const survivor = one.twinOf
    if (!survivor) return
    const [other, { id }] = [await screen.ticket(), await screen.otherTicket(survivor)]
    if (other.id !== id) await screen.call('POST', `tickets/${id}/merges`, { ticketIds: [other.id] })
    ended(one, false)
  },
  async spam({ one, screen }) {
    await screen.press('POST', 'voiding', { reason: 'spam' })
    ended(one, false)
  },
  async ignore({ one, screen }) {
    await screen.press('PUT', 'ignored-sender', { whole: 'address' })
    ended(one, false)
  },
}

function ended(one: Conversation, answered: boolean): void {
  one.waitsSince = null
  one.shut = true
  if (answered) one.answers++
}
