import { systemOf } from '../../../platform/actor.ts'
import type { Fact } from '../../../platform/events.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { slaBreached, slaWarned } from '../events.ts'
import type { Judgement } from '../keeping/judging-tickets.ts'
import type { ClockRow } from '../keeping/rows.ts'
import { clockRow, limitSeconds, toldCode, type untold } from '../keeping/telling.ts'

/** A ticket, and which of its warnings and breaches are to be told now. */
export type Found = Judgement & { due: ReturnType<typeof untold> }

/** The warnings and breaches as events. */
export const factsOf = (tx: Tx, found: readonly Found[]): Fact[] =>
  found.flatMap((one) => one.due.map((due) => factOf(tx, one, due)))

function factOf(tx: Tx, { row, policy }: Found, { clock, what, at }: Found['due'][number]): Fact {
  const facts = {
    ticketId: row.ticketId,
    target: clock.target,
    policyId: policy.id,
    startedAt: clock.since,
    limitSeconds: limitSeconds(clock),
    occurredAt: new Date(at),
    by: systemOf(tx.workspaceId),
  }
  return what === 'warning' ? slaWarned(facts) : slaBreached({ ...facts, answered: false })
}

/** The clock with all of it told. */
export function toldRow({ ticket, ready, row, due }: Found): ClockRow {
  const told = [...row.told, ...due.map(({ clock, what }) => toldCode(clock, what))]
  return clockRow(ready, ticket, { marks: row.marks, told })?.row ?? row
}
