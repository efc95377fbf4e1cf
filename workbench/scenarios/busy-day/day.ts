import type { OrderStory } from '../shop-world/orders/order-story.ts'
import type { Mailer } from '../story.ts'
import { type BusyCustomer, newcomers } from './customers.ts'
import { type Draw, drawFrom } from './drawing.ts'
import { firstMail, type Slots, slotsOf } from './filling.ts'
import { bought } from './orders.ts'
import { DAY } from './people.ts'
import type { Kind } from './texts/kind.ts'
import { KINDS } from './texts/kinds.ts'

/**
 * Why a mail comes: about something new, the same again while nobody has answered, an answer to an answer, mere thanks, a machine's
 * answer, a second mail instead of an answer to the own first one, the same bytes once more, or an offer nobody wants.
 */
const REASONS = { new: 56, again: 9, back: 14, thanks: 8, machine: 4, twin: 3, copy: 2, offer: 4 } as const
export type Reason = keyof typeof REASONS

export interface NewThing {
  customer: BusyCustomer
  kind: Kind
  slots: Slots
  subject: string
  text: string
  mailer: Mailer
}

export interface Arrival {
  /** Minutes since midnight, with a fraction. */
  minute: number
  reason: Reason
  /** For a new thing, and in case that there is nothing to come back to. */
  thing: NewThing
}

export interface Day {
  arrivals: Arrival[]
  orders: OrderStory[]
}

const MAILERS: Mailer[] = ['plain', 'gmail', 'gmail', 'outlook', 'apple', 'phone']

/** Everything that will be written to the shop on that day. @param mails how many */
export function dayOf(mails: number, seed: number): Day {
  const draw = drawFrom(seed)
  const orders: OrderStory[] = []
  const things = thingsOf(draw, orders)
  const arrivals = minutesOf(draw, mails).map((minute, place) => ({
    minute,
    // The first ones begin the day; nothing can be answered yet.
    reason: place < mails / 10 ? 'new' : draw.weighted(REASONS),
    thing: things(),
  }))
  return { arrivals: withOneOfEach(arrivals), orders }
}

/** Also a short day has each reason once, after there is something to come back to. */
function withOneOfEach(arrivals: Arrival[]): Arrival[] {
  const missing = (Object.keys(REASONS) as Reason[]).filter((reason) => !arrivals.some((one) => one.reason === reason))
  const spare = arrivals.filter(({ reason }, place) => reason === 'new' && place > arrivals.length / 2)
  for (const [place, reason] of missing.entries()) {
    const given = spare[place]
    if (given) given.reason = reason
  }
  return arrivals
}

function thingsOf(draw: Draw, orders: OrderStory[]): () => NewThing {
  const customers = newcomers(draw)
  const buy = bought(draw)
  const weights = Object.fromEntries(KINDS.map(({ code, weight }) => [code, weight]))
  const written = new Set<string>()
  return () => {
    const code = draw.weighted(weights)
    const kind = KINDS.find((one) => one.code === code) as Kind
    const customer = customers(kind.language)
    const order = kind.ordered ? buy(customer) : undefined
    if (order) orders.push(order.story)
    const slots = slotsOf(draw, order)
    let mail = firstMail(draw, kind, customer, slots)
    while (written.has(mail.text)) mail = firstMail(draw, kind, customer, slots)
    written.add(mail.text)
    return { customer, kind, slots, ...mail, mailer: draw.one(MAILERS) }
  }
}

/** Busiest in the late morning, and again after lunch; nothing in the last quarter of an hour. */
function minutesOf(draw: Draw, mails: number): number[] {
  const from = DAY.from
  const length = DAY.to - 15 - from
  const waves = () => (draw.chance(0.5) ? 0.3 : 0.65) + (draw.next() + draw.next() - 1) * 0.3
  return Array.from(
    { length: mails },
    () => from + length * Math.min(1, Math.max(0, draw.chance(0.3) ? draw.next() : waves())),
  ).sort((one, other) => one - other)
}
