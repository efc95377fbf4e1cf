import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { figureOf } from '../../backend/features/analytics/index.ts'
import { explainTicketFigures, FigureQuestion, listShares } from '../../shared/analytics.ts'
import { mergeTickets, splitTicket } from '../../shared/merging.ts'
import { getSlaRules, writeSlaRules } from '../../shared/sla.ts'
import { getTicket, moveTicket, type TicketStatus, voidTicket } from '../../shared/tickets.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { type LakeOfDesk, lakeOf } from '../support/lake-desk.ts'
import { type Mailed, slaDesk } from '../support/sla-desk.ts'

/**
 * A Friday and a Monday of a real desk, counted by hand. Open from 9 to 17 from Monday to Friday, by UTC, as the desk is.
 *
 * Ada    Fri 12:00 asks · 13:00 Nora answers and solves · Mon 10:00 asks again · 11:00 Sam answers and solves
 * Bob    Fri 12:00 asks · 12:30 asks on another ticket, into which the first one is merged · Mon 09:30 Nora answers
 * Cleo   Fri 12:00 asks two things in two mails on one ticket; the second is split off · no answer
 * Spam   Fri 12:00, marked as such
 * Robot  Fri 14:00 an automatic mail on Cleo's ticket
 * Old    three weeks before, history that nobody chose to count
 */
let desk: Desk
let lake: LakeOfDesk
const hands: Partial<Record<'ada' | 'bob' | 'other' | 'cleo' | 'spam', Mailed>> = {}
let friday = 0

const HOUR = 3_600
const at = (hours: number) => new Date(friday + hours * HOUR * 1_000)
const MONDAY = 72

beforeAll(async () => {
  desk = await startDesk()
  lake = lakeOf(desk)
  const days = (5 - desk.clock.now().getUTCDay() + 7) % 7
  if (days > 0) await desk.travel(`${days} days`)
  friday = new Date(`${desk.clock.now().toISOString().slice(0, 10)}T00:00:00Z`).getTime()
  await openHours()
  await live()
  await lake.pull()
})
afterAll(async () => {
  await lake.stop()
  await desk.stop()
})

async function openHours() {
  const rules = await desk.as('ada').call(getSlaRules)
  const day = [{ from: 9 * 60, to: 17 * 60 }]
  const hours = { timeZone: 'UTC', week: [day, day, day, day, day, [], []], specialDays: [] }
  await desk.as('ada').call(writeSlaRules, { body: { ...rules, hours } })
  await desk.settle()
}

/** Travels to so many hours after Friday's midnight. */
async function until(hours: number) {
  await desk.travel(`${Math.max(0, Math.round((at(hours).getTime() - desk.clock.now().getTime()) / 1_000))} s`)
  await desk.settle()
}

async function move({ id }: Mailed, status: TicketStatus, who: 'nora' | 'sam') {
  const { version } = await desk.as(who).call(getTicket, { params: { ticketId: id } })
  await desk.as(who).call(moveTicket, { params: { ticketId: id }, body: { status, version } })
}

async function live() {
  const sla = slaDesk(desk)
  await sla.mail({ from: 'old@old.example', sentAt: at(-21 * 24), historical: true })
  const ada = await sla.mail({ from: 'ada@ada.example', sentAt: at(12) })
  const bob = await sla.mail({ from: 'bob@bob.example', sentAt: at(12) })
  const cleo = await sla.mail({ from: 'cleo@cleo.example', sentAt: at(12) })
  const spam = await sla.mail({ from: 'spam@spam.example', sentAt: at(12) })
  await until(12.5)
  const other = await sla.mail({ from: 'bob@bob.example', sentAt: at(12.5) })
  const second = await sla.customerAnswers(cleo, 'And another thing.')
  await desk.as('nora').call(splitTicket, { params: { ticketId: cleo.id }, body: { messageId: second.messageId } })
  await desk.as('nora').call(mergeTickets, { params: { ticketId: other.id }, body: { ticketIds: [bob.id] } })
  const { version } = await desk.as('nora').call(getTicket, { params: { ticketId: spam.id } })
  await desk.as('nora').call(voidTicket, { params: { ticketId: spam.id }, body: { reason: 'spam', version } })
  await until(13)
  await sla.answer(ada, { by: 'nora', sentAt: at(13) })
  await move(ada, 'solved', 'nora')
  await until(14)
  await sla.customerAnswers(cleo, 'I am away.', { automatic: true })
  await until(MONDAY + 9.5)
  await sla.answer(other, { by: 'nora', sentAt: at(MONDAY + 9.5) })
  await until(MONDAY + 10)
  await sla.customerAnswers(ada, 'Broken again.')
  await until(MONDAY + 11)
  await sla.answer(ada, { by: 'sam' })
  await move(ada, 'solved', 'sam')
  await until(MONDAY + 12)
  Object.assign(hands, { ada, bob, other, cleo, spam })
}

const day = (days: number) =>
  at(days * 24)
    .toISOString()
    .slice(0, 10)
const period = () => ({ from: day(0), to: day(3), zone: 'UTC' })
const ask = (metric: string, more: Partial<FigureQuestion> = {}) =>
  figureOf(desk.ctx, desk.workspaceId, FigureQuestion.parse({ metric, ...period(), ...more }))
