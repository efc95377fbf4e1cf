import type { PanelButton, PanelSection } from '../../../../shared/panel.ts'
import type { EscalationReason } from '../../../../shared/sla.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { clockTime, fact, howLong, section } from '../../../platform/panel.ts'
import { type CardTicket, cardPart, whyNot } from '../../tickets/index.ts'
import { REASON_WORDS, STILL_WORDS, TARGET_WORDS } from './words.ts'

type Row = {
  state: 'running' | 'paused' | 'ended' | null
  first: string | null
  next: string | null
  resolution: string | null
  escalated: { to: string | null; by: string | null; reason: EscalationReason } | null
} | null

/** What is due next, in one line that opens the reasons; and who it was escalated to. */
export const slaPart = cardPart<Row>({
  name: 'sla',
  sql: () => Prisma.sql`
    select json_build_object('state', k.state, 'first', k.first_due_at, 'next', k.next_due_at, 'resolution', k.resolution_due_at,
      'escalated', (
        select json_build_object('to', st.name, 'by', sb.name, 'reason', e.reason) from desk.sla_escalation e
        left join desk.staff st on st.workspace_id = e.workspace_id and st.id = e.to_id
        left join desk.staff sb on sb.workspace_id = e.workspace_id and sb.id = e.by_id
        where e.workspace_id = t.workspace_id and e.ticket_id = t.id order by e.at desc limit 1))
    from (select t.workspace_id, t.id) one
    left join desk.sla_clock k on k.workspace_id = t.workspace_id and k.ticket_id = t.id`,
  present: (_ctx, { now }, row, ticket) => present(row, ticket, now),
  more: (_ctx, { actor }, _row, ticket) => (actor.kind === 'staff' ? [escalateButton(ticket)] : []),
})

function present(row: Row, ticket: CardTicket, now: Date): PanelSection[] {
  if (!row || ticket.voidReason !== null || ticket.status === 'solved' || ticket.status === 'closed') return []
  const { escalated } = row
  const said =
    escalated &&
    fact(
      'Escalated',
      `to ${escalated.to ?? 'a former colleague'}`,
      `${escalated.by ?? 'A former colleague'}: ${REASON_WORDS[escalated.reason]}`,
    )
  const whole = section(null, clockFact(row, ticket, now), said)
  return whole ? [whole] : []
}

function clockFact(row: NonNullable<Row>, { id, status }: CardTicket, now: Date) {
  const why = { kind: 'call', method: 'GET', path: `/v1/tickets/${id}/sla-card`, key: null, lay: 'push' } as const
  const still = STILL_WORDS[status]
  if (row.state === 'paused' && still) return fact('Clock', `Paused: ${still}`, 'Why?', why)
  const due = (['first', 'next', 'resolution'] as const)
    .flatMap((target) => (row[target] === null ? [] : [{ target, at: new Date(row[target] ?? 0) }]))
    .sort((a, b) => a.at.getTime() - b.at.getTime())[0]
  if (row.state !== 'running' || !due) return null
  const left = due.at.getTime() - now.getTime()
  const words = TARGET_WORDS[due.target]
  return left >= 0
    ? fact(`${words} due`, `in ${howLong(left)} (${clockTime(due.at)})`, 'Why?', why)
    : fact(`${words} overdue`, `by ${howLong(-left)} (${clockTime(due.at)})`, 'Why?', why)
}

const escalateButton = (ticket: CardTicket): PanelButton => ({
  label: 'Escalate',
  filled: false,
  off: whyNot(ticket),
  press: { kind: 'call', method: 'GET', path: `/v1/tickets/${ticket.id}/escalation-form`, key: null, lay: 'push' },
})
