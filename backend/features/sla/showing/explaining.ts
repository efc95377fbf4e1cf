import type { SlaClock, TicketSla } from '../../../../shared/sla.ts'
import type { Ctx } from '../../../context.ts'
import { weekdayTimeIn } from '../../../platform/calendar.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { type Clock, type Judged, judge } from '../clock/judging.ts'
import { inOrder, type Mark } from '../clock/marks.ts'
import type { Measure } from '../clock/measure.ts'
import { after, BEFORE, isRunning, type Standing } from '../clock/standing.ts'
import { MINUTE_MS } from '../clock/zone.ts'
import { withTiers } from '../keeping/judging-tickets.ts'
import { readTickets } from '../keeping/rows.ts'
import { rulesOf, termsFor } from '../rules/loading.ts'
import { becauseOf } from '../rules/matching.ts'
import { TARGET_WORDS } from './words.ts'

/**
 * Everything about the clocks of one ticket, and how it came to be so.
 * @throws DeskError not_found
 */
export async function explain(ctx: Ctx, tx: Tx, ticketId: string): Promise<TicketSla> {
  const [found] = await readTickets(tx, [ticketId])
  if (!found) throw new DeskError('not_found', 'There is no such ticket in your workspace.')
  const ready = await rulesOf(tx, { version: found.rulesVersion, timeZone: found.timeZone })
  const { timeZone } = ready.rules.hours
  const [ticket] = await withTiers(ctx, tx, ready, [found])
  if (!ticket?.marks) return { policy: null, timeZone, state: 'none', clocks: [], history: [] }
  const { policy, terms } = termsFor(ready, ticket)
  const judged = judge(ticket.marks, terms)
  const { id, name, unit } = policy
  const at = { now: tx.now.getTime(), last: Math.max(...ticket.marks.map((mark) => mark.at)) }
  return {
    policy: { id, name, unit, because: becauseOf(policy, ticket) },
    timeZone,
    state: stateOf(judged),
    clocks: judged.clocks
      .filter(({ limit, dueAt }) => limit !== null || dueAt !== null)
      .map((clock) => present(clock, terms.measure, at)),
    history: historyOf(ticket.marks, judged, timeZone, at.now),
  }
}

const stateOf = ({ clocks }: Judged): TicketSla['state'] => {
  if (clocks.some(({ state }) => state === 'running')) return 'running'
  return clocks.at(-1)?.state === 'stopped' ? 'ended' : 'paused'
}

/** @param at.last when something happened last: what has counted since is added to what a running clock had used by then */
function present(clock: Clock, measure: Measure, { now, last }: { now: number; last: number }): SlaClock {
  const { target, state, since, limit, dueAt, endedAt } = clock
  const used = clock.used + (state === 'running' ? measure.between(Math.max(last, since), now) : 0)
  return {
    target,
    state,
    since: iso(since),
    limitMinutes: Math.round((limit ?? (dueAt ?? since) - since) / MINUTE_MS),
    usedMinutes: Math.floor(used / MINUTE_MS),
    dueAt: dueAt === null ? null : iso(dueAt),
    breached: dueAt !== null && dueAt < (endedAt ?? now),
  }
}

const iso = (at: number) => new Date(Math.ceil(at)).toISOString()

type Line = { at: number; words: string }

/** What moved the clocks, and when one of them was used up. */
function historyOf(marks: readonly Mark[], { clocks }: Judged, timeZone: string, now: number): TicketSla['history'] {
  const lines: Line[] = []
  let standing = BEFORE
  for (const mark of inOrder(marks)) {
    const next = after(standing, mark)
    lines.push({ at: mark.at, words: `${whatHappened(mark, timeZone)}${whatFollows(standing, next)}` })
    standing = next
  }
  for (const { target, dueAt, endedAt } of clocks)
    if (dueAt !== null && dueAt < (endedAt ?? now)) lines.push({ at: dueAt, words: `${TARGET_WORDS[target]} was due.` })
  return lines.sort((a, b) => a.at - b.at).map(({ at, words }) => ({ at: iso(at), words }))
}

function whatHappened(mark: Mark, timeZone: string): string {
  switch (mark.what) {
    case 'created':
      return 'The ticket began'
    case 'asked':
      return 'The customer wrote'
    case 'answered':
      return 'Answered'
    case 'held':
      return mark.until === null
        ? 'Holding answer, an answer is still owed'
        : `Holding answer, an answer is owed by ${weekdayTimeIn(timeZone, new Date(mark.until))}`
    case 'thanked':
      return 'Only thanks, nothing is owed'
    case 'moved':
      return `Moved to ${mark.to.replace('_', ' ')}`
    case 'voided':
      return 'Taken out'
    case 'unvoided':
      return 'Brought back'
  }
}

function whatFollows(before: Standing, next: Standing): string {
  const began = next.wait !== null && (before.wait?.since !== next.wait.since || before.wait.kind !== next.wait.kind)
  const waits = began ? `${TARGET_WORDS[next.wait?.kind ?? 'next'].toLowerCase()}: the clock starts` : null
  const answered = before.wait !== null && next.wait === null ? 'the answer clock stops' : null
  const runs =
    isRunning(before) === isRunning(next) || before === BEFORE ? null : isRunning(next) ? 'clocks run' : 'clocks pause'
  const said = [waits, answered, runs].filter((words) => words !== null)
  return said.length === 0 ? '.' : `: ${said.join('; ')}.`
}
