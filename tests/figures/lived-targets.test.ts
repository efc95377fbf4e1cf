import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { figureOf } from '../../backend/features/analytics/index.ts'
import { explainTicketFigures, type Figure, FigureQuestion } from '../../shared/analytics.ts'
import { setHandleTime } from '../../shared/contacts.ts'
import { mergeTickets } from '../../shared/merging.ts'
import { escalateTicket, getSlaRules, writeSlaRules } from '../../shared/sla.ts'
import { getTicket, moveTicket, voidTicket } from '../../shared/tickets.ts'
import { type Desk, type StaffName, startDesk } from '../support/desk.ts'
import { type LakeOfDesk, lakeOf } from '../support/lake-desk.ts'
import { type Mailed, slaDesk } from '../support/sla-desk.ts'

/**
 * A Friday and the Monday after it, with the Sunday between them on which Berlin's clocks go forward, counted by hand. Open from 9 to 17 from
 * Monday to Friday there. Of open time an hour is promised for the first answer, an hour for the next ones, eight hours for the solution.
 *
 * Dora   Fri 16:00 asks · Mon 10:00 Nora answers
 * Emil   Fri 15:00 asks · 15:30 Sam answers · 15:40 asks again · 15:45 Sam escalates to Vera · 16:00 Sam answers, and solves a minute later; Sam worked
 *        12 min on it, and Nora 5 on another one of his that was merged into it at once
 * Emil   Mon 09:00 asks something else · 09:10 Nora answers
 * Fina   Fri 15:00 asks · 15:10 Nora answers · 15:20 asks again · 15:40 Nora answers · 16:00 it was no ticket at all
 */
let desk: Desk
let lake: LakeOfDesk
const hands = {} as Record<'dora' | 'emil' | 'again' | 'fina', Mailed>
/** Midnight in Berlin, where it is an hour earlier by UTC. */
let friday = 0

const HOUR = 3_600_000
const MONDAY = 72 - 1 // Sunday has 23 hours
const at = (hours: number) => new Date(friday + Math.round(hours * HOUR))
const day = (ms: number) => new Date(ms).toISOString().slice(0, 10)

/** The Friday before the next last Sunday of March. */
function nextFriday(now: Date): number {
  for (let year = now.getUTCFullYear(); ; year++) {
    const last = Date.UTC(year, 2, 31)
    const sunday = last - new Date(last).getUTCDay() * 24 * HOUR
    if (sunday - 3 * 24 * HOUR > now.getTime()) return sunday - 2 * 24 * HOUR - HOUR
  }
}

beforeAll(async () => {
  desk = await startDesk({ clockStands: true })
  lake = lakeOf(desk)
  friday = nextFriday(desk.clock.now())
  await until(0)
  await promise()
  await live()
  await lake.pull()
})
afterAll(async () => {
  await lake.stop()
  await desk.stop()
})

async function until(hours: number) {
  const seconds = Math.round((at(hours).getTime() - desk.clock.now().getTime()) / 1_000)
  if (seconds > 0) await desk.travel(`${seconds} s`)
  await desk.settle()
}

async function promise() {
  const rules = await desk.as('ada').call(getSlaRules)
  const open = [{ from: 9 * 60, to: 17 * 60 }]
  const hours = { timeZone: 'Europe/Berlin', week: [open, open, open, open, open, [], []], specialDays: [] }
  const all = { first: 60, next: 60, resolution: 480 }
  const policies = rules.policies.map((policy) => ({
    ...policy,
    unit: 'business_minutes' as const,
    targets: { urgent: all, high: all, normal: all, low: all },
  }))
  await desk.as('ada').call(writeSlaRules, { body: { ...rules, hours, policies } })
  await desk.settle()
}

const ticketOf = ({ id }: Mailed) => desk.as('nora').call(getTicket, { params: { ticketId: id } })

async function live() {
  const sla = slaDesk(desk)
  const answers = (one: Mailed, by: StaffName, hours: number) => sla.answer(one, { by, sentAt: at(hours) })
  await until(15)
  hands.emil = await sla.mail({ from: 'emil@emil.example', sentAt: at(15) })
  hands.fina = await sla.mail({ from: 'fina@fina.example', sentAt: at(15) })
  const other = await sla.mail({ from: 'emil@emil.example', sentAt: at(15) })
  await desk.as('nora').call(setHandleTime, { params: { ticketId: other.id }, body: { minutes: 5 } })
  await desk.as('nora').call(mergeTickets, { params: { ticketId: hands.emil.id }, body: { ticketIds: [other.id] } })
  await until(15 + 1 / 6)
  await answers(hands.fina, 'nora', 15 + 1 / 6)
  await until(15 + 1 / 3)
  await sla.customerAnswers(hands.fina)
  await until(15.5)
  await answers(hands.emil, 'sam', 15.5)
  await until(15 + 2 / 3)
  await sla.customerAnswers(hands.emil)
  await answers(hands.fina, 'nora', 15 + 2 / 3)
  await until(15.75)
  await desk.as('sam').call(escalateTicket, {
    params: { ticketId: hands.emil.id },
    body: { toId: desk.staff.vera.id, reason: 'other', text: 'Knows him', raisePriority: false },
  })
  await until(16)
  await answers(hands.emil, 'sam', 16)
  await desk.as('sam').call(setHandleTime, { params: { ticketId: hands.emil.id }, body: { minutes: 12 } })
  hands.dora = await sla.mail({ from: 'dora@dora.example', sentAt: at(16) })
  await until(16 + 1 / 60) // moves of one moment have no order
  const { version } = await ticketOf(hands.emil)
  await desk.as('sam').call(moveTicket, { params: { ticketId: hands.emil.id }, body: { status: 'solved', version } })
  const none = await ticketOf(hands.fina)
  await desk.as('nora').call(voidTicket, {
    params: { ticketId: hands.fina.id },
    body: { reason: 'not_a_ticket', version: none.version },
  })
  await until(17.5) // what is late by now is told
  await until(MONDAY + 9)
  hands.again = await sla.mail({ from: 'emil@emil.example', sentAt: at(MONDAY + 9) })
  await until(MONDAY + 9 + 1 / 6)
  await answers(hands.again, 'nora', MONDAY + 9 + 1 / 6)
  await until(MONDAY + 10)
  await answers(hands.dora, 'nora', MONDAY + 10)
  await until(MONDAY + 11)
}

