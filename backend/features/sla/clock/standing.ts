import type { TicketStatus } from '../../../../shared/tickets.ts'
import type { Mark } from './marks.ts'

/** One wait of the customer for an answer. The first one is for the first response, each later one for the next response. */
export type Wait = { kind: 'first' | 'next'; since: number; owedUntil: number | null }

/** How a ticket stands between two marks. */
export type Standing = {
  status: TicketStatus
  isVoid: boolean
  /** The newest words of the customer were thanks: nothing is owed until something else happens. */
  idle: boolean
  /** Since when it is to be solved; null before anything counts. */
  startedAt: number | null
  /** Whether a person of ours has answered. */
  responded: boolean
  wait: Wait | null
  /** A wait that solving ended without an answer: reopening by hand takes it up again. */
  shelved: Wait | null
}

export const BEFORE: Standing = {
  status: 'open',
  isVoid: false,
  idle: false,
  startedAt: null,
  responded: false,
  wait: null,
  shelved: null,
}

/** Clocks run while the ball is with us: not while waiting for the customer, on hold, over, or taken out. Snoozing changes nothing. */
export const isRunning = ({ status, isVoid, idle }: Standing): boolean =>
  !isVoid && !idle && (status === 'new' || status === 'open')

export const isOver = ({ status, isVoid, idle }: Standing): boolean =>
  isVoid || idle || status === 'solved' || status === 'closed'

/** How it stands after a mark. */
export function after(before: Standing, mark: Mark): Standing {
  switch (mark.what) {
    case 'created':
      return { ...before, status: mark.to, startedAt: before.startedAt ?? mark.at }
    case 'asked':
      return asked(before, mark.at)
    case 'answered':
      return { ...before, responded: before.responded || before.wait !== null, wait: null, shelved: null }
    case 'held':
      return held(before, mark)
    case 'thanked':
      return { ...before, idle: true, wait: null, shelved: null }
    case 'moved':
      return moved(before, mark.to)
    case 'voided':
      return { ...before, isVoid: true }
    case 'unvoided':
      return { ...before, isVoid: false, status: before.status === 'new' ? 'new' : 'open' }
  }
}

/** Writing wakes a ticket up; whoever waits already goes on waiting. */
const asked = (before: Standing, at: number): Standing => ({
  ...before,
  status: before.status === 'new' ? 'new' : 'open',
  idle: false,
  startedAt: before.startedAt ?? at,
  wait: before.wait ?? { kind: before.responded ? 'next' : 'first', since: at, owedUntil: null },
  shelved: null,
})

/** The customer has heard from a person, and still waits: for the next answer, by the policy or by what was promised. */
function held(before: Standing, { at, until }: { at: number; until: number | null }): Standing {
  const goesOn = before.wait?.kind === 'next' ? before.wait : { kind: 'next' as const, since: at }
  return { ...before, responded: true, wait: { ...goesOn, owedUntil: until }, shelved: null }
}

function moved(before: Standing, to: TicketStatus): Standing {
  const ends = to === 'solved' || to === 'closed'
  return {
    ...before,
    status: to,
    idle: false,
    wait: ends ? null : (before.wait ?? before.shelved),
    shelved: ends ? (before.wait ?? before.shelved) : null,
  }
}
