import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { settleLeft } from '../../backend/features/handover/index.ts'
import { changeRole, deactivateStaff, inviteStaff, reactivateStaff } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { handOver, listLeftTickets } from '../../shared/handover.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { handoversAt } from '../support/handover-desk.ts'
import { noticesTo } from '../support/notice-mail.ts'
import { pageReader } from '../support/page-reader.ts'
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

test('what somebody leaves is shown to who leads, with since when, and told once', async () => {
  const [mine, claimed] = [await hands.owned('nora'), await hands.ticket()]
  await work.in('nora')
  await hands.claim('nora', claimed)
  const told = noticesTo(desk, 'vera').length
  await work.out('nora')
  const { endedAt } = await work.lastOf('nora')
  await desk.settle()
  expect(noticesTo(desk, 'vera').slice(told)).toEqual([
    expect.objectContaining({
      subject: 'Nora left 2 tickets open',
      text: expect.stringContaining('/desk/handover/left'),
    }),
  ])
  await desk.travel('3 h')
  const { items } = await desk.as('vera').call(listLeftTickets)
  expect(items.map(({ number, since, staff }) => [number, since, staff.name]).toSorted()).toEqual(
    [mine, claimed].map(({ number }) => [number, endedAt?.toISOString(), 'Nora']).toSorted(),
  )
  expect((await refusalOf(desk.as('sam').call(listLeftTickets))).code).toBe('forbidden')
})

test('a supervisor gives it to somebody who is at work, without a line if they like, and it leaves the list', async () => {
  const [ticket, claimed] = [await hands.owned('nora'), await hands.ticket()]
  await work.in('nora')
  await hands.claim('nora', claimed)
  await hands.remind('nora', ticket)
  await work.out('nora')
  await work.in('sam')
  await desk.travel('30 min')
  await hands.hand('vera', { tickets: [ticket, claimed], to: 'sam', from: 'nora', word: '' })
  expect(await hands.leftBy('nora')).toEqual([])
  expect([await hands.ownerOf(ticket), await hands.ownerOf(claimed)]).toEqual(['Sam', 'Sam'])
  expect(await hands.remindersOf('sam', ticket)).toHaveLength(1)
  await desk.settle()
  expect(noticesTo(desk, 'sam').at(-1)?.text).toContain('Vera gave you what Nora left:')
})

test('of what the only supervisor leaves the admins are told; who gives something to themselves is told nothing', async () => {
  const ticket = await hands.owned('vera')
  await work.in('vera')
  const told = { vera: noticesTo(desk, 'vera').length, ada: noticesTo(desk, 'ada').length }
  const since = (name: 'vera' | 'ada') => noticesTo(desk, name).slice(told[name])
  await work.out('vera')
  await desk.settle()
  expect(since('ada').map(({ subject }) => subject)).toEqual(['Vera left 1 ticket open'])
  await work.in('ada')
  told.ada = noticesTo(desk, 'ada').length
  await desk.as('ada').call(handOver, {
    body: { ticketIds: [ticket.id], toId: desk.staff.ada.id, fromId: desk.staff.vera.id },
  })
  await desk.settle()
  expect(await hands.ownerOf(ticket)).toBe('Ada')
  expect([since('vera'), since('ada')]).toEqual([[], []])
})

test('whoever is back looks after their own again; who leaves once more leaves it again', async () => {
  const ticket = await hands.owned('nora')
  await work.in('nora')
  await work.out('nora')
  expect(await hands.leftBy('nora')).toEqual([ticket.number])
  await work.in('nora')
  expect(await hands.leftBy('nora')).toEqual([])
  await desk.travel('5 min')
  await work.out('nora')
  expect(await hands.leftBy('nora')).toEqual([ticket.number])
})

test('a forgotten log-out leaves its work behind from the end of the shift on', async () => {
  const ticket = await hands.owned('nora', 20 * 60)
  const shift = await work.planned('nora', -60, 60)
  await work.in('nora')
  await desk.travel('2 h')
  await work.tick()
  const { items } = await desk.as('vera').call(listLeftTickets)
  expect(items).toMatchObject([{ number: ticket.number, since: shift.endsAt.toISOString() }])
})

test('whoever is sent away while at work leaves tickets, claims and reminders for others to go on with', async () => {
  const [ticket, claimed, reminded] = [await hands.owned('sam'), await hands.ticket(), await hands.owned('vera')]
  await work.in('sam')
  await hands.claim('sam', claimed)
  await hands.remind('sam', reminded)
  await deactivateStaff(desk.ctx, desk.workspaceId, desk.staff.sam.email, systemOf(desk.workspaceId))
  await desk.settle()
  const numbers = [ticket, claimed, reminded].map(({ number }) => number)
  expect((await hands.leftBy('sam')).toSorted()).toEqual(numbers.toSorted())
  await work.in('nora')
  await hands.hand('vera', { tickets: [ticket, claimed, reminded], to: 'nora', from: 'sam' })
  expect(await hands.remindersOf('nora', reminded)).toHaveLength(1)
  expect([await hands.ownerOf(ticket), await hands.ownerOf(reminded)]).toEqual(['Nora', 'Vera'])
  expect(await hands.leftBy('sam')).toEqual([])
  await reactivateStaff(desk.ctx, desk.workspaceId, desk.staff.sam.email, systemOf(desk.workspaceId))
})

