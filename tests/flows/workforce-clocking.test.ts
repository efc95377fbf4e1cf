import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { changeRole, deactivateStaff, reactivateStaff } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { listAgents } from '../../shared/assignment.ts'
import type { StaffRole } from '../../shared/roles.ts'
import { endForSomebody, listAtWork, logIn, logOut } from '../../shared/workforce.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, type StaffName, startDesk } from '../support/desk.ts'
import { workAt } from '../support/work-desk.ts'

let desk: Desk
let work: ReturnType<typeof workAt>
beforeAll(async () => {
  desk = await startDesk()
  work = workAt(desk)
})
afterEach(() => work.empty())
afterAll(() => desk.stop())

const minutesOf = ({ startedAt, endedAt }: { startedAt: Date; endedAt: Date | null }): number | null =>
  endedAt && Math.round((endedAt.getTime() - startedAt.getTime()) / 60_000)

const bySystem = () => systemOf(desk.workspaceId)

test('a day of work: log in, lunch, back, log out; every minute of it is kept', async () => {
  expect(await work.of('nora')).toMatchObject({ session: null, last: null })
  const begun = await work.in('nora')
  expect(begun).toMatchObject({ already: false, session: { plannedEnd: null, onBreak: null } })
  expect(begun.kinds.map(({ label, minutes }) => [label, minutes])).toEqual([
    ['Lunch', 30],
    ['Short break', 10],
    ['Training', 60],
  ])
  await desk.travel('180 min')
  expect(await work.pause('nora')).toMatchObject({
    already: false,
    session: { id: begun.session?.id, onBreak: { kind: 'lunch', label: 'Lunch', allowedMinutes: 30 } },
  })
  await desk.travel('35 min')
  expect(await work.back('nora')).toMatchObject({ already: false, session: { onBreak: null } })
  await desk.travel('240 min')
  expect(await work.out('nora')).toMatchObject({ already: false, session: null, last: { how: 'self', by: null } })
  const [session, ...others] = await work.sessionsOf('nora')
  expect(others).toEqual([])
  expect(session && minutesOf(session)).toBe(455)
  expect(session?.breaks.map(minutesOf)).toEqual([35])
  const ended = (await desk.events('break.ended')).at(-1)?.payload as { seconds: number; allowedSeconds: number }
  expect(Math.round(ended.seconds / 60)).toBe(35)
  expect(ended.allowedSeconds).toBe(1_800)
})

test('two devices: logging in at the same moment makes one time of work, since the first', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => work.in('nora')))
  expect(answers.filter(({ already }) => !already)).toHaveLength(1)
  expect(new Set(answers.map(({ session }) => session?.id)).size).toBe(1)
  expect(await work.sessionsOf('nora')).toHaveLength(1)
  await desk.travel('20 min')
  const later = await work.in('nora')
  expect(later.already).toBe(true)
  expect(later.session?.since).toBe(answers[0]?.session?.since)
})

test('two devices: whoever is logged out on one is told on the other', async () => {
  await work.in('nora')
  await desk.travel('60 min')
  const both = await Promise.all([work.out('nora'), work.out('nora')])
  expect(both.map(({ already }) => already).toSorted()).toEqual([false, true])
  const { last } = await work.of('nora')
  expect(last?.how).toBe('self')
  await desk.travel('5 min')
  expect(await work.out('nora')).toMatchObject({ already: true, session: null, last: { endedAt: last?.endedAt } })
  const refusal = await refusalOf(work.pause('nora'))
  expect(refusal).toMatchObject({ status: 409, code: 'not_at_work' })
  expect(refusal.message).toMatch(/^You were logged out, \d+ \w+ \d{4}, \d\d:\d\d\. Log in first\.$/)
})

test('a break without a log-in is refused with what to do, and so is its end', async () => {
  for (const call of [work.pause('sam'), work.back('sam')])
    expect(await refusalOf(call)).toMatchObject({
      code: 'not_at_work',
      message: 'You are not logged in. Log in first.',
    })
  expect(await work.sessionsOf('sam')).toEqual([])
})

test('one break at a time: the same one goes on, another waits for its end, none that nobody offers', async () => {
  await work.in('nora')
  const begun = await Promise.all(Array.from({ length: 5 }, () => work.pause('nora')))
  expect(begun.filter(({ already }) => !already)).toHaveLength(1)
  expect((await work.lastOf('nora')).breaks).toHaveLength(1)
  expect((await refusalOf(work.pause('nora', 'short'))).message).toContain('(Lunch). End it first.')
  expect(await work.back('nora')).toMatchObject({ already: false })
  expect(await work.back('nora')).toMatchObject({ already: true })
  expect((await refusalOf(work.pause('nora', 'nap'))).message).toBe(
    'There is no such break any more. Choose one of these: Lunch, Short break, Training.',
  )
})

test('of lunch and a short break that begin at the same moment one begins', async () => {
  await work.in('nora')
  const outcomes = await Promise.allSettled([work.pause('nora', 'lunch'), work.pause('nora', 'short')])
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect((await work.lastOf('nora')).breaks).toHaveLength(1)
})

test('logging out ends the break as well, at the same moment', async () => {
  await work.in('nora')
  await work.pause('nora')
  await desk.travel('12 min')
  await work.out('nora')
  const { endedAt, breaks } = await work.lastOf('nora')
  expect(breaks.map(({ endedAt: end }) => end)).toEqual([endedAt])
})

