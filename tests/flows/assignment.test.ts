import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { giveTickets } from '../../backend/features/assignment/giving.ts'
import { deactivateStaff, reactivateStaff } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { setAvailability, takeNext } from '../../shared/assignment.ts'
import { claimTicket } from '../../shared/claims.ts'
import { assignTicket, categoriseTicket, moveTicket, type TicketCardView } from '../../shared/tickets.ts'
import { assignmentAt } from '../support/assignment-desk.ts'
import { type Desk, type StaffName, startDesk } from '../support/desk.ts'

let desk: Desk
let at: ReturnType<typeof assignmentAt>
beforeAll(async () => {
  desk = await startDesk()
  at = assignmentAt(desk)
})
afterEach(() => at.empty())
afterAll(() => desk.stop())

const idOf = (name: StaffName) => desk.staff[name].id

const categorised = ({ id, version }: TicketCardView, category: string) =>
  desk.as('vera').call(categoriseTicket, { params: { ticketId: id }, body: { category, version } })

test('nothing is given by itself until the workspace wants it, and then what waited is given as well', async () => {
  await at.say('nora', true)
  const waited = await at.given()
  await desk.settle()
  expect(await at.ownerOf(waited)).toBeNull()
  await at.mode('round_robin')
  await desk.settle()
  expect(await at.ownerOf(waited)).toBe('Nora')
})

test('in turn: each who is available gets the next one, and nobody who is away', async () => {
  await at.mode('round_robin')
  await at.say('nora', true)
  await at.say('sam', true)
  await at.say('vera', false)
  const tickets = await at.several(4, () => desk.settle())
  const owners = await at.ownersOf(tickets)
  expect(owners.slice(0, 2).toSorted()).toEqual(['Nora', 'Sam'])
  expect(owners.slice(2)).toEqual(owners.slice(0, 2))
  expect(await at.saidOn(tickets[0] ?? { id: '' }, owners[0] === 'Nora' ? 'nora' : 'sam')).toContain(
    'Given to you: in turn.',
  )
  expect(await at.saidOn(tickets[0] ?? { id: '' }, 'vera')).toContain(`Given to ${owners[0]}: in turn.`)
})

test('many at once are given in turn as well', async () => {
  await at.mode('round_robin')
  const tickets = await at.several(6)
  await at.say('nora', true)
  await at.say('sam', true)
  await desk.settle()
  const owners = await at.ownersOf(tickets)
  expect(owners.filter((name) => name === 'Nora')).toHaveLength(3)
  expect(owners.filter((name) => name === 'Sam')).toHaveLength(3)
})

test('fewest tickets: whoever has less to answer gets the next one', async () => {
  await at.several(3, async () => void (await desk.as('nora').call(takeNext)))
  await at.mode('least_loaded')
  await at.say('nora', true)
  await at.say('sam', true)
  const tickets = await at.several(3)
  await desk.settle()
  expect(await at.ownersOf(tickets)).toEqual(['Sam', 'Sam', 'Sam'])
})

test('skills: German goes to who takes German, a special tag to who lists it, and the best fit wins', async () => {
  await at.mode('by_skill')
  await at.skills('nora', { languages: ['de'], categories: ['billing'] })
  await at.skills('sam', { tags: ['vip'] })
  const [german, english, vip, billing] = [await at.given(), await at.given(), await at.given(), await at.given()]
  await at.tagged(german, 'lang:de')
  await at.tagged(english, 'lang:en')
  await at.tagged(vip, 'vip')
  await categorised(await at.cardOf(billing), 'Billing')
  await at.say('nora', true)
  await at.say('sam', true)
  await desk.settle()
  expect(await at.ownersOf([german, english, vip, billing])).toEqual(['Nora', 'Sam', 'Sam', 'Nora'])
  expect(await at.saidOn(billing, 'nora')).toContain('Given to you: skills.')
})

test('whom nobody fits stays with nobody, the card says why, and it is given when somebody comes who does', async () => {
  await at.mode('round_robin')
  const ticket = await at.given()
  await desk.settle()
  expect(await at.saidOn(ticket, 'nora')).toContain('Nobody is available. It is given to the first who is.')
  await at.tagged(ticket, 'lang:fr')
  await at.skills('nora', { languages: ['de'] })
  await at.say('nora', true)
  await desk.settle()
  expect(await at.ownerOf(ticket)).toBeNull()
  expect(await at.saidOn(ticket, 'nora')).toContain('Nobody who is available takes such tickets.')
  await at.skills('sam', { languages: ['fr'] })
  await at.say('sam', true)
  await desk.settle()
  expect(await at.ownerOf(ticket)).toBe('Sam')
})

