import { WORKERS } from '../../scenarios/busy-day/people.ts'
import { SHOP } from '../../scenarios/fern-and-fig.ts'
import type { Counted } from './counting.ts'
import type { Played } from './playing.ts'

/** What happened, in a few lines. */
export function dayWords(
  { delivered, acts, refused }: Played,
  { mails, events, open }: Counted,
  morning: Date,
): string[] {
  const day = morning.toLocaleDateString('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'Europe/London',
  })
  const of = (type: string) => events[type] ?? 0
  const copies = delivered.filter(({ reason }) => reason === 'copy').length
  const aside = (mails['ignored'] ?? 0) + (mails['suspected_spam'] ?? 0)
  const people = WORKERS.map(({ agent }) => `${agent.name.split(' ')[0]} ${acts.get(agent.email)?.length ?? 0}`)
  return [
    `${day} at ${SHOP.name}: ${delivered.length} mails came. ${of('ticket.created')} became tickets, ${counted(copies, 'copy was', 'copies were')} known already, ${aside} were set aside.`,
    `The seven answered ${counted(of('reply.sent'), 'time', 'times')}: ${people.join(', ')}.${refused.length > 0 ? ` ${counted(refused.length, 'act was', 'acts were')} refused.` : ''}`,
    `${counted(of('sla.warned'), 'warning', 'warnings')}, ${counted(of('sla.breached'), 'answer was or is late', 'answers were or are late')}, ${counted(of('ticket.merged'), 'merge', 'merges')}, ${of('ticket.snoozed')} snoozed, ${of('ticket.escalated')} escalated, ${counted(of('action.ended'), 'gift card', 'gift cards')} given. ${open} tickets are open now.`,
  ]
}

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`
