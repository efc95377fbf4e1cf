import type { PanelButton, PanelSection } from '../../../../shared/panel.ts'
import { SNOOZE_CHOICES } from '../../../../shared/queues.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { button, buttons, type Choice, clockTime, fact, pick, present, section } from '../../../platform/panel.ts'
import { type CardPart, type CardTicket, cardPart, changeOf, whyNot } from '../../tickets/index.ts'
import { UNTIL_ANSWER } from './times.ts'

type LaterRow = { until: string | null; reminder: string | null }

const OPEN: readonly string[] = ['new', 'open', 'pending', 'on_hold']

const CHOICES: Record<(typeof SNOOZE_CHOICES)[number], string> = {
  later_today: 'Later today',
  tomorrow: 'Tomorrow morning',
  monday: 'Monday morning',
  answer: 'Until they answer',
}

/** Whether a ticket is put off, when somebody wanted to be reminded of it, and the ways to both. */
export const laterPart: CardPart = cardPart<LaterRow>({
  name: 'later',
  sql: ({ me }) => Prisma.sql`
    select json_build_object('until', t.snoozed_until, 'reminder', (
      select r.remind_at from desk.reminder r where r.workspace_id = t.workspace_id and r.ticket_id = t.id and r.done_at is null
        and r.staff_id = ${me}::uuid order by r.remind_at, r.id limit 1))`,
  present: (_ctx, _scene, { until, reminder }, ticket) =>
    present(snoozedSection(until, ticket), reminder === null ? null : reminderSection(reminder)),
  below: (_ctx, _scene, { until }, ticket) =>
    until === null && OPEN.includes(ticket.status) && whyNot(ticket) === null ? present(snoozeSection(ticket)) : [],
  more: (_ctx, { actor }, _row, ticket) => (actor.kind === 'staff' && ticket.me.mayWork ? [laterButton(ticket)] : []),
})

function snoozedSection(until: string | null, ticket: CardTicket): PanelSection | null {
  if (until === null) return null
  const at = new Date(until)
  const words = at.getTime() === UNTIL_ANSWER.getTime() ? 'until the customer answers' : `until ${clockTime(at)}`
  const press = changeOf(ticket, { method: 'DELETE', path: 'snooze', body: {}, takes: [], say: 'Back in the queue' })
  return section(null, fact('Snoozed', words), buttons(button('Wake it up', press, { off: whyNot(ticket) })))
}

const reminderSection = (at: string): PanelSection | null => section(null, fact('Reminds you', clockTime(new Date(at))))

/** An empty value would be absent from the form. */
const NOT_YET: Choice = { value: 'awake', label: 'Not now' }

function snoozeSection(ticket: CardTicket): PanelSection | null {
  const choices = [NOT_YET, ...SNOOZE_CHOICES.map((value) => ({ value, label: CHOICES[value] }))]
  const press = changeOf(ticket, { method: 'PUT', path: 'snooze', body: {}, takes: ['until'], say: 'Snoozed' })
  return section(null, pick('until', 'Snooze', choices, NOT_YET.value, press))
}

const laterButton = ({ id }: CardTicket): PanelButton =>
  button('Snooze or remind', {
    kind: 'call',
    method: 'GET',
    path: `/v1/tickets/${id}/later-card`,
    key: null,
    lay: 'push',
  })
