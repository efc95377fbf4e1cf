import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { deactivateStaff, reactivateStaff } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { listReminders } from '../../shared/queues.ts'
import type { TicketCardView } from '../../shared/tickets.ts'
import { type Desk, type StaffName, startDesk } from '../support/desk.ts'
import { handoversAt } from '../support/handover-desk.ts'
import { type Random, randomFrom, seedOfRun } from '../support/random.ts'
import { workAt } from '../support/work-desk.ts'

let desk: Desk
let work: ReturnType<typeof workAt>
let hands: ReturnType<typeof handoversAt>
beforeAll(async () => {
  desk = await startDesk()
  work = workAt(desk)
  hands = handoversAt(desk)
})
afterEach(async () => {
  await hands.empty()
  await work.empty()
})
afterAll(() => desk.stop())

const several = async (name: StaffName, times: number): Promise<TicketCardView[]> => {
  const tickets: TicketCardView[] = []
  for (let time = 0; time < times; time++) tickets.push(await hands.owned(name))
  return tickets
}

const ownersOf = async (tickets: readonly TicketCardView[]) => {
  const owners: (string | null)[] = []
  for (const ticket of tickets) owners.push(await hands.ownerOf(ticket))
  return owners
}

test('the same list handed to two people at once: each ticket has one of them, and the other side is told whose it is', async () => {
  const tickets = await several('nora', 6)
  for (const ticket of tickets) await hands.claim('nora', ticket)
  await work.in('sam')
  await work.in('vera')
  const [first, second] = await Promise.all([
    hands.hand('nora', { tickets, to: 'sam' }),
    hands.hand('nora', { tickets: tickets.toReversed(), to: 'vera' }),
  ])
  expect(first.done.length + second.done.length).toBe(6)
  const [won, lost] = first.done.length === 6 ? [first, second] : [second, first]
  expect(won.done).toHaveLength(6)
  expect(lost.refused.map(({ why }) => why)).toEqual(Array(6).fill(`${won.to.name} has it now.`))
  expect(await ownersOf(tickets)).toEqual(Array(6).fill(won.to.name))
  for (const ticket of tickets) expect(await hands.holderOf(ticket)).toBe(won.to.name)
})

test('a receiver who logs out at that moment either has it, and leaves it, or was never given it', async () => {
  for (let round = 0; round < 4; round++) {
    const tickets = await several('nora', 2)
    await work.in('sam')
    const [handed] = await Promise.allSettled([hands.hand('nora', { tickets, to: 'sam' }), work.out('sam')])
    const numbers = tickets.map(({ number }) => number).toSorted()
    if (handed.status === 'fulfilled') expect((await hands.leftBy('sam')).toSorted()).toEqual(numbers)
    else {
      expect(handed.reason).toMatchObject({ code: 'not_at_work' })
      expect(Object.keys(await hands.openOf('nora')).toSorted()).toEqual(numbers)
    }
    await hands.empty()
  }
})

test('a receiver who is sent away at that moment keeps nothing that nobody sees', async () => {
  for (let round = 0; round < 3; round++) {
    const ticket = await hands.owned('nora')
    await hands.remind('nora', ticket)
    await work.in('sam')
    const system = systemOf(desk.workspaceId)
    const [handed] = await Promise.allSettled([
      hands.hand('nora', { tickets: [ticket], to: 'sam' }),
      deactivateStaff(desk.ctx, desk.workspaceId, desk.staff.sam.email, system),
    ])
    await desk.settle()
    if (handed.status === 'fulfilled') expect(await hands.leftBy('sam')).toEqual([ticket.number])
    else expect(await hands.openOf('nora')).toEqual({ [ticket.number]: ['reminder', 'due'] })
    await reactivateStaff(desk.ctx, desk.workspaceId, desk.staff.sam.email, system)
    await hands.empty()
  }
})

test('two who hand over to each other on their way out: one goes, the other is told, nothing is lost', async () => {
  const [mine, theirs] = [await hands.owned('nora'), await hands.owned('sam')]
  await work.in('nora')
  await work.in('sam')
  const outcomes = await Promise.allSettled([
    hands.hand('nora', { tickets: [mine], to: 'sam' }).then(() => work.out('nora')),
    hands.hand('sam', { tickets: [theirs], to: 'nora' }).then(() => work.out('sam')),
  ])
  const failed = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  for (const reason of failed) expect(reason).toMatchObject({ code: 'not_at_work' })
  for (const ticket of [mine, theirs]) expect(['Nora', 'Sam']).toContain(await hands.ownerOf(ticket))
})

