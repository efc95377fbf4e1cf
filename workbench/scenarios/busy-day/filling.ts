import type { BusyCustomer } from './customers.ts'
import type { Draw } from './drawing.ts'
import { type Bought, PRODUCTS } from './orders.ts'
import type { Kind } from './texts/kind.ts'
import { MANNERS } from './texts/manners.ts'

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']

export type Slots = Record<'order' | 'product' | 'number' | 'day', string>

/** What a conversation is about; the same in each of its mails. */
export const slotsOf = (draw: Draw, order?: Bought): Slots => ({
  order: order ? `FF-${order.story.number}` : '',
  product: order?.product ?? draw.one(PRODUCTS),
  number: String(3 + draw.below(60)),
  day: draw.one(DAYS),
})

export const filled = (text: string, slots: Slots): string =>
  text.replaceAll(/\{(order|product|number|day)\}/g, (_, name: keyof Slots) => slots[name])

/** The first mail about something. */
export function firstMail(draw: Draw, kind: Kind, customer: BusyCustomer, slots: Slots) {
  const manners = MANNERS[customer.language]
  const [what, more, wish] = kind.parts.map((part) => draw.one(part))
  const middle = [what, draw.chance(0.75) ? more : '', wish].filter(Boolean).join(' ')
  const text = [draw.one(manners.greetings), middle, `${draw.one(manners.closings)}\n${customer.name}`].join('\n\n')
  return { subject: filled(draw.one(kind.subjects), slots), text: filled(text, slots) }
}

export const answerTo = (draw: Draw, kind: Kind, customer: BusyCustomer, slots: Slots, agent: string): string =>
  filled(
    `${MANNERS[customer.language].dear} ${customer.name.split(' ')[0]},\n\n${draw.one(kind.answers)}\n\n${agent.split(' ')[0]}`,
    slots,
  )
