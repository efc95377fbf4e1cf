import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { giveTickets } from '../../backend/features/assignment/giving.ts'
import { beginBreakIn } from '../../backend/features/workforce/breaks/taking.ts'
import { logOutIn } from '../../backend/features/workforce/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { setAvailability } from '../../shared/assignment.ts'
import { assignTicket } from '../../shared/tickets.ts'
import { assignmentAt } from '../support/assignment-desk.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, type StaffName, startDesk } from '../support/desk.ts'
import { everyDay, shiftsAt } from '../support/shift-desk.ts'
import { until } from '../support/until.ts'
import { workAt } from '../support/work-desk.ts'

let desk: Desk
let work: ReturnType<typeof workAt>
let at: ReturnType<typeof assignmentAt>
let owner: pg.Client
beforeAll(async () => {
  desk = await startDesk()
  work = workAt(desk)
  at = assignmentAt(desk)
  owner = new pg.Client({ connectionString: desk.database.ownerUrl })
  await owner.connect()
})
afterEach(async () => {
  await work.empty()
  await at.empty()
})
afterAll(async () => {
  await owner.end()
  await desk.stop()
})

const say = (name: StaffName, available: boolean, who: StaffName = name) =>
  desk.as(who).call(setAvailability, { params: { staffId: desk.staff[name].id }, body: { available } })

const someoneWaits = (what: string) =>
  until(what, async () => {
    const { rowCount } = await owner.query(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    )
    return rowCount !== 0
  })

const ownerOfNew = async (): Promise<string | null> => {
  const ticket = await at.given()
  await desk.settle()
  return at.ownerOf(ticket)
}

test('whoever logs in is given tickets, on a break nobody is, and back again they are', async () => {
  await at.mode('round_robin')
  expect(await ownerOfNew()).toBeNull()
  const waited = await at.given()
  await work.in('nora')
  await desk.settle()
  expect(await at.ownerOf(waited)).toBe('Nora')
  await work.pause('nora')
  const meanwhile = await at.given()
  await desk.settle()
  expect(await at.ownerOf(meanwhile)).toBeNull()
  expect(await at.saidOn(meanwhile, 'vera')).toContain('Nobody is available.')
  await work.back('nora')
  await desk.settle()
  expect(await at.ownerOf(meanwhile)).toBe('Nora')
  await work.out('nora')
  expect(await ownerOfNew()).toBeNull()
})

test('«away» that somebody said themselves outlives a break, until they log in anew', async () => {
  await at.mode('round_robin')
  await work.in('nora')
  await say('nora', false)
  await work.pause('nora')
  await work.back('nora')
  expect(await ownerOfNew()).toBeNull()
  await work.out('nora')
  await work.in('nora')
  expect(await ownerOfNew()).toBe('Nora')
})

test('available said on a break counts when it is over', async () => {
  await at.mode('round_robin')
  await work.in('nora')
  await say('nora', false)
  await work.pause('nora')
  await say('nora', true)
  expect(await ownerOfNew()).toBeNull()
  await work.back('nora')
  await desk.settle()
  expect(await ownerOfNew()).toBe('Nora')
})

test('a forgotten log-out and a log-out by a supervisor end it, too', async () => {
  await at.mode('round_robin')
  await work.in('nora')
  await work.in('sam')
  await work.end('sam', 'work')
  await desk.travel('13 h')
  await work.tick()
  expect(await ownerOfNew()).toBeNull()
})

test('whoever works by a plan is given nothing off shift, logged in or not, and from the begin of a shift on they are', async () => {
  await at.mode('round_robin')
  await work.planned('nora', 30, 90)
  await work.in('nora')
  const early = await at.given()
  await desk.settle()
  expect(await at.ownerOf(early)).toBeNull()
  expect((await at.standingOf('nora')).offShift).toBe(true)
  await desk.travel('31 min')
  await giveTickets(desk.ctx, desk.workspaceId) // as each minute
  expect(await at.ownerOf(early)).toBe('Nora')
  await desk.travel('60 min')
  expect(await ownerOfNew()).toBeNull()
})

