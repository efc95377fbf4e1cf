import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { answerOwed, thanksOnly } from '../../backend/features/sla/index.ts'
import { lockTicket } from '../../backend/features/tickets/index.ts'
import { inWorkspace, type Tx } from '../../backend/platform/tenancy.ts'
import { getTicketSla, type SlaTarget, showTicketSla } from '../../shared/sla.ts'
import {
  getTicket,
  moveTicket,
  prioritiseTicket,
  type TicketStatus,
  unvoidTicket,
  voidTicket,
} from '../../shared/tickets.ts'
import { startDesk } from '../support/desk.ts'
import { textOf } from '../support/panel-hands.ts'
import { type SlaDesk, slaDesk } from '../support/sla-desk.ts'

let desk: SlaDesk
beforeAll(async () => {
  desk = slaDesk(await startDesk())
})
afterAll(() => desk.stop())

const HOUR = 3_600_000
const version = async (ticketId: string) => (await desk.as('nora').call(getTicket, { params: { ticketId } })).version
const move = async (ticketId: string, status: TicketStatus) =>
  desk.as('nora').call(moveTicket, { params: { ticketId }, body: { status, version: await version(ticketId) } })
const locked = (ticketId: string, work: (tx: Tx) => Promise<void>) =>
  inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    await lockTicket(tx, ticketId)
    await work(tx)
  })
const used = async (id: string, target: SlaTarget) => (await desk.newest(id, target))?.usedMinutes
const due = async (id: string, target: SlaTarget) => {
  const dueAt = (await desk.newest(id, target))?.dueAt
  return dueAt ? Math.round((Date.parse(dueAt) - desk.clock.now().getTime()) / 60_000) : null
}

test('a new ticket has a first answer and a solution due, and the list knows the nearest', async () => {
  const { id } = await desk.mail()
  const sla = await desk.sla(id)
  expect(sla).toMatchObject({
    state: 'running',
    policy: { id: 'default', because: 'no other policy takes it, and the priority is normal' },
  })
  expect(sla.clocks.map(({ target, limitMinutes }) => [target, limitMinutes])).toEqual([
    ['first', 1_440],
    ['resolution', 7_200],
  ])
  expect((await desk.dueAt(id)).toISOString()).toBe(sla.clocks[0]?.dueAt)
})

test('urgent is answered within an hour, and a change of priority keeps what was used', async () => {
  const { id } = await desk.mail()
  await desk.travel('20 min')
  await desk
    .as('nora')
    .call(prioritiseTicket, { params: { ticketId: id }, body: { priority: 'urgent', version: await version(id) } })
  expect(await desk.newest(id, 'first')).toMatchObject({ limitMinutes: 60, usedMinutes: 20, breached: false })
  expect(await due(id, 'first')).toBe(40)
})

test('an answer in time stops the clock and pauses the solution; the next mail starts the next answer', async () => {
  const mail = await desk.mail()
  await desk.travel('2 h')
  await desk.answer(mail)
  expect(await desk.newest(mail.id, 'first')).toMatchObject({ state: 'stopped', usedMinutes: 120, breached: false })
  expect(await desk.newest(mail.id, 'resolution')).toMatchObject({ state: 'paused', usedMinutes: 120, dueAt: null })
  expect((await desk.dueAt(mail.id)).getUTCFullYear()).toBe(9999)
  await desk.travel('2 days')
  await desk.customerAnswers(mail)
  expect(await desk.newest(mail.id, 'next')).toMatchObject({ state: 'running', usedMinutes: 0, limitMinutes: 1_440 })
  expect(await used(mail.id, 'resolution')).toBe(120)
})

test('on hold and waiting for the customer pause, and going on takes up what was used', async () => {
  const { id } = await desk.mail()
  await desk.travel('60 min')
  await move(id, 'on_hold')
  await desk.travel('2 days')
  expect(await desk.newest(id, 'first')).toMatchObject({ state: 'paused', usedMinutes: 60 })
  await move(id, 'open')
  expect(await due(id, 'first')).toBe(1_380)
  await move(id, 'pending')
  await desk.travel('1 day')
  await move(id, 'open')
  expect(await due(id, 'first')).toBe(1_380)
})

test('solving stops everything, reopening by hand goes on with what was used', async () => {
  const { id } = await desk.mail()
  await desk.travel('90 min')
  await move(id, 'solved')
  expect(await desk.sla(id)).toMatchObject({ state: 'ended' })
  await desk.travel('2 days')
  await move(id, 'open')
  expect(await used(id, 'first')).toBe(90)
  expect(await used(id, 'resolution')).toBe(90)
})

test('a customer who writes again to a solved ticket begins a new wait', async () => {
  const mail = await desk.mail()
  await desk.answer(mail)
  await move(mail.id, 'solved')
  await desk.travel('2 days')
  await desk.customerAnswers(mail)
  expect(await desk.newest(mail.id, 'next')).toMatchObject({ state: 'running', usedMinutes: 0 })
})

test('a ticket that is taken out has nothing due, and gets its clock back with it', async () => {
  const { id } = await desk.mail()
  await desk.travel('30 min')
  const body = async () => ({ version: await version(id) })
  await desk.as('nora').call(voidTicket, { params: { ticketId: id }, body: { reason: 'spam', ...(await body()) } })
  expect((await desk.dueAt(id)).getUTCFullYear()).toBe(9999)
  await desk.travel('3 h')
  await desk.as('nora').call(unvoidTicket, { params: { ticketId: id }, body: await body() })
  expect(await used(id, 'first')).toBe(30)
})

