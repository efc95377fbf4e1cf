import type { Ctx } from '../../../context.ts'
import { systemOf } from '../../../platform/actor.ts'
import { type Fact, record } from '../../../platform/events.ts'
import { following } from '../../../platform/followers.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import {
  mailReceived,
  regroupingEvents,
  replySent,
  ticketBegun,
  ticketCategorised,
  ticketCreated,
  ticketMoved,
  ticketPrioritised,
  ticketUnvoided,
  ticketVoided,
} from '../../tickets/index.ts'
import type { Clock } from '../clock/judging.ts'
import type { Mark } from '../clock/marks.ts'
import type { Standing } from '../clock/standing.ts'
import { slaBreached, slaMet } from '../events.ts'
import { type Judgement, judgedBy, judgeTickets } from './judging-tickets.ts'
import { marksOf } from './reading-facts.ts'
import { rebuildMarks } from './rebuilding.ts'
import { rejudge } from './rejudging.ts'
import { type KeptTicket, readTickets, writeClocks } from './rows.ts'
import { limitSeconds, toldCode } from './telling.ts'

/** The clock of a ticket goes with whatever happens to it: one statement reads, one writes. The past moves nothing. */
const moving = following(
  [
    ticketCreated,
    ticketBegun,
    mailReceived,
    replySent,
    ticketMoved,
    ticketPrioritised,
    ticketCategorised,
    ticketVoided,
    ticketUnvoided,
  ],
  async (ctx: Ctx, tx, facts) => {
    const counted = facts.filter(({ historical, ticketId }) => !historical && ticketId !== null)
    const byTicket = Map.groupBy(counted, ({ ticketId }) => ticketId ?? '')
    if (byTicket.size > 0) await follow(ctx, tx, byTicket)
  },
)

/** Mails that moved between tickets take their clocks along. */
const regrouping = following(regroupingEvents, async (ctx: Ctx, tx, facts) => {
  await rejudge(ctx, tx, [...new Set(facts.flatMap(({ ticketId }) => ticketId ?? []))])
})

export const slaFollowers = [moving, regrouping]

async function follow(ctx: Ctx, tx: Tx, byTicket: ReadonlyMap<string, readonly Fact[]>): Promise<void> {
  const tickets = await readTickets(tx, [...byTicket.keys()])
  const unknown = tickets.filter(({ id, marks }) => marks === null && !isNew(byTicket.get(id)))
  const rebuilt = await (unknown.length === 0
    ? null
    : rebuildMarks(
        tx,
        unknown.map(({ id }) => id),
      ))
  const before = new Map(tickets.map(({ id, marks }) => [id, marks]))
  const after = tickets.map((ticket): KeptTicket => {
    const marks = rebuilt?.get(ticket.id) ?? [
      ...(ticket.marks ?? []),
      ...newMarks(tx, ticket, byTicket.get(ticket.id) ?? []),
    ]
    return { ...ticket, marks }
  })
  const judgements = await judgeTickets(ctx, tx, after)
  const ended = judgements.map((judgement) => {
    const { ticketId } = judgement.row
    return ends(tx, judgement, { marks: before.get(ticketId) ?? null, facts: byTicket.get(ticketId) ?? [] })
  })
  await writeClocks(
    tx,
    judgements.map(({ row }, n) => ({ ...row, told: [...row.told, ...(ended[n]?.codes ?? [])] })),
  )
  await record(
    tx,
    ended.flatMap(({ facts }) => facts),
  )
}

const isNew = (facts: readonly Fact[] = []) => facts.some(({ type }) => type === ticketCreated.type)

const newMarks = (tx: Tx, { status }: KeptTicket, facts: readonly Fact[]): Mark[] =>
  marksOf(
    facts.map(({ type, occurredAt, historical, payload }) => ({ type, at: occurredAt ?? tx.now, historical, payload })),
    status,
    tx.now,
  )

type Ended = { facts: Fact[]; codes: string[] }
type Behind = { marks: readonly Mark[] | null; facts: readonly Fact[] }

/**
 * Clocks that ended with these facts, each told once: in time, or late before anybody noticed, which is told with it.
 */
function ends(tx: Tx, { row, judged, ticket, ready }: Judgement, { marks, facts }: Behind): Ended {
  const before = marks === null ? [] : judgedBy(ready, { ...ticket, marks: [...marks] }).clocks
  const isHeld = facts.some(({ payload }) => payload['kept'] === true)
  const by = systemOf(tx.workspaceId)
  const { ticketId, policyId, told } = row
  const over = before.flatMap((clock) => {
    const endedAt = judged.clocks.find(({ target, since }) => target === clock.target && since === clock.since)?.endedAt
    if (clock.endedAt !== null || endedAt == null || (clock.limit === null && clock.dueAt === null)) return []
    const isLate = clock.dueAt !== null && clock.dueAt < endedAt
    const isNone = !isLate && isUnmet(judged.standing, clock, isHeld)
    const what = isLate ? ('breach' as const) : ('met' as const)
    if (isNone || told.includes(toldCode(clock, 'breach')) || told.includes(toldCode(clock, what))) return []
    return [{ clock, what, at: isLate ? (clock.dueAt ?? endedAt) : endedAt }]
  })
  return {
    codes: over.map(({ clock, what }) => toldCode(clock, what)),
    facts: over.map(({ clock, what, at }) => {
      const { target, since: startedAt } = clock
      const limit = limitSeconds(clock)
      const all = { ticketId, policyId, target, startedAt, limitSeconds: limit, occurredAt: new Date(at), by }
      return what === 'met' ? slaMet(all) : slaBreached({ ...all, answered: true })
    }),
  }
}

/** Who is taken out has met nothing; solving is no answer, and a holding answer is none but the first. */
const isUnmet = ({ isVoid, shelved }: Standing, { target }: Clock, isHeld: boolean): boolean =>
  isVoid || (shelved !== null && target !== 'resolution') || (isHeld && target === 'next')
