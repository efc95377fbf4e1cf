import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { beginTicket, listUnanswered } from '../../shared/cut-over.ts'
import { getTicket, listTickets } from '../../shared/tickets.ts'
import { mailAt } from '../support/customer-mail.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { pastAt } from '../support/past-mail.ts'
import { visitor } from '../support/visitor.ts'

let desk: Desk
let past: ReturnType<typeof pastAt>
let mail: ReturnType<typeof mailAt>
let ada: ReturnType<typeof visitor>
let path: string
beforeAll(async () => {
  desk = await startDesk()
  past = pastAt(desk)
  mail = mailAt(desk)
  ada = visitor(desk, 'ada')
  path = `/settings/mailboxes/${desk.mailbox.mailboxId}`
  await past.stood([
    { id: 'asked', days: 3, who: 'asked@home.example', subject: 'Still open' },
    { id: 'answered', days: 4, who: 'answered@home.example' },
    { id: 'answer', days: 3, who: 'answered@home.example', byTeam: true, answers: 'answered' },
    { id: 'again', days: 6, who: 'again@home.example' },
    { id: 'again2', days: 5, who: 'again@home.example', byTeam: true, answers: 'again' },
    { id: 'again3', days: 2, who: 'again@home.example', answers: 'again2' },
    { id: 'old', days: 20, who: 'old@home.example' },
    { id: 'machine', days: 1, who: 'machine@home.example', headers: { 'Auto-Submitted': 'auto-replied' } },
    ...Array.from({ length: 3 }, (_, n) => ({ id: `bulk${n}`, days: 7 + n, who: `bulk${n}@home.example` })),
  ])
  await past.start(2)
  await past.goOn()
})
afterAll(() => desk.stop())

const waiting = async () =>
  (await desk.as('vera').call(listUnanswered, { params: { mailboxId: desk.mailbox.mailboxId }, query: {} })).items.map(
    ({ customer }) => customer,
  )

const ticketOf = async (email: string) => {
  const [ticket] = await past.tickets(email)
  if (!ticket) throw new Error(`${email} has no ticket`)
  return ticket
}

const clockOf = (ticketId: string) =>
  past.read((tx) =>
    tx.slaClock.findUnique({ where: { workspaceId_ticketId: { workspaceId: tx.workspaceId, ticketId } } }),
  )

test('what the past left unanswered is listed, the newest first; what the team answered, a machine wrote or is too old is not', async () => {
  expect(await waiting()).toEqual([
    'again@home.example',
    'asked@home.example',
    'bulk0@home.example',
    'bulk1@home.example',
    'bulk2@home.example',
  ])
})

test('history has no clock and stands in no queue', async () => {
  const { id, status, queueAt } = await ticketOf('asked@home.example')
  expect([status, queueAt.getUTCFullYear(), await clockOf(id)]).toEqual(['closed', 9999, null])
  const open = await desk.as('nora').call(listTickets, { query: { view: 'open' } })
  expect(open.items).toEqual([])
})

test('one press on its card makes it a ticket whose targets count from the press; a second press changes nothing', async () => {
  const { id } = await ticketOf('asked@home.example')
  const card = await desk.as('nora').call(getTicket, { params: { ticketId: id } })
  expect(JSON.stringify(card.sections)).toContain('Unanswered when the desk took over')
  const begin = card.sections
    .flatMap(({ widgets }) => widgets)
    .flatMap((widget) => (widget.kind === 'buttons' ? widget.buttons : []))
    .find(({ label }) => label === 'Open as ticket')
  expect(begin).toMatchObject({
    off: null,
    press: { kind: 'change', method: 'POST', path: `/v1/tickets/${id}/beginning` },
  })
  await desk.as('nora').call(beginTicket, { params: { ticketId: id }, body: {} })
  await desk.settle()
  const after = await desk.as('nora').call(getTicket, { params: { ticketId: id } })
  const now = desk.clock.now().getTime()
  expect(after.status).toBe('new')
  expect(Math.abs(new Date(after.waitingSince ?? 0).getTime() - now)).toBeLessThan(60_000)
  const clock = await clockOf(id)
  expect(clock).toMatchObject({ state: 'running' })
  const due = clock?.firstDueAt?.getTime() ?? 0
  expect(due - now).toBeGreaterThan(60 * 60_000)
  expect(JSON.stringify(after.sections)).not.toContain('Unanswered when the desk took over')
  expect(await waiting()).not.toContain('asked@home.example')
  const version = after.version
  await desk.as('nora').call(beginTicket, { params: { ticketId: id }, body: {} })
  expect((await desk.as('nora').call(getTicket, { params: { ticketId: id } })).version).toBe(version)
  expect(await desk.events('ticket.begun')).toHaveLength(1)
})

test('from then on it is a ticket like all others: a reply of the customer joins it', async () => {
  const { id } = await ticketOf('asked@home.example')
  await mail.write({ from: 'asked@home.example', text: 'Hello?', inReplyTo: '<asked@past.example>' })
  expect(await ticketOf('asked@home.example')).toMatchObject({ id, messageCount: 2, status: 'new' })
})

