import type { AssignmentSettings, GivenHow } from '../../../shared/assignment.ts'

/** A ticket that somebody is looked for. */
export type Wanted = {
  ticketId: string
  /** Who had the customer's last ticket; null when nobody of late. */
  before: string | null
  /** Who is available and takes such a ticket, and how many of their skills name it. */
  fits: readonly { staffId: string; matches: number }[]
}

/** Somebody who is available. */
export type Candidate = { staffId: string; load: number; capacity: number; lastGivenAt: Date | null }

export type Given = { ticketId: string; staffId: string; how: GivenHow }

/** Gives each ticket to one of those who fit and have room, in order; a ticket that nobody fits is left out. */
export function choose(
  { mode, sameAgent }: Pick<AssignmentSettings, 'mode' | 'sameAgent'>,
  wanted: readonly Wanted[],
  candidates: readonly Candidate[],
): Given[] {
  const desks = new Map(candidates.map((one) => [one.staffId, { ...one, turn: one.lastGivenAt?.getTime() ?? 0 }]))
  let turn = Math.max(0, ...[...desks.values()].map((one) => one.turn))
  return wanted.flatMap(({ ticketId, before, fits }) => {
    const free = fits.flatMap(({ staffId, matches }) => {
      const desk = desks.get(staffId)
      return desk && desk.load < desk.capacity ? [{ desk, matches }] : []
    })
    const known = sameAgent ? free.find(({ desk }) => desk.staffId === before) : undefined
    const best = known ?? free.toSorted(ORDER[mode])[0]
    if (!best || mode === 'off') return []
    best.desk.load += 1
    best.desk.turn = ++turn
    return [{ ticketId, staffId: best.desk.staffId, how: known ? 'returning' : mode }]
  })
}

type Free = { desk: Candidate & { turn: number }; matches: number }
type Order = (a: Free, b: Free) => number

const byTurn: Order = (a, b) => a.desk.turn - b.desk.turn || (a.desk.staffId < b.desk.staffId ? -1 : 1)
const byLoad: Order = (a, b) => a.desk.load - b.desk.load || byTurn(a, b)

const ORDER: Record<AssignmentSettings['mode'], Order> = {
  off: byTurn,
  round_robin: byTurn,
  least_loaded: byLoad,
  by_skill: (a, b) => b.matches - a.matches || byLoad(a, b),
}