test('nobody is given more than they take, and an answer makes room', async () => {
  await at.mode('round_robin', { capacity: 2 })
  await at.skills('sam', {}, 1)
  await at.say('nora', true)
  await at.say('sam', true)
  const tickets = await at.several(4)
  await desk.settle()
  const owners = await at.ownersOf(tickets)
  expect(owners.toSorted()).toEqual(['Nora', 'Nora', 'Sam', null].toSorted())
  const [left] = tickets.filter((_, at) => owners[at] === null)
  expect(await at.saidOn(left ?? { id: '' }, 'vera')).toContain('has as many as they take')
  const done = tickets[owners.indexOf('Sam')]
  const { version } = await at.cardOf(done ?? { id: '' })
  await desk.as('sam').call(moveTicket, { params: { ticketId: done?.id ?? '' }, body: { status: 'solved', version } })
  await at.say('nora', true) // any reason to look again; the tick of each minute is another
  await desk.settle()
  expect(await at.ownerOf(left ?? { id: '' })).toBe('Sam')
})

test('a customer who comes back gets who had their last ticket, unless that is long ago or they are away', async () => {
  const first = await at.given('grace@home.example')
  await desk.as('sam').call(takeNext)
  await desk.as('sam').call(moveTicket, {
    params: { ticketId: first.id },
    body: { status: 'closed', version: (await at.cardOf(first)).version },
  })
  await at.mode('round_robin', { sameAgent: true })
  await at.say('nora', true)
  await at.say('sam', true)
  const tickets = await at.several(2, () => desk.settle(), 'grace@home.example')
  expect(await at.ownersOf(tickets)).toEqual(['Sam', 'Sam'])
  expect(await at.saidOn(tickets[0] ?? { id: '' }, 'sam')).toContain('Given to you: had this customer’s last ticket.')
  await at.say('sam', false)
  const third = await at.given('grace@home.example')
  await desk.settle()
  expect(await at.ownerOf(third)).toBe('Nora')
  const lastMessageAt = new Date(desk.clock.now().getTime() - 31 * 86_400_000)
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    tx.ticket.updateMany({ where: { customerId: first.customer.id }, data: { lastMessageAt } }),
  )
  const fourth = await at.given('grace@home.example')
  await desk.settle()
  expect(await at.saidOn(fourth, 'vera')).toContain('in turn.')
})

test('whoever goes hands back what waits, which others get; what waits for the customer stays theirs', async () => {
  const [waits, pending] = [await at.given(), await at.given()]
  for (const ticket of [waits, pending]) {
    const { version } = await at.cardOf(ticket)
    await desk
      .as('nora')
      .call(assignTicket, { params: { ticketId: ticket.id }, body: { assigneeId: idOf('nora'), version } })
  }
  const { version } = await at.cardOf(pending)
  await desk.as('nora').call(moveTicket, { params: { ticketId: pending.id }, body: { status: 'pending', version } })
  await at.mode('round_robin')
  await at.say('nora', true)
  await at.say('sam', true)
  await desk
    .as('nora')
    .call(setAvailability, { params: { staffId: idOf('nora') }, body: { available: false, handBack: true } })
  await desk.settle()
  expect(await at.ownersOf([waits, pending])).toEqual(['Sam', 'Nora'])
})

test('what somebody is on is given to nobody meanwhile, and afterwards it is', async () => {
  await at.mode('round_robin')
  const ticket = await at.given()
  await desk.as('sam').call(claimTicket, { params: { ticketId: ticket.id }, body: {} })
  await at.say('nora', true)
  await desk.settle()
  expect(await at.ownerOf(ticket)).toBeNull()
  await desk.travel('11 min')
  await at.say('nora', true)
  await desk.settle()
  expect(await at.ownerOf(ticket)).toBe('Nora')
})