test('a holding answer counts as heard from us, and an answer is owed still, by when it was promised at the latest', async () => {
  const mail = await desk.mail()
  await desk.travel('30 min')
  await desk.answer(mail)
  const until = new Date(desk.clock.now().getTime() + 3 * HOUR)
  await locked(mail.id, (tx) => answerOwed(desk.ctx, tx, mail.id, until))
  await move(mail.id, 'open')
  expect(await desk.newest(mail.id, 'first')).toMatchObject({ state: 'stopped', breached: false })
  expect(await due(mail.id, 'next')).toBe(180)
  expect(Math.abs((await desk.dueAt(mail.id)).getTime() - until.getTime())).toBeLessThan(1_000)
  await desk.travel('1 h')
  await desk.answer(mail)
  expect(await desk.newest(mail.id, 'next')).toMatchObject({ state: 'stopped', breached: false })
})

test('a promise that is further away than the policy allows moves nothing', async () => {
  const mail = await desk.mail()
  await desk.answer(mail)
  await desk.customerAnswers(mail)
  await desk.travel('60 min')
  await desk.answer(mail)
  await locked(mail.id, (tx) => answerOwed(desk.ctx, tx, mail.id, new Date(desk.clock.now().getTime() + 90 * HOUR)))
  await move(mail.id, 'open')
  expect(await due(mail.id, 'next')).toBe(1_380)
})

test('thanks need no answer until somebody says that they do', async () => {
  const mail = await desk.mail()
  await desk.answer(mail)
  await desk.customerAnswers(mail, 'Thank you!')
  await locked(mail.id, (tx) => thanksOnly(desk.ctx, tx, mail.id, true))
  expect(await desk.sla(mail.id)).toMatchObject({ state: 'ended' })
  await desk.travel('10 min')
  await locked(mail.id, (tx) => thanksOnly(desk.ctx, tx, mail.id, false))
  expect(await used(mail.id, 'next')).toBe(10)
})

test('a machine’s mail starts nothing; a person’s mail after it does', async () => {
  const mail = await desk.mail({ automatic: true })
  expect(await desk.sla(mail.id)).toMatchObject({ state: 'none', policy: null })
  await desk.travel('1 day')
  await desk.customerAnswers(mail)
  expect(await desk.newest(mail.id, 'first')).toMatchObject({ state: 'running', usedMinutes: 0 })
})

test('an answer that a machine wrote stops nothing', async () => {
  const mail = await desk.mail()
  await desk.answer(mail, { automatic: true })
  expect(await desk.newest(mail.id, 'first')).toMatchObject({ state: 'running' })
})

test('what is past counts nothing, until the customer writes today', async () => {
  const mail = await desk.mail({ historical: true })
  expect(await desk.sla(mail.id)).toMatchObject({ state: 'none' })
  const { ticketId } = await desk.customerAnswers(mail) // a new ticket, which follows the one of the past
  expect(await desk.newest(ticketId, 'first')).toMatchObject({ state: 'running', usedMinutes: 0 })
  expect(await desk.sla(mail.id)).toMatchObject({ state: 'none' })
})

test('an answer that is read late counts from when it was sent', async () => {
  const mail = await desk.mail()
  await desk.travel('50 min')
  const sentAt = new Date(desk.clock.now().getTime() - 20 * 60_000)
  await desk.answer(mail, { sentAt })
  expect(await desk.newest(mail.id, 'first')).toMatchObject({ state: 'stopped', usedMinutes: 30 })
})

test('the card says what is due, and why: policy, starts, pauses and stops in the desk’s zone', async () => {
  const mail = await desk.mail()
  await desk.travel('30 min')
  const card = await desk.as('nora').call(getTicket, { params: { ticketId: mail.id } })
  const widgets = card.sections.flatMap((section) => section.widgets)
  expect(widgets).toContainEqual(
    expect.objectContaining({ label: 'First answer due', text: expect.stringMatching(/^in 23 h \(/) }),
  )
  await desk.answer(mail)
  const why = textOf(await desk.as('nora').call(showTicketSla, { params: { ticketId: mail.id } }))
  expect(why).toContain('Policy: Default: because no other policy takes it, and the priority is normal')
  expect(why).toContain('First answer: In time: 30 min of 24 h used')
  expect(why).toContain('Solution: Paused: 30 min of 5 days used')
  expect(why).toContain('Answered: the answer clock stops.')
  expect(why).toContain('Moved to pending: clocks pause.')
  await desk.customerAnswers(mail)
  await desk.travel('2 days')
  const late = await desk.as('nora').call(getTicket, { params: { ticketId: mail.id } })
  expect(late.sections.flatMap((section) => section.widgets)).toContainEqual(
    expect.objectContaining({ label: 'Next answer overdue', text: expect.stringMatching(/^by 24 h \(|^by 23 h \(/) }),
  )
})

test('nobody sees the clock of a ticket that is not there', async () => {
  await expect(desk.as('nora').call(getTicketSla, { params: { ticketId: desk.workspaceId } })).rejects.toThrow(
    'There is no such ticket',
  )
})
