import type { Ctx } from '../../../context.ts'
import { systemOf } from '../../../platform/actor.ts'
import { type Fact, record } from '../../../platform/events.ts'
import { following } from '../../../platform/followers.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import {
  mailReceived,
  regroupingEvents,
  replySent,
  ticketCategorised,
  ticketCreated,
  ticketMoved,
  ticketPrioritised,
  ticketUnvoided,
  ticketVoided,
} from '../../tickets/index.ts'
import type { Mark } from '../clock/marks.ts'
import { slaBreached } from '../events.ts'
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
  const late = judgements.map((judgement) => breachesBehind(tx, judgement, before.get(judgement.row.ticketId) ?? null))
  await writeClocks(
    tx,
    judgements.map(({ row }, n) => ({ ...row, told: [...row.told, ...(late[n]?.codes ?? [])] })),
  )
  await record(
    tx,
    late.flatMap(({ facts }) => facts),
  )
}

const isNew = (facts: readonly Fact[] = []) => facts.some(({ type }) => type === ticketCreated.type)

const newMarks = (tx: Tx, { status }: KeptTicket, facts: readonly Fact[]): Mark[] =>
  marksOf(
    facts.map(({ type, occurredAt, historical, payload }) => ({ type, at: occurredAt ?? tx.now, historical, payload })),
    status,
    tx.now,
  )

type Late = { facts: Fact[]; codes: string[] }

/** An answer may be read before anybody noticed that it was late: then the breach is told with it. */
function breachesBehind(tx: Tx, { row, judged, ticket, ready }: Judgement, marks: readonly Mark[] | null): Late {
  const before = marks === null ? [] : judgedBy(ready, { ...ticket, marks: [...marks] }).clocks
  const late = before.flatMap((clock) => {
    const now = judged.clocks.find(({ target, since }) => target === clock.target && since === clock.since)
    const { dueAt } = clock
    const ends = clock.endedAt === null && now != null && now.endedAt !== null
    return ends && dueAt !== null && dueAt < (now.endedAt ?? 0) && !row.told.includes(toldCode(clock, 'breach'))
      ? [{ clock, dueAt }]
      : []
  })
  const by = systemOf(tx.workspaceId)
  const { ticketId, policyId } = row
  return {
    codes: late.map(({ clock }) => toldCode(clock, 'breach')),
    facts: late.map(({ clock, dueAt }) =>
      slaBreached({
        ticketId,
        policyId,
        target: clock.target,
        startedAt: clock.since,
        limitSeconds: limitSeconds(clock),
        answered: true,
        occurredAt: new Date(dueAt),
        by,
      }),
    ),
  }
}
