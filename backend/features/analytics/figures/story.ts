import { formatNumber } from '../../tickets/index.ts'
import type { StoryPart } from '../metrics/metric.ts'
import type { Row } from '../reading/engine.ts'
import type { Ask } from '../reading/readers.ts'
import type { OfTicket } from '../reading/views.ts'
import { hoursWords } from './lengths.ts'

/** One thing that happened to a ticket, in words. */
export type Step = { at: string; words: string }

const TOLD = `
select 'mails' as part, epoch_ms(m.at)::double as ms, m.direction as what, if(m.automatic, 'automatic', '') as more, m.id as id
from message as m where m.ticket_id = $ticket_id
union all
select 'moves', epoch_ms(v.at)::double, v.kind, concat_ws(' ', v.before, '>', v.after), v.id
from move as v where v.ticket_id = $ticket_id
union all
select 'moves', epoch_ms(t.opened_at)::double, 'began', '', ''
from ticket as t where t.id = $ticket_id
order by ms, id limit 1000`

/** As «Repeat contact rate» counts them, the ticket itself without a number. */
const CONTACTS = `
select epoch_ms(e.opened_at)::double as ms, if(e.id = t.id, null, e.number)::double as number
from ticket as t join ticket as e on e.customer_id = t.customer_id and e.void_reason is null
  and (e.id = t.id or (e.opened_at < t.opened_at and e.opened_at >= t.opened_at - interval 7 days))
where t.id = $ticket_id
order by ms, number nulls last limit 100`

/** Open hours between the ends of a time that is counted in them; the oldest hundred stretches. */
const OPEN = `
select epoch_ms(greatest(o.from_at, x.from_at))::double as ms,
  (epoch_ms(least(o.until_at, x.until_at)) - epoch_ms(greatest(o.from_at, x.from_at)))::double as length
from opening as o,
  (select $FROM as from_at, $UNTIL as until_at from ticket as t where t.id = $ticket_id) as x
where o.until_at > x.from_at and o.from_at < x.until_at
order by ms limit 100`

const openBetween = (from: string, until: string) => OPEN.replace('$FROM', from).replace('$UNTIL', until)

/** The story of a ticket as the lake has it; the clocks of the SLA are told by the SLA, and who worked on it by the desk. */
export async function readStory(
  ask: Ask,
  of: OfTicket,
): Promise<Record<Exclude<StoryPart, 'clocks' | 'work'>, Step[]>> {
  const values = { ticket_id: of.ticketId }
  const told = await ask(TOLD, values, of)
  const first = await ask(openBetween('t.first_in_at', 't.first_out_at'), values, of)
  const contacts = await ask(CONTACTS, values, of)
  const all = await ask(openBetween('t.opened_at', 't.resolved_at'), values, of)
  return {
    mails: told.filter(({ part }) => part === 'mails').map((row) => ({ at: iso(row['ms']), words: mailWords(row) })),
    moves: told.filter(({ part }) => part === 'moves').map((row) => ({ at: iso(row['ms']), words: moveWords(row) })),
    'first open hours': first.map(openStep),
    'all open hours': all.map(openStep),
    contacts: contacts.map(contactStep),
  }
}

const iso = (ms: Row[string] | undefined) => new Date(Number(ms)).toISOString()

const BEGAN = 'The ticket began.'

const contactStep = ({ ms, number }: Row): Step => ({
  at: iso(ms),
  words: typeof number === 'number' ? `The same customer began ${formatNumber(number)}.` : BEGAN,
})

const openStep = (row: Row): Step => ({
  at: iso(row['ms']),
  words: `Open hours: ${hoursWords(Number(row['length']) / 1_000)} count.`,
})

function mailWords({ what, more }: Row): string {
  if (what === 'note') return 'Somebody wrote a note.'
  if (what === 'out') return more === 'automatic' ? 'The desk wrote by itself.' : 'A person answered.'
  return more === 'automatic' ? 'A machine wrote.' : 'The customer wrote.'
}

const KINDS: Record<string, string> = {
  status: 'Moved',
  assignee: 'Given to somebody else',
  escalation: 'Escalated',
  priority: 'Priority changed',
}

function moveWords({ what, more }: Row): string {
  if (what === 'began') return BEGAN
  const kind = KINDS[String(what)] ?? String(what)
  if (what !== 'status' && what !== 'priority') return `${kind}.`
  const [before, after] = String(more)
    .split('>')
    .map((one) => one.trim().replaceAll('_', ' '))
  return before ? `${kind} from ${before} to ${after}.` : `${kind} to ${after}.`
}