test('all of a page are opened in one go', async () => {
  expect((await ada.open(`${path}/history`)).text).toContain('Look through 4')
  const page = await ada.open(`${path}/unanswered`)
  expect(page.text).toContain('Open all 4 on this page')
  const { id } = await ticketOf('bulk0@home.example')
  const one = await ada.send(`${path}/unanswered`, { ticket: id })
  expect(one.text).toContain('One is a ticket now.')
  expect(await waiting()).toEqual(['again@home.example', 'bulk1@home.example', 'bulk2@home.example'])
  const ids = [...(await ada.open(`${path}/unanswered`)).text.matchAll(/name="ticket" value="([^"]+)"/g)].map(
    ([, ticket = '']) => ticket,
  )
  const form = /name="form" value="([^"]+)"/.exec((await ada.open(`${path}/unanswered`)).text)?.[1] ?? ''
  const all = await ada.post(
    `${path}/unanswered`,
    new URLSearchParams([['form', form], ...[...new Set(ids)].map((ticket) => ['ticket', ticket])]),
  )
  expect(all.text).toContain('3 are tickets now.')
  expect((await ada.open(`${path}/history`)).text).toMatch(/None is known/)
  expect(await waiting()).toEqual([])
})

test('who writes again to a conversation of the past begins a new ticket that follows it', async () => {
  const before = await ticketOf('old@home.example')
  await mail.write({ from: 'old@home.example', text: 'Once more', inReplyTo: '<old@past.example>' })
  const [, next] = await past.tickets('old@home.example')
  expect(next).toMatchObject({ status: 'new', followsId: before.id })
})

test('until the go-live mail that arrives is history, and after it is live', async () => {
  const at = new Date(desk.clock.now().getTime() + 2 * 3_600_000)
  const saved = await ada.send(`${path}/history`, {
    liveFrom: at.toISOString().slice(0, 16),
    unansweredDays: '5',
    counted: 'yes',
  })
  expect(saved.path).toBe(`${path}/history?saved=1`)
  await mail.write({ from: 'early@home.example', text: 'Before the go-live' })
  const early = await ticketOf('early@home.example')
  expect([early.status, await clockOf(early.id)]).toEqual(['closed', null])
  await desk.travel('3 h')
  await mail.write({ from: 'late@home.example', text: 'After it' })
  const late = await ticketOf('late@home.example')
  expect([late.status, (await clockOf(late.id))?.state]).toEqual(['new', 'running'])
  expect(await waiting()).toEqual(['early@home.example'])
})

test('history that an admin chose to count says so in the record; the change is told with before and after', async () => {
  const events = await desk.events('ticket.created')
  const early = await ticketOf('early@home.example')
  const told = events
    .filter(({ historical }) => historical)
    .map(({ ticketId, payload }) => [ticketId === early.id, (payload as { counted?: true }).counted ?? false])
  expect(told.filter(([isEarly]) => isEarly)).toEqual([[true, true]])
  expect(told.filter(([isEarly]) => !isEarly).every(([, counted]) => counted === false)).toBe(true)
  const changes = (await ada.open('/settings/changes')).text
  expect(changes).toContain('History and go-live')
})

test('each fact of history that a figure would read leads to a ticket whose beginning says whether it counts', async () => {
  await past.stood([
    { id: 'fig1', days: 5, who: 'fig@home.example' },
    { id: 'fig2', days: 4, who: 'fig@home.example', byTeam: true, answers: 'fig1' },
    { id: 'fig3', days: 3, who: 'fig@home.example', answers: 'fig2' },
    { id: 'tea1', days: 3, who: 'tea@home.example', byTeam: true },
  ])
  await past.start(1)
  await past.goOn()
  const ids = [(await ticketOf('fig@home.example')).id, (await ticketOf('tea@home.example')).id]
  const facts = await past.read((tx) =>
    tx.event.findMany({ where: { workspaceId: tx.workspaceId, ticketId: { in: ids } } }),
  )
  const began = facts.filter(({ type }) => type === 'ticket.created')
  expect(began.map(({ payload }) => (payload as { counted?: true }).counted)).toEqual([true, true])
  expect(facts.every(({ historical }) => historical)).toBe(true)
  expect([...new Set(facts.map(({ type }) => type))]).toEqual(
    expect.arrayContaining(['mail.received', 'reply.sent', 'ticket.first_responded']),
  )
})

test.each([
  [{ liveFrom: '2020-01-01T00:00' }, 'cannot be before the mailbox was connected'],
  [{ liveFrom: '2026-02-30T00:00' }, 'Write a date and a time'],
  [{ unansweredDays: '0' }, 'Choose 1 to 90 days'],
])('%j is refused in words', async (wrong, words) => {
  const refused = await ada.send(`${path}/history`, { liveFrom: '', unansweredDays: '5', counted: 'no', ...wrong })
  expect(refused.status).toBe(400)
  expect(refused.text).toContain(words)
})

test('a supervisor looks at the pages, and only an admin changes them', async () => {
  const vera = visitor(desk, 'vera')
  const page = await vera.open(`${path}/history`)
  expect(page.text).toContain('Earlier mail')
  expect((await vera.send(`${path}/history/backfill`, { months: '1' }, `${path}/history`)).status).toBe(403)
  const nora = visitor(desk, 'nora')
  expect((await nora.open(`${path}/history`)).status).toBe(403)
  expect((await ada.open('/settings/mailboxes')).text).toContain(`${path}/history`)
})

test('earlier mail that is read months after the connection leaves unanswered what was so then, as far back as is set', async () => {
  await ada.send(`${path}/history`, { liveFrom: '', unansweredDays: '90', counted: 'no' })
  await desk.travel('50 days')
  await past.stood([
    { id: 'late', days: 50 + 80, who: 'late@home.example' },
    { id: 'later', days: 50 + 100, who: 'later@home.example' },
  ])
  await past.start(6)
  await past.goOn()
  expect((await past.run()).state).toBe('done')
  expect(await past.tickets('later@home.example')).toHaveLength(1)
  const unanswered = await waiting()
  expect(unanswered).toContain('late@home.example')
  expect(unanswered).not.toContain('later@home.example')
})
