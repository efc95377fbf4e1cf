import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { giveTickets } from '../../backend/features/assignment/giving.ts'
import { deactivateStaff, inviteStaff, reactivateStaff } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import {
  type AssignmentMode,
  getAvailabilityCard,
  listAgents,
  pressAvailability,
  setAvailability,
  takeNext,
  writeAssignmentSettings,
  writeSkills,
} from '../../shared/assignment.ts'
import { claimTicket } from '../../shared/claims.ts'
import {
  assignTicket,
  categoriseTicket,
  createTicket,
  getTicket,
  moveTicket,
  type TicketCardView,
  tagTicket,
} from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, type StaffName, startDesk } from '../support/desk.ts'
import { panelOf, textOf } from '../support/panel-hands.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

/** Nobody is available, nothing is open, and nothing is given by itself: each test begins with an empty desk. */
afterEach(async () => {
  await mode('off')
  for (const name of ['nora', 'sam', 'vera', 'ada'] as const) await say(name, false)
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.ticket.updateMany({ data: { status: 'closed' } }))
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.agentProfile.deleteMany({}))
})

let mails = 0
/** A mail that somebody made a ticket of; each of another customer unless said. */
const given = (from = `customer${++mails}@home.example`): Promise<TicketCardView> =>
  desk.as('vera').call(createTicket, {
    body: {
      messageId: `<mail${++mails}@home.example>`,
      subject: 'Jar',
      from,
      sentAt: new Date(desk.clock.now().getTime() + mails).toISOString(),
      text: '?',
    },
  })

const mode = (chosen: AssignmentMode, more: { capacity?: number; sameAgent?: boolean } = {}) =>
  desk.as('ada').call(writeAssignmentSettings, { body: { mode: chosen, capacity: 20, sameAgent: false, ...more } })

const idOf = (name: StaffName) => desk.staff[name].id

const say = (name: StaffName, available: boolean, handBack = false) =>
  desk.as('vera').call(setAvailability, { params: { staffId: idOf(name) }, body: { available, handBack } })

const skills = (
  name: StaffName,
  what: Partial<Record<'categories' | 'languages' | 'tags', string[]>>,
  capacity: number | null = null,
) =>
  desk.as('vera').call(writeSkills, {
    params: { staffId: idOf(name) },
    body: { capacity, categories: [], languages: [], tags: [], ...what },
  })

const cardOf = ({ id }: { id: string }, who: StaffName = 'vera') =>
  desk.as(who).call(getTicket, { params: { ticketId: id } })

const ownerOf = async (ticket: { id: string }): Promise<string | null> => (await cardOf(ticket)).assignee?.name ?? null

const ownersOf = async (tickets: readonly { id: string }[]): Promise<(string | null)[]> => {
  const owners: (string | null)[] = []
  for (const ticket of tickets) owners.push(await ownerOf(ticket))
  return owners
}

const saidOn = async (ticket: { id: string }, who: StaffName): Promise<string> => {
  const { sections } = await cardOf(ticket, who)
  return textOf({ title: '', subtitle: null, sections, say: null })
}

const tagged = (ticket: { id: string }, ...add: string[]) =>
  desk.as('vera').call(tagTicket, { params: { ticketId: ticket.id }, body: { add } })

const categorised = async ({ id, version }: TicketCardView, category: string) =>
  desk.as('vera').call(categoriseTicket, { params: { ticketId: id }, body: { category, version } })

/** So many mails, one after another. @param each what happens after each of them */
async function several(times: number, each = async () => {}, from?: string): Promise<TicketCardView[]> {
  const tickets: TicketCardView[] = []
  for (let time = 0; time < times; time++) {
    tickets.push(await given(from))
    await each()
  }
  return tickets
}

test('«take next» gives what waits longest, and says so when nothing waits', async () => {
  const tickets = [await given(), await given()]
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
  const [, urgent] = [await given(), await given()]
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
  const tickets = await several(names.length)
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
  const [claimed, snoozed, german, mine] = [await given(), await given(), await given(), await given()]
  await desk.as('sam').call(claimTicket, { params: { ticketId: claimed.id }, body: {} })
  const snoozedUntil = new Date(desk.clock.now().getTime() + 3_600_000)
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    tx.ticket.updateMany({ where: { id: snoozed.id }, data: { snoozedUntil } }),
  )
  await tagged(german, 'lang:de')
  await skills('nora', { languages: ['en'] })
  expect((await desk.as('nora').call(takeNext)).id).toBe(mine.id)
  expect((await refusalOf(desk.as('nora').call(takeNext))).code).toBe('nothing_waits')
  expect((await desk.as('sam').call(takeNext)).id).toBe(claimed.id)
})

test('whoever comes second to a ticket is told who has it', async () => {
  const { id, version } = await given()
  const take = (name: 'nora' | 'sam') =>
    desk.as(name).call(assignTicket, { params: { ticketId: id }, body: { assigneeId: idOf(name), version } })
  const outcomes = await Promise.allSettled([take('nora'), take('sam')])
  const won = await ownerOf({ id })
  const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  expect(refused).toEqual([expect.objectContaining({ code: 'stale_version' })])
  expect(refused[0].message).toContain(`${won} has it now`)
})

