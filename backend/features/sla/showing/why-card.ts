import type { PanelCard } from '../../../../shared/panel.ts'
import type { SlaClock, TicketSla } from '../../../../shared/sla.ts'
import { weekdayTimeIn } from '../../../platform/calendar.ts'
import { buttons, fact, plain, present, remark, section, toTicket } from '../../../platform/panel.ts'
import { minutesInWords, TARGET_WORDS } from './words.ts'

/** Clocks that a card has room for; the newest. */
const CLOCKS = 10
const LINES = 60

/** Why a ticket is due when it is: its policy, each clock, and every start, pause and stop. Times are of the desk's zone. */
export const whyCard = (ticketId: string, sla: TicketSla): PanelCard => ({
  title: 'Why is it due then?',
  subtitle: `Times of ${sla.timeZone}`,
  sections: present(
    policySection(sla),
    section('Clocks', ...sla.clocks.slice(-CLOCKS).map((clock) => clockFact(clock, sla))),
    section(
      'What happened',
      ...sla.history.slice(-LINES).map(({ at, words }) => fact(weekdayTimeIn(sla.timeZone, new Date(at)), words)),
    ),
    section(null, buttons(toTicket(ticketId))),
  ),
  say: null,
})

function policySection({ policy, clocks }: TicketSla) {
  if (!policy) return section(null, plain('No clock runs: nobody has written anything that asks for an answer.'))
  const unit = policy.unit === 'business_minutes' ? 'It counts opening hours only.' : 'It counts every minute.'
  return section(
    null,
    fact('Policy', policy.name, `because ${policy.because}`),
    remark(clocks.length === 0 ? 'It has no targets for this ticket.' : unit),
  )
}

function clockFact(
  { target, state, limitMinutes, usedMinutes, dueAt, breached }: SlaClock,
  { timeZone, policy }: TicketSla,
) {
  const due = dueAt === null ? null : weekdayTimeIn(timeZone, new Date(dueAt))
  const words = (minutes: number) => minutesInWords(minutes, policy?.unit)
  const used = `${words(usedMinutes)} of ${words(limitMinutes)} used`
  if (state === 'stopped') return fact(TARGET_WORDS[target], breached ? 'Late' : 'In time', used)
  if (state === 'paused') return fact(TARGET_WORDS[target], breached ? 'Late, paused' : 'Paused', used)
  return fact(TARGET_WORDS[target], breached ? `Overdue since ${due}` : due === null ? 'Runs' : `Due ${due}`, used)
}
