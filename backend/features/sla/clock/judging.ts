import type { SlaTarget } from '../../../../shared/sla.ts'
import { inOrder, type Mark } from './marks.ts'
import type { Measure } from './measure.ts'
import { after, BEFORE, isOver, isRunning, type Standing, type Wait } from './standing.ts'

/** Lengths in milliseconds of what `measure` counts; null is no target. */
export type Terms = {
  measure: Measure
  limits: Record<SlaTarget, number | null>
  /** When so much of it is used, it is time to warn; null never warns. */
  warnings: Record<SlaTarget, number | null>
}

/** One clock: the wait for an answer, or the way to the solution. Instants in milliseconds. */
export type Clock = {
  target: SlaTarget
  since: number
  /** null where the policy has no target and nothing was promised. */
  limit: number | null
  /** Counted up to the last mark. */
  used: number
  state: 'running' | 'paused' | 'stopped'
  /** When its warning and its end came, or will come if nothing happens; null when they do not. */
  warnAt: number | null
  dueAt: number | null
  /** When it was stopped. */
  endedAt: number | null
}

export type Judged = { standing: Standing; clocks: Clock[] }

/** What an open clock begins with. */
const clockOf = (target: SlaTarget, since: number, { limits }: Terms): Clock => ({
  target,
  since,
  limit: limits[target],
  used: 0,
  state: 'paused',
  warnAt: null,
  dueAt: null,
  endedAt: null,
})

/**
 * Every clock that a ticket has had: each wait for an answer in turn, and its way to the solution, last. Pure, and the only place
 * that counts: what was used survives whatever happens between, because it is counted anew from the marks.
 */
export function judge(marks: readonly Mark[], terms: Terms): Judged {
  const waits: Clock[] = []
  let standing = BEFORE
  let resolution: Clock | null = null
  let at = 0
  for (const mark of inOrder(marks)) {
    if (isRunning(standing)) for (const clock of open(waits, standing, resolution)) count(clock, at, mark.at, terms)
    const next = after(standing, mark)
    turnWaits(waits, { before: standing, next, at: mark.at }, terms)
    if (next.startedAt !== null) resolution ??= clockOf('resolution', next.startedAt, terms)
    if (resolution) end(resolution, isOver(next) ? (resolution.endedAt ?? mark.at) : null)
    standing = next
    at = mark.at
  }
  for (const clock of open(waits, standing, resolution)) foresee(clock, at, standing, terms)
  return { standing, clocks: resolution ? [...waits, resolution] : waits }
}

type Turn = { before: Standing; next: Standing; at: number }

/** A wait that is over stops; one that begins gets a clock, and one that was shelved has its own already. */
function turnWaits(waits: Clock[], { before, next, at }: Turn, terms: Terms): void {
  const [old, now] = [clockOfWait(waits, before.wait), clockOfWait(waits, next.wait)]
  if (old && old !== now) end(old, at)
  if (now) end(now, null)
  else if (next.wait) waits.push(clockOf(next.wait.kind, next.wait.since, terms))
}

const clockOfWait = (waits: readonly Clock[], wait: Wait | null): Clock | undefined =>
  wait === null ? undefined : waits.findLast(({ target, since }) => target === wait.kind && since === wait.since)

const open = (waits: readonly Clock[], { wait }: Standing, resolution: Clock | null): Clock[] =>
  [clockOfWait(waits, wait), resolution ?? undefined].filter((clock) => clock !== undefined)

/** @param at null while it is not over */
function end(clock: Clock, at: number | null): void {
  clock.endedAt = at
  clock.state = at === null ? 'paused' : 'stopped'
}

function count(clock: Clock, from: number, to: number, { measure, warnings }: Terms): void {
  const begun = Math.max(from, clock.since)
  if (to <= begun) return
  const used = clock.used + measure.between(begun, to)
  if (clock.limit !== null) {
    if (clock.dueAt === null && used >= clock.limit) clock.dueAt = measure.after(begun, clock.limit - clock.used)
    const warning = warnings[clock.target]
    if (warning !== null && clock.warnAt === null && used >= warning)
      clock.warnAt = measure.after(begun, warning - clock.used)
  }
  clock.used = used
}

/** Where an open clock will be used up if nothing happens. A promise is due when it was promised, if that is sooner. */
function foresee(clock: Clock, at: number, standing: Standing, { measure, warnings }: Terms): void {
  if (!isRunning(standing)) return
  clock.state = 'running'
  const left = (length: number) => measure.after(Math.max(at, clock.since), length - clock.used)
  if (clock.limit !== null) {
    clock.dueAt ??= left(clock.limit)
    const warning = warnings[clock.target]
    if (warning !== null) clock.warnAt ??= left(warning)
  }
  const promised = clock.target === 'next' ? (standing.wait?.owedUntil ?? null) : null
  if (promised !== null && (clock.dueAt === null || promised < clock.dueAt)) clock.dueAt = promised
}
