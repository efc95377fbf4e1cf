import type { Mark } from '../../backend/features/sla/clock/marks.ts'
import type { BusinessHours, SlaTarget } from '../../shared/sla.ts'

/** The rules of the SLA clock told a second time, in the dullest way: minute after minute, by what the clock on the wall shows. */

const MINUTE = 60_000
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** Whether a minute counts. */
export function wall(hours: BusinessHours): (at: number) => boolean {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: hours.timeZone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  return (at) => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
    const date = `${part['year']}-${part['month']}-${part['day']}`
    const minute = Number(part['hour']) * 60 + Number(part['minute'])
    const lengthOf = ({ from, to }: { from: string; to: string }) => Date.parse(to) - Date.parse(from)
    const special = hours.specialDays
      .filter(({ from, to }) => from <= date && date <= to)
      .reduce<BusinessHours['specialDays'][number] | null>(
        (shortest, one) => (shortest === null || lengthOf(one) < lengthOf(shortest) ? one : shortest),
        null,
      )
    const intervals = special ? special.intervals : (hours.week[WEEKDAYS.indexOf(part['weekday'] ?? '')] ?? [])
    return intervals.some(({ from, to }) => from <= minute && minute < to)
  }
}

export type SlowClock = { target: SlaTarget; since: number; used: number; dueAt: number | null; endedAt: number | null }

type Given = { marks: readonly Mark[]; counts: (at: number) => boolean; limits: Record<SlaTarget, number | null> }

/** What the walk remembers from minute to minute. */
type Memory = {
  clocks: SlowClock[]
  promises: Map<SlowClock, number | null>
  status: string
  gone: boolean
  thanks: boolean
  heard: boolean
  waiting: SlowClock | null
  aside: SlowClock | null
  solution: SlowClock | null
}

/**
 * @param marks at whole minutes, in order
 * @param until how far to walk; a due time beyond it is not found
 * @returns `used` up to the last mark
 */
export function slowClocks({ marks, counts, limits }: Given, until: number): SlowClock[] {
  const memory: Memory = {
    clocks: [],
    promises: new Map(),
    status: 'open',
    gone: false,
    thanks: false,
    heard: false,
    waiting: null,
    aside: null,
    solution: null,
  }
  const spent = new Map<SlowClock, number>()
  const [first = 0, last = 0] = [marks[0]?.at, marks.at(-1)?.at]
  for (let at = first; at <= until; at += MINUTE) {
    for (const mark of marks) if (mark.at === at) take(memory, mark)
    if (!runs(memory) || !counts(at)) continue
    for (const clock of [memory.waiting, memory.solution]) {
      if (!clock) continue
      const limit = limits[clock.target]
      const all = (spent.get(clock) ?? 0) + MINUTE
      spent.set(clock, all)
      if (at < last) clock.used = all
      if (limit !== null && clock.dueAt === null && all >= limit) clock.dueAt = at + MINUTE
    }
  }
  const promise = memory.waiting && runs(memory) ? (memory.promises.get(memory.waiting) ?? null) : null
  if (memory.waiting && promise !== null) memory.waiting.dueAt = Math.min(memory.waiting.dueAt ?? promise, promise)
  return memory.clocks
}

const runs = ({ gone, thanks, status }: Memory) => !gone && !thanks && (status === 'new' || status === 'open')

function take(memory: Memory, mark: Mark): void {
  const { at } = mark
  const wakeUp = () => {
    if (memory.status !== 'new') memory.status = 'open'
  }
  const endWait = () => {
    if (memory.waiting) memory.waiting.endedAt = at
    memory.waiting = null
  }
  const wait = (target: SlaTarget, since: number) => {
    memory.waiting = begin(memory, target, since)
  }
  switch (mark.what) {
    case 'created':
      memory.status = mark.to
      memory.solution ??= begin(memory, 'resolution', at)
      break
    case 'asked':
      wakeUp()
      memory.thanks = false
      memory.aside = null
      memory.solution ??= begin(memory, 'resolution', at)
      if (!memory.waiting) {
        wait(memory.heard ? 'next' : 'first', at)
        if (memory.waiting) memory.promises.delete(memory.waiting) // of a wait of the same minute that is over
      }
      break
    case 'answered':
      if (memory.waiting) memory.heard = true
      endWait()
      memory.aside = null
      break
    case 'held':
      memory.heard = true
      memory.aside = null
      if (memory.waiting?.target !== 'next') {
        endWait()
        wait('next', at)
      }
      if (memory.waiting) memory.promises.set(memory.waiting, mark.until)
      break
    case 'thanked':
      memory.thanks = true
      endWait()
      memory.aside = null
      break
    case 'voided':
      memory.gone = true
      break
    case 'unvoided':
      memory.gone = false
      wakeUp()
      break
    case 'moved':
      memory.status = mark.to
      memory.thanks = false
      if (mark.to === 'solved' || mark.to === 'closed') {
        memory.aside = memory.waiting ?? memory.aside
        endWait()
      } else if (memory.aside) {
        const { target, since } = memory.aside
        wait(target, since)
        memory.aside = null
      }
  }
  const { solution, gone, thanks, status } = memory
  if (solution)
    solution.endedAt = gone || thanks || status === 'solved' || status === 'closed' ? (solution.endedAt ?? at) : null
}

function begin({ clocks }: Memory, target: SlaTarget, since: number): SlowClock {
  const known = clocks.find((clock) => clock.target === target && clock.since === since)
  if (known) return Object.assign(known, { endedAt: null })
  const clock: SlowClock = { target, since, used: 0, dueAt: null, endedAt: null }
  clocks.push(clock)
  return clock
}