test('what somebody at work puts back by hand stays with nobody', async () => {
  await at.mode('round_robin')
  await at.say('nora', true)
  const ticket = await at.given()
  await desk.settle()
  const { version } = await at.cardOf(ticket)
  await desk.as('nora').call(assignTicket, { params: { ticketId: ticket.id }, body: { assigneeId: null, version } })
  await desk.settle()
  expect(await at.ownerOf(ticket)).toBeNull()
})

test('a ticket that somebody takes by hand says no longer why it was given', async () => {
  await at.mode('round_robin')
  await at.say('nora', true)
  const ticket = await at.given()
  await desk.settle()
  const { version } = await at.cardOf(ticket)
  await desk
    .as('sam')
    .call(assignTicket, { params: { ticketId: ticket.id }, body: { assigneeId: idOf('sam'), version } })
  expect(await at.saidOn(ticket, 'sam')).not.toContain('Given to')
})

test('work of who leaves goes to the others, also while it is being given', async () => {
  await at.mode('round_robin')
  await at.say('nora', true)
  await at.say('sam', true)
  const tickets = await at.several(12)
  await Promise.all([
    desk.settle(),
    deactivateStaff(desk.ctx, desk.workspaceId, desk.staff.sam.email, systemOf(desk.workspaceId)),
  ])
  await desk.settle()
  expect(new Set(await at.ownersOf(tickets))).toEqual(new Set(['Nora']))
  await reactivateStaff(desk.ctx, desk.workspaceId, desk.staff.sam.email, systemOf(desk.workspaceId))
})

test('a ticket has one owner, whoever takes it while it is given', async () => {
  await at.mode('round_robin')
  const tickets = await at.several(8)
  await at.say('nora', true)
  const [, ...taken] = await Promise.all([
    desk.settle(),
    ...Array.from({ length: 4 }, () =>
      desk
        .as('sam')
        .call(takeNext)
        .catch(() => null),
    ),
  ])
  const mine = taken.flatMap((card) => (card === null ? [] : [card.id]))
  const owners = await at.ownersOf(tickets)
  expect(owners).toEqual(tickets.map(({ id }) => (mine.includes(id) ? 'Sam' : 'Nora')))
  const assigned = (await desk.events('ticket.assigned')).filter(({ ticketId }) =>
    tickets.some(({ id }) => id === ticketId),
  )
  expect(assigned).toHaveLength(8)
})

test('mails of one customer that several workers give at once go to who had the last, as many as they take, and to nobody without the skill', async () => {
  const from = 'hedy@home.example'
  const first = await at.given(from)
  await desk.as('sam').call(takeNext)
  const { version } = await at.cardOf(first)
  await desk.as('sam').call(moveTicket, { params: { ticketId: first.id }, body: { status: 'closed', version } })
  await at.mode('by_skill', { sameAgent: true })
  await at.skills('sam', {}, 2)
  await at.skills('nora', { tags: ['vip'] })
  const [special, ...tickets] = await at.several(6, undefined, from)
  await at.tagged(special ?? first, 'vip')
  await at.say('nora', true)
  await at.say('sam', true)
  await Promise.all([1, 2, 3].map(() => giveTickets(desk.ctx, desk.workspaceId)))
  await desk.settle()
  expect(await at.ownerOf(special ?? first)).toBe('Nora')
  const owners = await at.ownersOf(tickets)
  expect(owners.toSorted()).toEqual(['Nora', 'Nora', 'Nora', 'Sam', 'Sam'])
  expect(await at.saidOn(tickets[owners.indexOf('Sam')] ?? first, 'sam')).toContain('had this customer’s last ticket')
})

test('several workers that give at the same moment give each ticket once, and nobody too much', async () => {
  await at.mode('least_loaded', { capacity: 3 })
  const tickets = await at.several(8)
  await at.say('nora', true)
  await at.say('sam', true)
  await Promise.all([1, 2, 3].map(() => giveTickets(desk.ctx, desk.workspaceId)))
  const owners = await at.ownersOf(tickets)
  expect(owners.map(String).toSorted()).toEqual(['Nora', 'Nora', 'Nora', 'Sam', 'Sam', 'Sam', 'null', 'null'])
  await desk.settle()
  const assigned = (await desk.events('ticket.assigned')).filter(({ ticketId }) =>
    tickets.some(({ id }) => id === ticketId),
  )
  expect(assigned).toHaveLength(6)
})