test('nothing is given by itself until the workspace wants it, and then what waited is given as well', async () => {
  await say('nora', true)
  const waited = await given()
  await desk.settle()
  expect(await ownerOf(waited)).toBeNull()
  await mode('round_robin')
  await desk.settle()
  expect(await ownerOf(waited)).toBe('Nora')
})

test('in turn: each who is available gets the next one, and nobody who is away', async () => {
  await mode('round_robin')
  await say('nora', true)
  await say('sam', true)
  await say('vera', false)
  const tickets = await several(4, () => desk.settle())
  const owners = await ownersOf(tickets)
  expect(owners.slice(0, 2).toSorted()).toEqual(['Nora', 'Sam'])
  expect(owners.slice(2)).toEqual(owners.slice(0, 2))
  expect(await saidOn(tickets[0] ?? { id: '' }, owners[0] === 'Nora' ? 'nora' : 'sam')).toContain(
    'Given to you: in turn.',
  )
  expect(await saidOn(tickets[0] ?? { id: '' }, 'vera')).toContain(`Given to ${owners[0]}: in turn.`)
})

test('many at once are given in turn as well', async () => {
  await mode('round_robin')
  const tickets = await several(6)
  await say('nora', true)
  await say('sam', true)
  await desk.settle()
  const owners = await ownersOf(tickets)
  expect(owners.filter((name) => name === 'Nora')).toHaveLength(3)
  expect(owners.filter((name) => name === 'Sam')).toHaveLength(3)
})

test('fewest tickets: whoever has less to answer gets the next one', async () => {
  await several(3, async () => void (await desk.as('nora').call(takeNext)))
  await mode('least_loaded')
  await say('nora', true)
  await say('sam', true)
  const tickets = await several(3)
  await desk.settle()
  expect(await ownersOf(tickets)).toEqual(['Sam', 'Sam', 'Sam'])
})

test('skills: German goes to who takes German, a special tag to who lists it, and the best fit wins', async () => {
  await mode('by_skill')
  await skills('nora', { languages: ['de'], categories: ['billing'] })
  await skills('sam', { tags: ['vip'] })
  const [german, english, vip, billing] = [await given(), await given(), await given(), await given()]
  await tagged(german, 'lang:de')
  await tagged(english, 'lang:en')
  await tagged(vip, 'vip')
  await categorised(await cardOf(billing), 'Billing')
  await say('nora', true)
  await say('sam', true)
  await desk.settle()
  expect(await ownersOf([german, english, vip, billing])).toEqual(['Nora', 'Sam', 'Sam', 'Nora'])
  expect(await saidOn(billing, 'nora')).toContain('Given to you: skills.')
})

test('whom nobody fits stays with nobody, the card says why, and it is given when somebody comes who does', async () => {
  await mode('round_robin')
  const ticket = await given()
  await desk.settle()
  expect(await saidOn(ticket, 'nora')).toContain('Nobody is available. It is given to the first who is.')
  await tagged(ticket, 'lang:fr')
  await skills('nora', { languages: ['de'] })
  await say('nora', true)
  await desk.settle()
  expect(await ownerOf(ticket)).toBeNull()
  expect(await saidOn(ticket, 'nora')).toContain('Nobody who is available takes such tickets.')
  await skills('sam', { languages: ['fr'] })
  await say('sam', true)
  await desk.settle()
  expect(await ownerOf(ticket)).toBe('Sam')
})

test('nobody is given more than they take, and an answer makes room', async () => {
  await mode('round_robin', { capacity: 2 })
  await skills('sam', {}, 1)
  await say('nora', true)
  await say('sam', true)
  const tickets = await several(4)
  await desk.settle()
  const owners = await ownersOf(tickets)
  expect(owners.toSorted()).toEqual(['Nora', 'Nora', 'Sam', null].toSorted())
  const [left] = tickets.filter((_, at) => owners[at] === null)
  expect(await saidOn(left ?? { id: '' }, 'vera')).toContain('has as many as they take')
  const done = tickets[owners.indexOf('Sam')]
  const { version } = await cardOf(done ?? { id: '' })
  await desk.as('sam').call(moveTicket, { params: { ticketId: done?.id ?? '' }, body: { status: 'solved', version } })
  await say('nora', true) // any reason to look again; the tick of each minute is another
  await desk.settle()
  expect(await ownerOf(left ?? { id: '' })).toBe('Sam')
})

test('a customer who comes back gets who had their last ticket, unless that is long ago or they are away', async () => {
  const first = await given('grace@home.example')
  await desk.as('sam').call(takeNext)
  await desk.as('sam').call(moveTicket, {
    params: { ticketId: first.id },
    body: { status: 'closed', version: (await cardOf(first)).version },
  })
  await mode('round_robin', { sameAgent: true })
  await say('nora', true)
  await say('sam', true)
  const tickets = await several(2, () => desk.settle(), 'grace@home.example')
  expect(await ownersOf(tickets)).toEqual(['Sam', 'Sam'])
  expect(await saidOn(tickets[0] ?? { id: '' }, 'sam')).toContain('Given to you: had this customer’s last ticket.')
  await say('sam', false)
  const third = await given('grace@home.example')
  await desk.settle()
  expect(await ownerOf(third)).toBe('Nora')
})

