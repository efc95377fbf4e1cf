import { figureOf } from '../../backend/features/analytics/index.ts'
import { type FigureQuestion, FigureQuestion as Question } from '../../shared/analytics.ts'
import { type Desk, startDesk } from './desk.ts'
import { type HandRow, type HandTables, handLake } from './hand-lake.ts'

type Asking = Partial<FigureQuestion> & { metric: string; from: string; to: string }

/** A desk whose lake a test writes by hand. */
export async function startFigureDesk() {
  const desk: Desk = await startDesk()
  const lake = handLake(desk.ctx.config.lake.dir)
  return {
    ...desk,
    lake,
    /** Makes the lake of the workspace anew from these rows. */
    write: (tables: HandTables) => lake.write(desk.workspaceId, tables, desk.clock.now().toISOString()),
    /** Asks in UTC unless the question says otherwise. */
    ask: (question: Asking) => figureOf(desk.ctx, desk.workspaceId, Question.parse({ zone: 'UTC', ...question })),
    stop: () => desk.stop(),
  }
}

/** The id of the nth ticket of a hand-written world. */
export const idOf = (n: number): string => `0190b0a0-0000-7000-8000-${String(n).padStart(12, '0')}`

/** A ticket that is open and had nothing but its first mail. @param began in UTC: `2026-11-02 09:00` */
export const ticketRow = (number: number, began: string, more: HandRow = {}): HandRow => ({
  id: idOf(number),
  number,
  created_at: began,
  opened_at: began,
  status: 'open',
  priority: 'normal',
  tags: [],
  channel: 'mail',
  customer_id: idOf(900_000 + number),
  first_in_at: began,
  reopens: 0,
  mails_in: 1,
  mails_out: 0,
  automatic_out: 0,
  notes: 0,
  repliers: 0,
  escalations: 0,
  handle_seconds: 0,
  historical: false,
  spam: false,
  ...more,
})

let rows = 0
const nextId = () => `row-${String(++rows).padStart(6, '0')}`

/** A mail or note of a ticket. */
export const messageRow = (
  ticket: number,
  at: string,
  direction: 'in' | 'out' | 'note',
  more: HandRow = {},
): HandRow => ({
  id: nextId(),
  ticket_id: idOf(ticket),
  at,
  direction,
  automatic: false,
  historical: false,
  ...more,
})

/** A change of status of a ticket by somebody of the staff. */
export const moveRow = (ticket: number, at: string, before: string, after: string, more: HandRow = {}): HandRow => ({
  id: nextId(),
  ticket_id: idOf(ticket),
  at,
  kind: 'status',
  before,
  after,
  by_kind: 'staff',
  historical: false,
  ...more,
})

/** A clock of the SLA. */
export const clockRow = (
  ticket: number,
  target: 'first' | 'next' | 'resolution',
  since: string,
  more: HandRow = {},
): HandRow => ({
  id: nextId(),
  ticket_id: idOf(ticket),
  target,
  since,
  policy_id: 'default',
  state: 'stopped',
  ...more,
})
