import { expect, test } from '@jest/globals'
import { type Candidate, choose, type Wanted } from '../../backend/features/assignment/choosing.ts'
import { randomFrom, seedOfRun } from '../support/random.ts'

const who = (staffId: string, more: Partial<Candidate> = {}): Candidate => ({
  staffId,
  load: 0,
  capacity: 10,
  lastGivenAt: null,
  ...more,
})

const wanted = (ticketId: string, fits: readonly string[], more: Partial<Wanted> = {}): Wanted => ({
  ticketId,
  before: null,
  fits: fits.map((staffId) => ({ staffId, matches: 0 })),
  ...more,
})

const owners = (given: ReturnType<typeof choose>) => given.map(({ staffId }) => staffId)

test('in turn begins with whoever was given nothing for longest', () => {
  const team = [who('a', { lastGivenAt: new Date(2_000) }), who('b', { lastGivenAt: new Date(1_000) }), who('c')]
  const tickets = ['1', '2', '3', '4'].map((id) => wanted(id, ['a', 'b', 'c']))
  expect(owners(choose({ mode: 'round_robin', sameAgent: false }, tickets, team))).toEqual(['c', 'b', 'a', 'c'])
})

test('fewest tickets counts what it gives itself', () => {
  const tickets = ['1', '2', '3', '4'].map((id) => wanted(id, ['a', 'b']))
  const given = choose({ mode: 'least_loaded', sameAgent: false }, tickets, [who('a', { load: 2 }), who('b')])
  expect(owners(given).toSorted()).toEqual(['a', 'b', 'b', 'b'])
})

test('skills prefer who names the ticket most, and only then who has less', () => {
  const ticket = {
    ...wanted('1', []),
    fits: [
      { staffId: 'a', matches: 1 },
      { staffId: 'b', matches: 0 },
    ],
  }
  expect(owners(choose({ mode: 'by_skill', sameAgent: false }, [ticket], [who('a', { load: 5 }), who('b')]))).toEqual([
    'a',
  ])
})

test('who had the last ticket gets the next one before all others, unless they are full or do not take such tickets', () => {
  const settings = { mode: 'round_robin', sameAgent: true } as const
  const ticket = wanted('1', ['a', 'b'], { before: 'b' })
  expect(choose(settings, [ticket], [who('a'), who('b')])).toEqual([{ ticketId: '1', staffId: 'b', how: 'returning' }])
  expect(choose(settings, [ticket], [who('a'), who('b', { capacity: 0 })])).toMatchObject([
    { staffId: 'a', how: 'round_robin' },
  ])
  expect(owners(choose(settings, [wanted('1', ['a'], { before: 'b' })], [who('a'), who('b')]))).toEqual(['a'])
})

test('random teams: nobody gets what does not fit or more than they take, and nothing stays that somebody could have taken', () => {
  const seed = seedOfRun()
  process.stderr.write(`SEED=${seed}\n`)
  const random = randomFrom(seed)
  const upTo = (most: number) => Math.floor(random() * (most + 1))
  for (let round = 0; round < 300; round++) {
    const team = Array.from({ length: upTo(6) }, (_, n) => who(`s${n}`, { load: upTo(3), capacity: upTo(5) }))
    const tickets = Array.from({ length: upTo(12) }, (_, n) =>
      wanted(
        `t${n}`,
        team.filter(() => random() < 0.5).map(({ staffId }) => staffId),
        { before: `s${upTo(6)}` },
      ),
    )
    const mode = (['round_robin', 'least_loaded', 'by_skill'] as const)[upTo(2)] ?? 'by_skill'
    const given = choose({ mode, sameAgent: random() < 0.5 }, tickets, team)
    const load = (staffId: string, got: typeof given) =>
      (team.find((one) => one.staffId === staffId)?.load ?? 0) + got.filter((one) => one.staffId === staffId).length
    for (const { staffId, capacity } of team)
      expect(load(staffId, given)).toBeLessThanOrEqual(Math.max(capacity, load(staffId, [])))
    for (const [at, ticket] of tickets.entries()) {
      const fits = ticket.fits.map(({ staffId }) => staffId)
      const mine = given.find(({ ticketId }) => ticketId === ticket.ticketId)
      if (mine) expect(fits).toContain(mine.staffId)
      const before = given.filter(({ ticketId }) => Number(ticketId.slice(1)) < at)
      const couldBe = team.some(({ staffId, capacity }) => fits.includes(staffId) && load(staffId, before) < capacity)
      expect(mine !== undefined).toBe(couldBe)
    }
  }
})

test('turned off it gives nothing', () => {
  expect(choose({ mode: 'off', sameAgent: true }, [wanted('1', ['a'], { before: 'a' })], [who('a')])).toEqual([])
})