test('whoever is sent away while they are not at work leaves all of it too, also what could have waited for them, told once', async () => {
  const [ticket, claimed, later, far] = [
    await hands.owned('sam'),
    await hands.ticket(),
    await hands.owned('vera'),
    await hands.owned('sam', 9 * 24 * 60),
  ]
  await hands.claim('sam', claimed)
  await hands.remind('sam', later, 5 * 24 * 60)
  const told = noticesTo(desk, 'vera').length
  await deactivateStaff(desk.ctx, desk.workspaceId, desk.staff.sam.email, systemOf(desk.workspaceId))
  await desk.settle()
  const numbers = [ticket, claimed, later, far].map(({ number }) => number)
  expect((await hands.leftBy('sam')).toSorted()).toEqual(numbers.toSorted())
  const subjects = noticesTo(desk, 'vera').slice(told)
  expect(subjects.map(({ subject }) => subject)).toEqual(['Sam left 4 tickets open'])
  await work.in('nora')
  await hands.hand('vera', { tickets: [later, far], to: 'nora', from: 'sam' })
  expect(await hands.remindersOf('nora', later)).toEqual(['Call her'])
  expect(await hands.ownerOf(far)).toBe('Nora')
  await reactivateStaff(desk.ctx, desk.workspaceId, desk.staff.sam.email, systemOf(desk.workspaceId))
})

test('whoever gets a role that works on no tickets leaves what they held at the end of their shift, and the rest', async () => {
  const [soon, far] = [await hands.owned('sam'), await hands.ticket()]
  await hands.remind('sam', far, 5 * 24 * 60)
  await work.in('sam')
  await work.out('sam')
  expect(await hands.leftBy('sam')).toEqual([soon.number])
  const told = (await desk.events('work.left_open')).length
  await changeRole(desk.ctx, desk.workspaceId, desk.staff.sam.email, 'finance', systemOf(desk.workspaceId))
  await desk.settle()
  expect((await hands.leftBy('sam')).toSorted()).toEqual([soon.number, far.number].toSorted())
  const events = (await desk.events('work.left_open')).slice(told)
  expect(events.map(({ payload }) => payload)).toEqual([expect.objectContaining({ sessionId: null, tickets: 1 })])
  await changeRole(desk.ctx, desk.workspaceId, desk.staff.sam.email, 'agent', systemOf(desk.workspaceId))
})

test('a supervisor who has the name of whoever left is told apart from them', async () => {
  const ticket = await hands.owned('nora')
  await work.in('nora')
  await work.out('nora')
  await work.in('sam')
  const { workspaceId } = desk
  const other = { email: 'nora.lead@fern.example', name: 'Nora', role: 'supervisor' } as const
  await inviteStaff(desk.ctx, workspaceId, other, systemOf(workspaceId))
  const lead = desk.withToken(desk.tokenOf(other.email, '9002', 'fern.example'))
  const body = { ticketIds: [ticket.id], toId: desk.staff.sam.id, fromId: desk.staff.nora.id, word: '' }
  await lead.call(handOver, { body })
  await desk.settle()
  expect(noticesTo(desk, 'sam').at(-1)?.text).toContain('Nora gave you what Nora left:')
  await deactivateStaff(desk.ctx, workspaceId, other.email, systemOf(workspaceId))
})

test('what many people left is read page by page, each once, and given from any of them', async () => {
  const tickets = await Promise.all(Array.from({ length: 5 }, () => hands.ticket()))
  const { workspaceId } = desk
  const rows = Object.values(desk.staff).flatMap(({ id: staffId }, person) =>
    tickets.map(({ id: ticketId }) => ({ workspaceId, staffId, ticketId, leftAt: after(-person) })),
  )
  await inWorkspace(desk.ctx, workspaceId, (tx) => tx.leftTicket.createMany({ data: rows }))
  const read: string[] = []
  const sizes: number[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query = { limit: 12, ...(cursor && { cursor }) }
    const { items, next } = await desk.as('vera').call(listLeftTickets, { query })
    read.push(...items.map(({ since, number, staff }) => `${since} ${number} ${staff.id}`))
    sizes.push(items.length)
    cursor = next
  }
  expect(sizes).toEqual([12, 12, 6])
  expect(new Set(read).size).toBe(30)
  expect(read.map((line) => line.split(' ')[0])).toEqual(read.map((line) => line.split(' ')[0]).toSorted())

  await work.in('sam')
  const vera = pageReader(desk, 'vera')
  await vera.open('/desk/handover/left')
  await vera.follow('More')
  await vera.press(/^Give/, { to: desk.staff.sam.id })
  expect(vera.words()).toContain('Given.')
  expect(await Promise.all(tickets.map(hands.ownerOf))).toContain('Sam')
})

const after = (minutes: number): Date => new Date(desk.clock.now().getTime() + minutes * 60_000)

test('what is over, or somebody took by themselves, is on the list no more, and settled within the hour', async () => {
  const [solved, taken, stays] = [await hands.owned('nora'), await hands.owned('nora'), await hands.owned('nora')]
  await work.in('nora')
  await work.out('nora')
  await hands.solve('vera', solved)
  await hands.give(taken, 'vera')
  expect(await hands.leftBy('nora')).toEqual([stays.number])
  await settleLeft.perform(desk.ctx, desk.workspaceId, {})
  const rows = await inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.leftTicket.findMany({}), { reads: true })
  const howOf = (ticket: { id: string }) => rows.find(({ ticketId }) => ticketId === ticket.id)?.settledHow
  expect([solved, taken, stays].map(howOf)).toEqual(['over', 'over', null])
})