test('leave or a cancelled shift is no shift; who has no plan at all is given tickets as soon as they are there', async () => {
  await at.mode('round_robin')
  const { id } = await work.planned('nora', -60, 60)
  await work.in('nora')
  expect(await ownerOfNew()).toBe('Nora')
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    tx.shift.update({
      where: { workspaceId_id: { workspaceId: desk.workspaceId, id } },
      data: { cancelled: 'leave' },
    }),
  )
  expect(await ownerOfNew()).toBeNull()
  await work.in('sam')
  expect(await ownerOfNew()).toBe('Sam')
})

test('nobody is given tickets on their leave, also when its shifts were never written out', async () => {
  const shifts = shiftsAt(desk)
  await at.mode('round_robin')
  await shifts.leave('nora', -20, 20)
  const template = await shifts.template('Day and night', everyDay('00:00-00:00'))
  await shifts.give(template.id, ['nora'], 0)
  await say('nora', true)
  expect(await ownerOfNew()).toBeNull()
  expect((await at.standingOf('nora')).offShift).toBe(true)
  await desk.travel('21 days')
  expect(await ownerOfNew()).toBe('Nora')
  await work.empty()
  await shifts.empty()
})

test('where nobody logs in everything is as before', async () => {
  await at.mode('round_robin')
  await say('nora', true)
  expect(await ownerOfNew()).toBe('Nora')
  await say('nora', false)
  expect(await ownerOfNew()).toBeNull()
})

test('where tickets need a log-in, whoever is not logged in is sent home, and cannot say otherwise', async () => {
  await at.mode('round_robin')
  await say('nora', true)
  await work.in('sam')
  await work.settings({ required: true })
  expect(await ownerOfNew()).toBe('Sam')
  expect(await refusalOf(say('nora', true))).toMatchObject({
    code: 'not_at_work',
    message: 'You are not logged in. Log in first: that makes you available.',
  })
  expect((await refusalOf(say('nora', true, 'vera'))).message).toContain('Nora is not logged in.')
  await work.out('sam')
  await work.in('nora')
  expect(await ownerOfNew()).toBe('Nora')
})

test('what somebody leaves behind on a break is given to somebody else', async () => {
  await at.mode('round_robin')
  await work.in('nora')
  const ticket = await at.given()
  await desk.settle()
  await work.pause('nora')
  await work.in('sam')
  const { version } = await at.cardOf(ticket)
  await desk.as('vera').call(assignTicket, { params: { ticketId: ticket.id }, body: { assigneeId: null, version } })
  await desk.settle()
  expect(await at.ownerOf(ticket)).toBe('Sam')
})

test('two devices: «available» on one while the other logs out does not outlive the log-out, where tickets need a log-in', async () => {
  await at.mode('round_robin')
  await work.settings({ required: true })
  await work.in('nora')
  const { promise: gone, resolve: hasGone } = Promise.withResolvers<void>()
  const { promise: released, resolve: letGo } = Promise.withResolvers<void>()
  const leaving = inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    await logOutIn(tx, desk.staff.nora.id, systemOf(desk.workspaceId))
    hasGone()
    await released
  })
  await gone
  const said = refusalOf(say('nora', true))
  await someoneWaits('whoever says available to wait for the log-out')
  letGo()
  await leaving
  expect((await said).code).toBe('not_at_work')
  expect((await at.standingOf('nora')).available).toBe(false)
})

test('nobody is given a ticket after their break began: who gives waits for a break that begins', async () => {
  await at.mode('round_robin')
  await work.in('nora')
  await desk.settle()
  const ticket = await at.given()
  const { promise: begun, resolve: hasBegun } = Promise.withResolvers<void>()
  const { promise: released, resolve: letGo } = Promise.withResolvers<void>()
  const pausing = inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    await beginBreakIn(tx, desk.staff.nora.id, 'lunch', systemOf(desk.workspaceId))
    hasBegun()
    await released
  })
  await begun
  const giving = giveTickets(desk.ctx, desk.workspaceId)
  await someoneWaits('who gives to wait for the break')
  letGo()
  await Promise.all([pausing, giving])
  expect(await at.ownerOf(ticket)).toBeNull()
})