test('whoever goes hands back what waits, which others get; what waits for the customer stays theirs', async () => {
  const [waits, pending] = [await given(), await given()]
  for (const ticket of [waits, pending]) {
    const { version } = await cardOf(ticket)
    await desk
      .as('nora')
      .call(assignTicket, { params: { ticketId: ticket.id }, body: { assigneeId: idOf('nora'), version } })
  }
  const { version } = await cardOf(pending)
  await desk.as('nora').call(moveTicket, { params: { ticketId: pending.id }, body: { status: 'pending', version } })
  await mode('round_robin')
  await say('nora', true)
  await say('sam', true)
  await desk
    .as('nora')
    .call(setAvailability, { params: { staffId: idOf('nora') }, body: { available: false, handBack: true } })
  await desk.settle()
  expect(await ownersOf([waits, pending])).toEqual(['Sam', 'Nora'])
})

test('what somebody is on is given to nobody meanwhile, and afterwards it is', async () => {
  await mode('round_robin')
  const ticket = await given()
  await desk.as('sam').call(claimTicket, { params: { ticketId: ticket.id }, body: {} })
  await say('nora', true)
  await desk.settle()
  expect(await ownerOf(ticket)).toBeNull()
  await desk.travel('11 min')
  await say('nora', true)
  await desk.settle()
  expect(await ownerOf(ticket)).toBe('Nora')
})

test('what somebody at work puts back by hand stays with nobody', async () => {
  await mode('round_robin')
  await say('nora', true)
  const ticket = await given()
  await desk.settle()
  const { version } = await cardOf(ticket)
  await desk.as('nora').call(assignTicket, { params: { ticketId: ticket.id }, body: { assigneeId: null, version } })
  await desk.settle()
  expect(await ownerOf(ticket)).toBeNull()
})

test('a ticket that somebody takes by hand says no longer why it was given', async () => {
  await mode('round_robin')
  await say('nora', true)
  const ticket = await given()
  await desk.settle()
  const { version } = await cardOf(ticket)
  await desk
    .as('sam')
    .call(assignTicket, { params: { ticketId: ticket.id }, body: { assigneeId: idOf('sam'), version } })
  expect(await saidOn(ticket, 'sam')).not.toContain('Given to')
})

test('work of who leaves goes to the others, also while it is being given', async () => {
  await mode('round_robin')
  await say('nora', true)
  await say('sam', true)
  const tickets = await several(12)
  await Promise.all([
    desk.settle(),
    deactivateStaff(desk.ctx, desk.workspaceId, desk.staff.sam.email, systemOf(desk.workspaceId)),
  ])
  await desk.settle()
  expect(new Set(await ownersOf(tickets))).toEqual(new Set(['Nora']))
  await reactivateStaff(desk.ctx, desk.workspaceId, desk.staff.sam.email, systemOf(desk.workspaceId))
})

test('a ticket has one owner, whoever takes it while it is given', async () => {
  await mode('round_robin')
  const tickets = await several(8)
  await say('nora', true)
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
  const owners = await ownersOf(tickets)
  expect(owners).toEqual(tickets.map(({ id }) => (mine.includes(id) ? 'Sam' : 'Nora')))
  const assigned = (await desk.events('ticket.assigned')).filter(({ ticketId }) =>
    tickets.some(({ id }) => id === ticketId),
  )
  expect(assigned).toHaveLength(8)
})

test('several workers that give at the same moment give each ticket once, and nobody too much', async () => {
  await mode('least_loaded', { capacity: 3 })
  const tickets = await several(8)
  await say('nora', true)
  await say('sam', true)
  await Promise.all([1, 2, 3].map(() => giveTickets(desk.ctx, desk.workspaceId)))
  const owners = await ownersOf(tickets)
  expect(owners.map(String).toSorted()).toEqual(['Nora', 'Nora', 'Nora', 'Sam', 'Sam', 'Sam', 'null', 'null'])
  await desk.settle()
  const assigned = (await desk.events('ticket.assigned')).filter(({ ticketId }) =>
    tickets.some(({ id }) => id === ticketId),
  )
  expect(assigned).toHaveLength(6)
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
  await skills('nora', { categories: ['  Billing ', 'billing'], tags: ['Big Spender'], languages: ['DE'] })
  const { items } = await desk.as('rhea').call(listAgents)
  expect(items.find(({ staff }) => staff.name === 'Nora')?.skills).toEqual({
    capacity: null,
    categories: ['billing'],
    languages: ['de'],
    tags: ['big-spender'],
  })
  expect((await refusalOf(skills('nora', { languages: ['german'] }))).message).toContain('two letters')
})