test('logging out and in again on two devices at once leaves times that do not lie over each other', async () => {
  await work.in('nora')
  await Promise.all([
    work.out('nora'),
    work.in('nora'),
    work.pause('nora').catch(() => null),
    work.out('nora'),
    work.in('nora'),
  ])
  const sessions = await work.sessionsOf('nora')
  for (const [at, session] of sessions.entries()) {
    const next = sessions[at + 1]
    if (next) expect(session.endedAt && session.endedAt <= next.startedAt).toBe(true)
  }
  expect(sessions.filter(({ endedAt }) => endedAt === null).length).toBeLessThanOrEqual(1)
})

test('who leads sees who is at work and on which break; others are not told', async () => {
  await work.in('sam')
  await work.in('nora')
  await work.pause('nora', 'training')
  const { items } = await desk.as('vera').call(listAtWork)
  expect(items.map(({ staff, onBreak }) => [staff.name, onBreak?.label ?? null])).toEqual([
    ['Nora', 'Training'],
    ['Sam', null],
  ])
  expect((await refusalOf(desk.as('nora').call(listAtWork))).code).toBe('forbidden')
})

test('a supervisor ends somebody’s break and logs them out, with a reason, and they are told who', async () => {
  await work.in('nora')
  await work.pause('nora')
  expect(await work.end('nora', 'break')).toMatchObject({ already: false, session: { onBreak: null } })
  expect(await work.end('nora', 'break')).toMatchObject({ already: true })
  expect(await work.end('nora', 'work', 'ill')).toMatchObject({ already: false, session: null })
  expect(await work.end('nora', 'work')).toMatchObject({ already: true })
  expect((await work.of('nora')).last).toMatchObject({ how: 'supervisor', by: 'Vera' })
  expect(await work.lastOf('nora')).toMatchObject({ endedReason: 'ill', endedById: desk.staff.vera.id })
  const refusal = await refusalOf(
    desk
      .as('nora')
      .call(endForSomebody, { params: { staffId: desk.staff.sam.id }, body: { what: 'work', reason: 'ill' } }),
  )
  expect(refusal.code).toBe('forbidden')
})

test('nobody without tickets logs in: finance and who only looks on are refused', async () => {
  for (const name of ['frank', 'rhea'] as const) expect((await refusalOf(work.in(name))).code).toBe('forbidden')
})

const deactivate = (name: StaffName) => deactivateStaff(desk.ctx, desk.workspaceId, desk.staff[name].email, bySystem())
const letIn = (name: StaffName) => reactivateStaff(desk.ctx, desk.workspaceId, desk.staff[name].email, bySystem())
const role = (name: StaffName, to: StaffRole) =>
  changeRole(desk.ctx, desk.workspaceId, desk.staff[name].email, to, bySystem())

test('whoever is deactivated while at work is logged out at that moment, from their break as well', async () => {
  await work.in('sam')
  await work.pause('sam')
  await desk.travel('10 min')
  await deactivate('sam')
  const session = await work.lastOf('sam')
  expect(session).toMatchObject({ endedHow: 'left' })
  expect(minutesOf(session)).toBe(10)
  expect(session.breaks.map(({ endedAt }) => endedAt)).toEqual([session.endedAt])
  await letIn('sam')
  expect((await work.of('sam')).session).toBeNull()
})

test('deactivated at the very moment of a break or a log-in, nobody stays at work', async () => {
  for (let round = 0; round < 6; round++) {
    if (round % 2 === 0) await work.in('sam')
    await Promise.allSettled([round % 2 === 0 ? work.pause('sam') : work.in('sam'), deactivate('sam'), work.in('sam')])
    const sessions = await work.sessionsOf('sam')
    expect(sessions.filter(({ endedAt }) => endedAt === null)).toEqual([])
    expect(sessions.flatMap(({ breaks }) => breaks).filter(({ endedAt }) => endedAt === null)).toEqual([])
    await letIn('sam')
  }
})

test('a new role that works on tickets goes on; one that does not is logged out', async () => {
  await work.in('sam')
  await role('sam', 'supervisor')
  expect((await work.lastOf('sam')).endedAt).toBeNull()
  await role('sam', 'read-only')
  expect(await work.lastOf('sam')).toMatchObject({ endedHow: 'left' })
  await role('sam', 'agent')
})

test('the database itself refuses times of one person that lie over each other', async () => {
  await work.in('nora')
  await desk.travel('60 min')
  await work.out('nora')
  const { startedAt } = await work.lastOf('nora')
  const over = inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    tx.workSession.create({
      data: {
        workspaceId: desk.workspaceId,
        id: crypto.randomUUID(),
        staffId: desk.staff.nora.id,
        startedAt: new Date(startedAt.getTime() + 60_000),
        endedAt: new Date(startedAt.getTime() + 120_000),
        endedHow: 'self',
      },
    }),
  )
  await expect(over).rejects.toThrow(/work_session_apart/)
})

test('the same press with the same key is answered the same and done once', async () => {
  const key = crypto.randomUUID()
  const first = await desk.as('nora').call(logIn, { key })
  const again = await desk.as('nora').call(logIn, { key })
  expect(again).toEqual(first)
  await desk.as('nora').call(logOut)
  expect(await work.sessionsOf('nora')).toHaveLength(1)
})

test('agents are listed as on a break while they are', async () => {
  await work.in('nora')
  await work.pause('nora')
  const nora = (await desk.as('vera').call(listAgents)).items.find(({ staff }) => staff.name === 'Nora')
  expect(nora).toMatchObject({ available: true, onBreak: true })
})
