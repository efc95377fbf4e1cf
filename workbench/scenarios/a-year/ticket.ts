import type { TicketPriority, TicketStatus } from '../../../shared/tickets.ts'
import type { Draw } from '../busy-day/drawing.ts'
import { BROKEN_JARS, COURIER_STRIKE, DAY_MS, isWithin, LOOSE_LIDS, MINUTE, weightOf } from './calendar.ts'
import { KINDS, type Kind, type KindName } from './reasons-to-write.ts'
import { type Teammate, teamAt } from './team.ts'

/** Something that happened on a ticket, in the order of time. */
export type Happening = { at: number } & (
  | { what: 'wrote'; text: string }
  | {
      what: 'answered'
      text: string
      by: Teammate /** Seconds that the ticket was open beside the mail. */
      worked: number
    }
  | { what: 'moved'; from: TicketStatus; to: TicketStatus; byDesk: boolean }
  | { what: 'escalated' }
)

export type YearTicket = {
  kind: KindName
  category: string | null
  priority: TicketPriority
  tags: string[]
  subject: string
  customer: number
  status: TicketStatus
  /** null while nobody has it. */
  agent: Teammate | null
  isSpam: boolean
  happened: Happening[]
  /** Why something was made right, when it was. */
  act: { reason: string; at: number } | null
}

/** Counts open time, in milliseconds. */
export type OpenTime = { after(from: number, length: number): number | null }

/** Days after which somebody has taken every ticket. */
const LONGEST_ALONE = 3

/** Tells one ticket from its first mail until now. @param ago days before today of the first mail */
export function ticketOf(draw: Draw, open: OpenTime, { at, ago, now, customers }: Scene): YearTicket {
  const name = kindAt(draw, ago)
  const kind = KINDS[name]
  const priority = priorityOf(draw, kind)
  const agent = draw.chance(0.9) || ago > LONGEST_ALONE ? draw.one(teamAt(ago)) : null
  const isSpam = draw.chance(0.012)
  const ticket: YearTicket = {
    kind: name,
    category: draw.chance(0.96) ? kind.category : null,
    priority,
    tags: draw.chance(0.3) ? [draw.one(kind.tags)] : [],
    subject: draw.one(kind.subjects),
    customer: Math.floor(customers * draw.next() ** 1.6),
    status: 'new',
    agent: isSpam ? null : agent,
    isSpam,
    happened: [{ what: 'wrote', at, text: draw.one(kind.asks) }],
    act: null,
  }
  if (!isSpam && agent) talk(draw, open, ticket, { kind, agent, ago, now })
  return ticket
}

export type Scene = { at: number; ago: number; now: number; customers: number }
type Talk = { kind: Kind; agent: Teammate; ago: number; now: number }

const PRIORITY_PACE: Record<TicketPriority, number> = { urgent: 0.25, high: 0.5, normal: 1, low: 2 }