test('a ticket that is solved or taken over at that moment ends in one place', async () => {
  for (let round = 0; round < 3; round++) {
    const [solved, taken] = [await hands.owned('nora'), await hands.ticket()]
    await hands.claim('nora', taken)
    await work.in('sam')
    const [handed] = await Promise.all([
      hands.hand('nora', { tickets: [solved, taken], to: 'sam' }),
      hands.solve('vera', solved).catch(() => null),
      hands.claim('vera', taken, 'I know her').catch(() => null),
    ])
    const isDone = (ticket: TicketCardView) => handed.done.some(({ ticketId }) => ticketId === ticket.id)
    expect(await hands.ownerOf(solved)).toBe(isDone(solved) ? 'Sam' : 'Nora')
    expect(['Sam', 'Vera']).toContain(await hands.holderOf(taken))
    expect(handed.done.length + handed.refused.length).toBe(2)
    await hands.empty()
  }
})

const PEOPLE = ['nora', 'sam', 'vera'] as const
type Person = (typeof PEOPLE)[number]

const drawn = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T

/** Owners and living claims as the database holds them; each must be one of a ticket at the most. */
const claimsOf = (tickets: readonly TicketCardView[]) =>
  inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) => tx.ticketClaim.findMany({ where: { ticketId: { in: tickets.map(({ id }) => id) }, endedAt: null } }),
    { reads: true },
  )

test('whatever people press at once, no ticket has two who are on it, and nothing open is on no list', async () => {
  const seed = seedOfRun()
  process.stderr.write(`SEED=${seed}\n`)
  const random = randomFrom(seed)
  const tickets = [...(await several('nora', 3)), ...(await several('sam', 3))]
  for (const ticket of tickets) await hands.remind(drawn(random, PEOPLE), ticket, 30)
  const others = (who: Person) => PEOPLE.filter((each) => each !== who)
  const acts: ((who: Person) => Promise<unknown>)[] = [
    (who) => work.in(who),
    (who) => work.out(who),
    (who) => hands.claim(who, drawn(random, tickets), 'I know her'),
    (who) =>
      hands.hand(who, { tickets: [drawn(random, tickets), drawn(random, tickets)], to: drawn(random, others(who)) }),
    (who) => hands.hand('vera', { tickets: [drawn(random, tickets)], to: drawn(random, others(who)), from: who }),
  ]
  for (let step = 0; step < 25; step++) {
    const presses = Array.from({ length: 3 }, () => drawn(random, acts)(drawn(random, PEOPLE)))
    const refused = (await Promise.allSettled(presses)).flatMap((one) =>
      one.status === 'rejected' ? [one.reason] : [],
    )
    for (const reason of refused) expect({ seed, status: reason.status }).not.toEqual({ seed, status: 500 })
    await desk.travel(`${1 + Math.floor(random() * 4)} min`)
  }
  const claims = await claimsOf(tickets)
  expect({ seed, twice: claims.length - new Set(claims.map(({ ticketId }) => ticketId)).size }).toEqual({
    seed,
    twice: 0,
  })
  const owners = await ownersOf(tickets)
  const reminded = await reminders()
  for (const name of PEOPLE) {
    const isGone = (await work.of(name)).last !== null
    const listed = isGone ? await hands.leftBy(name) : Object.keys(await hands.openOf(name))
    const held = tickets.filter(
      ({ id }, at) => owners[at] === desk.staff[name].name || reminded.some((one) => one.of === name && one.id === id),
    )
    const lost = held.flatMap(({ number }) => (listed.includes(number) ? [] : [number]))
    expect({ seed, name, lost }).toEqual({ seed, name, lost: [] })
  }
  const counts = tickets.map(({ id }) => reminded.filter((one) => one.id === id).length)
  expect({ seed, counts }).toEqual({ seed, counts: tickets.map(() => 1) })
})

/** Who is reminded of which ticket. */
async function reminders(): Promise<{ of: Person; id: string }[]> {
  const lists = await Promise.all(PEOPLE.map((name) => desk.as(name).call(listReminders)))
  return PEOPLE.flatMap((of, at) => (lists[at]?.items ?? []).map(({ ticketId: id }) => ({ of, id })))
}
