import { type Clock, type Judged, judge } from '../clock/judging.ts'
import { isStarted, type Mark } from '../clock/marks.ts'
import { type ReadyRules, termsFor } from '../rules/loading.ts'
import type { Matched } from '../rules/matching.ts'
import { type ClockRow, NEVER } from './rows.ts'

export type Told = 'warning' | 'breach' | 'met'

/** A warning or a breach is told once for each clock, and a clock is known by its start. */
export const toldCode = ({ target, since }: Clock, what: Told): string => `${target}/${what}/${since}`

/** What a clock was given, in seconds; a promise without a target is as long as it was. */
export const limitSeconds = ({ limit, dueAt, since }: Clock): number =>
  Math.max(0, Math.round((limit ?? (dueAt ?? since) - since) / 1_000))

/** What is to be told of clocks that are not over: what came, and what will come. A breach needs no warning any more. */
export function untold({ clocks }: Judged, told: readonly string[]): { clock: Clock; what: Told; at: number }[] {
  return clocks
    .filter(({ state }) => state === 'running')
    .flatMap((clock) => {
      const breached = told.includes(toldCode(clock, 'breach'))
      const breach = breached || clock.dueAt === null ? [] : [{ clock, what: 'breach' as const, at: clock.dueAt }]
      const isWarned = breached || told.includes(toldCode(clock, 'warning'))
      const isLate = clock.warnAt !== null && clock.dueAt !== null && clock.warnAt >= clock.dueAt
      const warning =
        isWarned || isLate || clock.warnAt === null ? [] : [{ clock, what: 'warning' as const, at: clock.warnAt }]
      return [...warning, ...breach]
    })
}

type Subject = Matched & { id: string }

/**
 * What is kept of a ticket: everything follows from its marks, the rules, and what was told already.
 * @returns null while nothing of it counts, as with mail of machines and of the past
 */
export function clockRow(
  ready: ReadyRules,
  ticket: Subject,
  { marks, told }: { marks: readonly Mark[]; told: readonly string[] },
): { row: ClockRow; judged: Judged } | null {
  if (!isStarted(marks)) return null
  const { policy, terms } = termsFor(ready, ticket)
  const judged = judge(marks, terms)
  const { clocks } = judged
  const running = clocks.filter(({ state }) => state === 'running')
  const dueOf = (target: Clock['target']) => instant(running.find((clock) => clock.target === target)?.dueAt ?? null)
  const dues = running.flatMap(({ dueAt }) => dueAt ?? [])
  const checks = untold(judged, told).map(({ at }) => at)
  const row: ClockRow = {
    ticketId: ticket.id,
    marks,
    rulesVersion: ready.version,
    policyId: policy.id,
    tier: ready.asksTiers ? ticket.tier : null,
    state: stateOf(clocks),
    firstDueAt: dueOf('first'),
    nextDueAt: dueOf('next'),
    resolutionDueAt: dueOf('resolution'),
    told,
    checkAt: earliest(checks),
    dueAt: earliest(dues),
  }
  return { row, judged }
}

function stateOf(clocks: readonly Clock[]): ClockRow['state'] {
  if (clocks.some(({ state }) => state === 'running')) return 'running'
  return clocks.at(-1)?.state === 'stopped' ? 'ended' : 'paused'
}

const instant = (at: number | null): Date | null => (at === null ? null : new Date(Math.ceil(at)))

const earliest = (times: readonly number[]): Date => instant(times.length === 0 ? null : Math.min(...times)) ?? NEVER
