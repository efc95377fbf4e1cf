import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { deactivateStaff, inviteStaff } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import {
  getAvailabilityCard,
  listAgents,
  pressAvailability,
  setAvailability,
  takeNext,
} from '../../shared/assignment.ts'
import { claimTicket } from '../../shared/claims.ts'
import { assignTicket } from '../../shared/tickets.ts'
import { assignmentAt } from '../support/assignment-desk.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, type StaffName, startDesk } from '../support/desk.ts'
import { panelOf, textOf } from '../support/panel-hands.ts'

let desk: Desk
let at: ReturnType<typeof assignmentAt>
beforeAll(async () => {
  desk = await startDesk()
  at = assignmentAt(desk)
})
afterEach(() => at.empty())
afterAll(() => desk.stop())

const idOf = (name: StaffName) => desk.staff[name].id

test('«take next» gives what waits longest, and says so when nothing waits', async () => {
  const tickets = [await at.given(), await at.given()]
  const first = await desk.as('nora').call(takeNext)
  const second = await desk.as('nora').call(takeNext)
  expect([first.id, second.id]).toEqual(tickets.map(({ id }) => id))
  expect(first.assignee?.name).toBe('Nora')
  const nothing = await refusalOf(desk.as('nora').call(takeNext))
  expect(nothing).toMatchObject({
    code: 'nothing_waits',
    message: expect.stringContaining('No ticket waits for somebody'),
  })
})

test('what is due first is next, whoever waits longer', async () => {
  const [, urgent] = [await at.given(), await at.given()]
  const dueAt = new Date(desk.clock.now().getTime() + 60_000)
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    tx.ticket.updateMany({ where: { id: urgent.id }, data: { dueAt } }),
  )
  expect((await desk.as('nora').call(takeNext)).id).toBe(urgent.id)
})

test('ten people who press «take next» at once get ten tickets', async () => {
  const names = Array.from({ length: 10 }, (_, n) => ({ email: `agent${n}@fern.example`, sub: `9000${n}` }))
  for (const { email } of names)
    await inviteStaff(desk.ctx, desk.workspaceId, { email, name: email, role: 'agent' }, systemOf(desk.workspaceId))
  const tickets = await at.several(names.length)
  const taken = await Promise.all(
    names.map(({ email, sub }) => desk.withToken(desk.tokenOf(email, sub, 'fern.example')).call(takeNext)),
  )
  expect(new Set(taken.map(({ id }) => id)).size).toBe(10)
  expect(new Set(taken.map(({ assignee }) => assignee?.id)).size).toBe(10)
  expect(taken.map(({ id }) => id).toSorted()).toEqual(tickets.map(({ id }) => id).toSorted())
  for (const { email } of names) await deactivateStaff(desk.ctx, desk.workspaceId, email, systemOf(desk.workspaceId))
  await desk.settle()
})

test('«take next» passes over what somebody else is on, what is snoozed, and what does not fit', async () => {
  const [claimed, snoozed, german, mine] = [await at.given(), await at.given(), await at.given(), await at.given()]
  await desk.as('sam').call(claimTicket, { params: { ticketId: claimed.id }, body: {} })
  const snoozedUntil = new Date(desk.clock.now().getTime() + 3_600_000)
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    tx.ticket.updateMany({ where: { id: snoozed.id }, data: { snoozedUntil } }),
  )
  await at.tagged(german, 'lang:de')
  await at.skills('nora', { languages: ['en'] })
  expect((await desk.as('nora').call(takeNext)).id).toBe(mine.id)
  expect((await refusalOf(desk.as('nora').call(takeNext))).code).toBe('nothing_waits')
  expect((await desk.as('sam').call(takeNext)).id).toBe(claimed.id)
})

test('whoever comes second to a ticket is told who has it', async () => {
  const { id, version } = await at.given()
  const take = (name: 'nora' | 'sam') =>
    desk.as(name).call(assignTicket, { params: { ticketId: id }, body: { assigneeId: idOf(name), version } })
  const outcomes = await Promise.allSettled([take('nora'), take('sam')])
  const won = await at.ownerOf({ id })
  const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  expect(refused).toEqual([expect.objectContaining({ code: 'stale_version' })])
  expect(refused[0].message).toContain(`${won} has it now`)
})

test('everybody says it of themselves, and only who leads a team of others', async () => {
  const own = await desk
    .as('nora')
    .call(setAvailability, { params: { staffId: idOf('nora') }, body: { available: true } })
  expect(own).toMatchObject({ staff: { name: 'Nora' }, available: true, load: 0, capacity: 20 })
  const others = { params: { staffId: idOf('sam') }, body: { available: true } }
  expect((await refusalOf(desk.as('nora').call(setAvailability, others))).code).toBe('forbidden')
  const press = { query: { staff: idOf('sam'), to: 'here' as const }, body: {} }
  expect((await refusalOf(desk.as('nora').call(pressAvailability, press))).code).toBe('forbidden')
  const finance = { params: { staffId: idOf('frank') }, body: { available: true } }
  expect((await refusalOf(desk.as('vera').call(setAvailability, finance))).code).toBe('not_found')
})

test('the card of availability is pressed from Gmail, and shows a supervisor the team', async () => {
  const panel = panelOf(desk, 'nora')
  const away = await desk.as('nora').call(getAvailabilityCard)
  expect(textOf(away)).toContain('You are: Away')
  expect(textOf(away)).not.toContain('Sam')
  const here = await panel.press(away, 'I am available')
  expect(here.say).toBe('You are available')
  expect(textOf(here)).toContain('[Go away] [Go and hand back]')
  expect(textOf(await desk.as('vera').call(getAvailabilityCard))).toContain('Nora: Available · 0 of 20')
})

test('skills are kept tidy, and a language is two letters', async () => {
  await at.skills('nora', { categories: ['  Billing ', 'billing'], tags: ['Big Spender'], languages: ['DE'] })
  const { items } = await desk.as('rhea').call(listAgents)
  expect(items.find(({ staff }) => staff.name === 'Nora')?.skills).toEqual({
    capacity: null,
    categories: ['billing'],
    languages: ['de'],
    tags: ['big-spender'],
  })
  expect(textOf(await desk.as('nora').call(getAvailabilityCard))).toContain('You take: Billing · in de')
  expect((await refusalOf(at.skills('nora', { languages: ['german'] }))).message).toContain('two letters')
  expect((await refusalOf(at.skills('nora', { categories: ['bilings'] }))).message).toBe(
    'There is no category «bilings». Choose from order, product, billing, technical, other.',
  )
})