/** They answer each other until it is solved, or until now. */
function talk(draw: Draw, open: OpenTime, ticket: YearTicket, { kind, agent, ago, now }: Talk): void {
  const rush = Math.max(0.6, weightOf(new Date(now - ago * DAY_MS), ago) ** 1.5)
  const lengthOf = () => 40 * MINUTE * agent.pace * kind.effort * rush * PRIORITY_PACE[ticket.priority] * spread(draw)
  const tell = (happening: Happening): boolean => {
    const at = Math.round(happening.at)
    if (at > now) return false
    ticket.happened.push({ ...happening, at })
    if (happening.what === 'moved') ticket.status = happening.to
    return true
  }
  const rounds = draw.chance(0.74) ? 1 : draw.chance(0.77) ? 2 : 3
  let asked = ticket.happened[0]?.at ?? now
  const team = teamAt(ago)
  let by = agent
  const answerAt = (at: number) =>
    tell({ what: 'answered', at, text: draw.one(kind.answers), by, worked: workOf(draw, kind, by) })
  for (let round = 1; round <= rounds; round++) {
    const at = open.after(asked, lengthOf())
    if (round > 1 && draw.chance(0.25)) by = draw.one(team) // somebody else takes over
    if (at === null || !answerAt(at)) return
    if (round === 1 && draw.chance(kind.acts))
      ticket.act = { reason: reasonOf(draw, kind, ago), at: Math.round(at - 2 * MINUTE) }
    if (round === 1 && draw.chance(0.02)) tell({ what: 'escalated', at: at + 1_000 })
    if (round === rounds) {
      tell({ what: 'moved', at: at + 2_000, from: ticket.status, to: 'solved', byDesk: false })
      ending(draw, open, { tell, answerAt, lengthOf, at, kind, comesBack: comingBack(agent, by) })
      return
    }
    tell({ what: 'moved', at: at + 2_000, from: ticket.status, to: 'pending', byDesk: false })
    asked = Math.round(at + (20 + 900 * draw.next() ** 3) * MINUTE)
    if (!tell({ what: 'wrote', at: asked, text: draw.one(kind.asks) })) return
    tell({ what: 'moved', at: asked, from: 'pending', to: 'open', byDesk: true })
  }
}

const reasonOf = (draw: Draw, kind: Kind, ago: number): string =>
  kind === KINDS.broken && isWithin(ago, LOOSE_LIDS) ? 'spilled' : draw.weighted(kind.reasons)

type Ending = {
  tell(happening: Happening): boolean
  answerAt(at: number): boolean
  lengthOf(): number
  at: number
  kind: Kind
  comesBack: number
}

/** One of sixteen comes back, more often from who is slow and when it went through several hands. */
const comingBack = (first: Teammate, last: Teammate) => 0.005 + 0.05 * first.pace + (first === last ? 0 : 0.06)

/** Minutes of somebody's work on an answer, in seconds. */
const workOf = (draw: Draw, { effort }: Kind, { pace }: Teammate) =>
  Math.max(20, Math.min(5_400, Math.round(300 * effort * pace * spread(draw))))

/** What stays solved is closed after a week. */
function ending(draw: Draw, open: OpenTime, { tell, answerAt, lengthOf, at, kind, comesBack }: Ending): void {
  if (!draw.chance(comesBack)) {
    tell({ what: 'moved', at: at + 7 * DAY_MS, from: 'solved', to: 'closed', byDesk: true })
    return
  }
  const again = at + (0.3 + 3 * draw.next()) * DAY_MS
  if (!tell({ what: 'wrote', at: again, text: draw.one(kind.asks) })) return
  tell({ what: 'moved', at: again, from: 'solved', to: 'open', byDesk: true })
  const answered = open.after(again, lengthOf())
  if (answered === null || !answerAt(answered)) return
  tell({ what: 'moved', at: answered + 2_000, from: 'open', to: 'solved', byDesk: false })
  tell({ what: 'moved', at: answered + 7 * DAY_MS, from: 'solved', to: 'closed', byDesk: true })
}

const WEIGHTS = Object.fromEntries(Object.entries(KINDS).map(([name, { weight }]) => [name, weight])) as Record<
  KindName,
  number
>

function kindAt(draw: Draw, ago: number): KindName {
  if (isWithin(ago, BROKEN_JARS) && draw.chance(0.3)) return 'broken'
  if (isWithin(ago, LOOSE_LIDS) && draw.chance(0.35)) return 'broken'
  if (isWithin(ago, COURIER_STRIKE) && draw.chance(0.4)) return 'parcel'
  return draw.weighted(WEIGHTS)
}

function priorityOf(draw: Draw, { low, high, urgent }: Kind): TicketPriority {
  const die = draw.next()
  if (die < urgent) return 'urgent'
  if (die < urgent + high) return 'high'
  return die < urgent + high + low ? 'low' : 'normal'
}

/** Around one, with a long tail: the exponential of something like a normal draw. */
const spread = (draw: Draw) => Math.exp((draw.next() + draw.next() + draw.next() + draw.next() - 2) * 1.4)