const total = async (metric: string, more: Partial<FigureQuestion> = {}) => (await ask(metric, more)).totals[0]?.value
const byAgent = async (metric: string, more: Partial<FigureQuestion> = {}) =>
  Object.fromEntries(
    (await ask(metric, { by: ['agent'], ...more })).rows.map(({ labels, value }) => [labels[0], value]),
  )
/** The desk's clock goes on while a story is told: to five minutes. */
const minutes = (seconds: number | null | undefined) => Math.round((seconds ?? Number.NaN) / 300) * 5

test('four tickets are new: a merged one is none, a split-off one is one, spam and history are none', async () => {
  // Ada, Bob's second, Cleo, and what was split off Cleo's
  expect(await total('new-tickets')).toBe(4)
  expect(await total('spam-share', { measure: 'sum' })).toBe(1)
  expect(await total('spam-share', { measure: 'count' })).toBe(5)
})

test('six mails came in: those of merged and split tickets, none of spam, machines or history', async () => {
  // Ada 2, Bob 2, Cleo 2
  expect(await total('volume-in')).toBe(6)
  expect(await total('volume-out')).toBe(3)
  expect(await byAgent('agent-replies')).toEqual({ Nora: 2, Sam: 1 })
})

test('the backlog stands at the end of each day, without what was solved in between', async () => {
  const { rows } = await ask('backlog', { interval: 'day' })
  // Friday, Saturday and Sunday: Bob's, Cleo's and its split; Ada's was solved on Friday. On Monday she came back, and was solved again.
  expect(rows.map(({ value }) => value)).toEqual([3, 3, 3, 3])
})

test('first answers: one hour, and over the weekend 69.5 hours of which five and a half were open', async () => {
  // Ada 1 h; Bob from his very first words, Fri 12:00, to Mon 09:30
  const { rows } = await ask('first-response', { measure: 'sum', by: ['agent'] })
  expect(rows.map(({ labels, value }) => [labels[0], minutes(value)])).toEqual([['Nora', 70.5 * 60]])
  // Ada 1 h; Bob Fri 12 to 17 and Mon 9 to 9:30
  expect(minutes(await total('first-response-open', { measure: 'sum' }))).toBe(6.5 * 60)
})

test('the next answer took an hour, from when the customer came back', async () => {
  expect(minutes(await total('next-response', { measure: 'sum' }))).toBe(60)
  expect(await total('next-response', { measure: 'count' })).toBe(1)
})

test('the resolution of a reopened ticket is one, to its last solution', async () => {
  expect(await total('resolution', { measure: 'count' })).toBe(1)
  expect(minutes(await total('resolution'))).toBe(71 * 60) // Fri 12:00 to Mon 11:00
  expect(minutes(await total('resolution-open'))).toBe(7 * 60) // Fri 12 to 17, Mon 9 to 11
  expect(await byAgent('resolution', { measure: 'count' })).toEqual({ Sam: 1 })
})

test('one of two solutions did not hold, and no ticket took one touch', async () => {
  expect(await total('reopen-rate')).toBe(0.5)
  expect(await byAgent('reopen-rate')).toEqual({ Nora: 1, Sam: 0 })
  expect(await byAgent('agent-solved')).toEqual({ Nora: 1, Sam: 1 })
  expect(await total('one-touch-rate')).toBe(0)
})

test('a ticket tells its shares and how they came to be, and the list of a figure leads to it', async () => {
  const ticketId = hands.ada?.id ?? ''
  const told = await desk.as('vera').call(explainTicketFigures, { params: { ticketId } })
  const of = (id: string) => told.metrics.find(({ metric }) => metric.id === id)
  expect(of('first-response')?.shares).toMatchObject([
    { label: 'TKT-000002', words: expect.stringMatching(/^(59 min|1 h|1 h 1 min)$/) },
  ])
  expect(of('first-response')?.steps.map(({ words }) => words)).toEqual([
    'The customer wrote.',
    'A person answered.',
    'The customer wrote.',
    'A person answered.',
  ])
  expect(of('resolution-open')?.steps.map(({ words }) => words)).toEqual([
    'The ticket began.',
    expect.stringMatching(/^Open hours: (4 h 59 min|5 h) count\.$/),
    'Moved from new to pending.',
    'Moved from pending to solved.',
    expect.stringMatching(/^Open hours: (1 h 59 min|2 h|2 h 1 min) count\.$/),
    'Moved from solved to open.',
    'Moved from open to pending.',
    'Moved from pending to solved.',
  ])
  expect(of('backlog')?.shares).toHaveLength(2)
  expect(of('reopen-rate')?.shares.map(({ words }) => words)).toEqual(['Solved, and opened again later', 'Solved'])
  const { items } = await desk.as('vera').call(listShares, { query: { metric: 'resolution', ...period() } })
  expect(items.map((one) => one.ticketId)).toEqual([ticketId])
  expect(of('resolution')?.shares).toEqual(items)
})

test('a merged ticket and spam tell that they count for nothing but spam', async () => {
  const tell = async (one: Mailed | undefined) =>
    (await desk.as('vera').call(explainTicketFigures, { params: { ticketId: one?.id ?? '' } })).metrics.map(
      ({ metric }) => metric.id,
    )
  expect(await tell(hands.bob)).toEqual([])
  expect(await tell(hands.spam)).toEqual(['spam-share'])
})
