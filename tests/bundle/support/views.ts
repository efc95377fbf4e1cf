import { answerSection } from '../../../backend/features/drafts/answer-section.ts'
import { cardSections } from '../../../backend/features/tickets/card/sections.ts'
import type { CardTicket } from '../../../backend/features/tickets/card/writing.ts'
import type { RunningAction } from '../../../shared/combined-actions.ts'
import type { SavedReply } from '../../../shared/drafts.ts'
import { ALLOWED_MOVES, type TicketCardView, type TicketStatus } from '../../../shared/tickets.ts'

/** A UUID for a small number, so that tests can tell them apart at a glance. */
export const uuid = (number: number): string => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`

export const NORA = { id: uuid(1), name: 'Nora Lind' }
export const OMAR = { id: uuid(2), name: 'Omar Sy' }
export const TICKET_ID = uuid(42)

export const author = (name: string, kind: 'customer' | 'staff' = 'customer') => ({ kind, id: uuid(7), name })

export const message = (number: number, excerpt: string, direction: 'in' | 'out' | 'note' = 'in') => ({
  id: uuid(100 + number),
  direction,
  author: direction === 'in' ? author('Ada Byron') : author(NORA.name, 'staff'),
  sentAt: '2026-11-20T09:00:00.000Z',
  excerpt,
  attachments: [] as TicketCardView['messages'][number]['attachments'],
  trust: null as TicketCardView['messages'][number]['trust'],
  why: null,
  notes: [] as string[],
})

const NOW = new Date('2026-11-20T10:05:00.000Z')

/** One ticket as the backend shows it; every field can be another. Its sections are those of the backend, unless they are given. */
export function ticketView(other: Partial<TicketCardView> = {}): TicketCardView {
  const status: TicketStatus = other.status ?? 'open'
  const view: CardTicket = {
    id: TICKET_ID,
    number: 'TKT-000042',
    subject: 'Broken jar',
    status,
    priority: 'normal',
    category: null,
    language: null,
    categories: ['order', 'product', 'billing', 'technical', 'other'].map((id) => ({
      id,
      label: id.charAt(0).toUpperCase() + id.slice(1),
    })),
    tags: ['honey'],
    voidReason: null,
    assignee: null,
    customer: { id: uuid(7), name: 'Ada Byron', email: 'ada@customer.example' },
    createdAt: '2026-11-20T09:00:00.000Z',
    lastMessageAt: '2026-11-20T09:00:00.000Z',
    waitingSince: '2026-11-20T09:00:00.000Z',
    firstResponse: null,
    version: 3,
    messages: [message(1, 'The jar arrived broken.')],
    messageCount: 1,
    allowedMoves: [...ALLOWED_MOVES[status]],
    me: { ...NORA, mayWork: true },
    assignable: [NORA, OMAR],
    follows: null,
    unsent: [],
    shop: { orders: [], more: false, compensation: null, problems: [], connected: false },
    running: [],
    key: 'key-of-view-3',
    ...other,
  }
  const answer = answerSection(view, { rule: null, mine: null })
  return { ...cardSections(view, NOW, { sections: [], below: answer ? [answer] : [], more: [] }), ...view }
}

/** An action of the caller that can be taken back for another 47 seconds. */
export const runningAction = (other: Partial<RunningAction> = {}): RunningAction => ({
  id: uuid(700),
  ticketId: TICKET_ID,
  orderNumber: 'HH-1042',
  state: 'undoable',
  words: 'Refund £12.00, gift card £5.00',
  undoSeconds: 47,
  problem: null,
  ...other,
})

export const savedReply = (id: string, title: string, text: string): SavedReply => ({
  id,
  title,
  text,
  variants: {},
  acts: {},
  scope: 'workspace',
  used: 0,
})
