import { z } from 'zod'
import { SLA_TARGETS, SlaTarget } from '../../../../shared/sla.ts'
import type { Compared } from './comparing.ts'

const Count = z.object({ clocks: z.int(), wasLate: z.int(), willBeLate: z.int() })
const Changed = z.object({
  ticketId: z.uuid(),
  number: z.int(),
  target: SlaTarget,
  willBeLate: z.boolean(),
  at: z.int(),
})

/** What a trial has found so far. */
export const Found = z.object({
  tickets: z.int(),
  targets: z.record(z.string(), Count),
  /** Waited beyond their targets, all customers together, in milliseconds. */
  lateMs: z.object({ was: z.int(), will: z.int() }),
  /** Whose tickets change, by the id of who has them; `nobody` for those that nobody has. */
  people: z.record(z.string(), z.object({ late: z.int(), spared: z.int() })),
  /** The first ones that change; how many there are is in the counts. */
  changed: z.array(Changed),
})
export type Found = z.infer<typeof Found>

export const NOTHING: Found = {
  tickets: 0,
  targets: Object.fromEntries(SLA_TARGETS.map((target) => [target, { clocks: 0, wasLate: 0, willBeLate: 0 }])),
  lateMs: { was: 0, will: 0 },
  people: {},
  changed: [],
}

/** More than anybody reads one by one. */
export const LISTED = 200

type Looked = { id: string; number: number; assigneeId: string | null; createdAt: Date; clocks: readonly Compared[] }

/** Adds what was found of more tickets. */
export function adding(found: Found, looked: readonly Looked[]): Found {
  const sum = structuredClone(found)
  for (const ticket of looked) {
    if (ticket.clocks.length === 0) continue
    sum.tickets++
    for (const clock of ticket.clocks) addClock(sum, ticket, clock)
  }
  return sum
}

function addClock(sum: Found, ticket: Looked, { target, wasLate, willBeLate, lateMs }: Compared): void {
  const count = sum.targets[target]
  if (!count) return
  count.clocks++
  if (wasLate) count.wasLate++
  if (willBeLate) count.willBeLate++
  sum.lateMs.was += Math.round(lateMs.was)
  sum.lateMs.will += Math.round(lateMs.will)
  if (wasLate === willBeLate) return
  const whose = ticket.assigneeId ?? 'nobody'
  const person = sum.people[whose] ?? { late: 0, spared: 0 }
  sum.people[whose] = person
  if (willBeLate) person.late++
  else person.spared++
  if (sum.changed.length < LISTED)
    sum.changed.push({
      ticketId: ticket.id,
      number: ticket.number,
      target,
      willBeLate,
      at: ticket.createdAt.getTime(),
    })
}
