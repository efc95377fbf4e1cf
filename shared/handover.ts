import { z } from 'zod'
import { endpoint, PageQuery, page } from './endpoint.ts'
import { PanelCard, PanelFields } from './panel.ts'
import { LEADS, PEOPLE_AT_WORK } from './roles.ts'

const Instant = z.iso.datetime()

/**
 * Why a ticket is open for somebody. claim: they are on it · promise: an answer of theirs says when the next one comes · reminder: they
 * wanted to be reminded · answer: they chose what their next answer does, and it is not sent · action: they look after a combined action
 * that is not over · due: it is theirs, and due before they are back.
 */
export const OPEN_WHY = ['claim', 'promise', 'reminder', 'answer', 'action', 'due'] as const
export const OpenWhy = z.enum(OPEN_WHY)
export type OpenWhy = z.infer<typeof OpenWhy>

export const OpenTicket = z.object({
  ticketId: z.uuid(),
  number: z.string(),
  subject: z.string(),
  why: z.array(OpenWhy),
  /** The first time that somebody waits for; null where none is said. */
  by: Instant.nullable(),
})
export type OpenTicket = z.infer<typeof OpenTicket>

/** Tickets of one hand-over. */
export const MOST_HANDED = 50
/** Characters of the line that goes with them. */
export const HANDOVER_WORD = 500

export const HandoverWish = z.object({
  toId: z.uuid(),
  ticketIds: z
    .array(z.uuid())
    .min(1, 'Choose one ticket at least.')
    .max(MOST_HANDED, `Hand over ${MOST_HANDED} tickets at a time.`),
  /** How it stands, for whoever goes on. Nobody hands over their own work without it. */
  word: z.string().trim().max(HANDOVER_WORD, `A line has ${HANDOVER_WORD} characters at most.`).default(''),
  /** Whose work it is; the caller's own when left out. Of others only somebody who leads hands over. */
  fromId: z.uuid().optional(),
})
export type HandoverWish = z.infer<typeof HandoverWish>

const Person = z.object({ id: z.uuid(), name: z.string() })

export const HandedOver = z.object({
  /** Null when nothing of it could be handed over. */
  id: z.uuid().nullable(),
  to: Person,
  done: z.array(z.object({ ticketId: z.uuid(), number: z.string() })),
  /** What stayed as it was, and why. */
  refused: z.array(z.object({ ticketId: z.uuid(), number: z.string(), why: z.string() })),
})
export type HandedOver = z.infer<typeof HandedOver>

export const LeftTicket = z.object({
  staff: Person,
  ticketId: z.uuid(),
  number: z.string(),
  subject: z.string(),
  /** Since when nobody looks after it. */
  since: Instant,
})
export type LeftTicket = z.infer<typeof LeftTicket>

const tags = ['work']

export const listOpenWork = endpoint('GET', '/v1/open-work', {
  summary:
    'What is open of the caller and cannot wait until they are back, the nearest first; as much as one hand-over takes',
  callers: PEOPLE_AT_WORK,
  reply: z.object({
    items: z.array(OpenTicket),
    /** How many there are besides. */
    more: z.int(),
  }),
  tags,
})

export const handOver = endpoint('POST', '/v1/handovers', {
  summary: 'Hands open work over to somebody who is logged in; what moved meanwhile stays as it is and is told',
  callers: PEOPLE_AT_WORK,
  status: 201,
  body: HandoverWish,
  reply: HandedOver,
  tags,
})

export const listLeftTickets = endpoint('GET', '/v1/left-tickets', {
  summary: 'What people left open when their work ended and nobody looks after, the longest first',
  callers: LEADS,
  query: PageQuery,
  reply: page(LeftTicket),
  tags,
})

/** `yes`: whoever looks at it wants to log out. */
const Leaving = z.object({ leaving: z.literal('yes').optional() })

export const getHandoverCard = endpoint('GET', '/v1/handover-card', {
  summary: 'What is open of the caller and to whom it can be handed over, as a card',
  callers: PEOPLE_AT_WORK,
  query: Leaving,
  reply: PanelCard,
  tags,
})

/** Numbers of the tickets that a card shows: what is handed over is what was seen. */
const Shown = z.object({
  shown: z
    .string()
    .regex(/^\d{1,9}(,\d{1,9}){0,49}$/)
    .optional(),
})

export const pressHandoverCard = endpoint('POST', '/v1/handover-card', {
  summary: 'Hands over what is shown on the card and not kept, and logs the caller out if they are leaving',
  callers: PEOPLE_AT_WORK,
  query: Leaving.extend(Shown.shape),
  body: PanelFields,
  reply: PanelCard,
  tags,
})

export const leaveOnCard = endpoint('POST', '/v1/handover-card/leaving', {
  summary: 'Logs the caller out; while something of theirs is open, it is shown first unless they go all the same',
  callers: PEOPLE_AT_WORK,
  query: z.object({ anyway: z.literal('yes').optional() }),
  body: PanelFields,
  reply: PanelCard,
  tags,
})