const ask = (metric: string, more: Partial<FigureQuestion> = {}): Promise<Figure> => {
  const period = { from: day(friday + HOUR), to: day(friday + HOUR + 3 * 24 * HOUR), zone: 'Europe/Berlin' }
  return figureOf(desk.ctx, desk.workspaceId, FigureQuestion.parse({ metric, ...period, ...more }))
}
const total = async (metric: string, more: Partial<FigureQuestion> = {}) => (await ask(metric, more)).totals[0]
const by = async (metric: string, more: Partial<FigureQuestion>) =>
  Object.fromEntries(
    (await ask(metric, more)).rows.map(({ labels, value, shares }) => [
      labels[0],
      [Math.round((value ?? 0) * shares), shares],
    ]),
  )

test('over the night on which clocks go forward an answer took 65 hours, of which two were open', async () => {
  // Dora Fri 16:00 to Mon 10:00; by the clock on the wall it would be 66
  const dora = { measure: 'sum', agent: [desk.staff.nora.id], weekday: ['1'], hour: ['10'] } as const
  expect(await total('first-response', dora as never)).toMatchObject({ value: 65 * 3_600, shares: 1 })
  expect(await total('first-response-open', dora as never)).toMatchObject({ value: 2 * 3_600, shares: 1 })
})

test('of three first answers two came in time, the next one did, and so did the solution', async () => {
  // Dora was late; Emil twice in time; Fina is no ticket
  expect(await by('sla-attainment', { by: ['target'] })).toEqual({
    'First answer': [2, 3],
    'Next answer': [1, 1],
    Solution: [1, 1],
  })
  expect(await by('sla-attainment', { by: ['agent'], target: ['first'] })).toEqual({ Nora: [1, 2], Sam: [1, 1] })
})

test('one target was used up, on Friday when the desk closed, and it is of who answered at last', async () => {
  const figure = await ask('sla-breaches', { by: ['agent'], interval: 'hour' })
  expect(figure.rows.map(({ at: when, labels, value }) => [when, labels[0], value])).toEqual([
    [at(17).toISOString(), 'Nora', 1],
  ])
  expect((await total('sla-breaches'))?.value).toBe(1)
})

test('the next answer took 20 minutes, and that of what was no ticket does not count', async () => {
  const { value, shares } = (await total('next-response', { measure: 'sum' })) ?? {}
  expect([Math.round((value ?? 0) / 60), shares]).toEqual([20, 1]) // the desk's clock does not stand at whole seconds
})

test('one of three tickets was escalated, and one came from somebody who had begun another one in the seven days before', async () => {
  for (const metric of ['escalation-rate', 'repeat-contact-rate'])
    expect(await total(metric, { measure: 'sum' })).toMatchObject({ value: 1, shares: 3 })
})

test('people worked 17 minutes on what was solved, those on the ticket that was merged into it among them', async () => {
  expect(await total('handle-time', { measure: 'sum' })).toMatchObject({ value: 17 * 60, shares: 1 })
})

test('each of these can be recounted from what the ticket tells: when its clocks began, paused and stopped, who worked, what came before', async () => {
  const stepsOf = async ({ id }: Mailed, metric: string) => {
    const told = await desk.as('vera').call(explainTicketFigures, { params: { ticketId: id } })
    return told.metrics
      .find((one) => one.metric.id === metric)
      ?.steps.map(({ at: when, words }) => `${((Date.parse(when) - friday) / HOUR).toFixed(2)} ${words}`)
      .sort() // of one moment in no order
  }
  expect(await stepsOf(hands.dora, 'sla-breaches')).toEqual([
    '16.00 The customer wrote: first answer: the clock starts.',
    '16.00 The ticket began.',
    '17.00 First answer was due.',
    '81.00 Answered: the answer clock stops.',
    '81.00 Moved to pending: clocks pause.',
  ])
  expect(await stepsOf(hands.emil, 'resolution')).toEqual([
    '15.00 The ticket began.',
    '15.50 Moved from new to pending.',
    '15.67 Moved from pending to open.',
    '15.75 Escalated.',
    '15.75 Given to somebody else.',
    '16.00 Moved from open to pending.',
    '16.02 Moved from pending to solved.',
  ])
  expect(await stepsOf(hands.emil, 'handle-time')).toEqual([
    '15.00 Nora worked 5 min on it by then.',
    '16.00 Sam worked 12 min on it by then.',
  ])
  expect(await stepsOf(hands.again, 'repeat-contact-rate')).toEqual([
    '15.00 The same customer began TKT-000001.',
    '80.00 The ticket began.',
  ])
})
