import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { describeWorkspace } from '../../backend/features/settings/workspaces.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { getQueue } from '../../shared/queues.ts'
import { chooseSending, refuseThanks, type SendingChoice, seeThanks, writeSendingRules } from '../../shared/sending.ts'
import { categoriseTicket } from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { startDesk } from '../support/desk.ts'
import { sendingHands } from '../support/sending-hands.ts'
import { type Mailed, type SlaDesk, slaDesk } from '../support/sla-desk.ts'

let desk: SlaDesk
beforeAll(async () => {
  desk = slaDesk(await startDesk())
})
afterAll(() => desk.stop())

const { card, statusOf, choose, move, moves } = sendingHands(() => desk)

/** What the drop-down «When I send» shows as chosen. */
const chosenOn = async ({ id }: Mailed) => {
  const widgets = (await card(id)).below.flatMap((section) => section.widgets)
  const found = widgets.find((widget) => widget.kind === 'pick' && widget.name === 'sending')
  return found?.kind === 'pick' ? found.choices.find(({ chosen }) => chosen)?.label : undefined
}

test('solve when I send: the ticket is solved once the answer is read as sent, in one move', async () => {
  const ticket = await desk.mail()
  expect(await chosenOn(ticket)).toBe('Wait for the customer (as usual)')
  await choose(ticket, 'solve')
  expect(await chosenOn(ticket)).toBe('Solve')
  expect(await statusOf(ticket)).toBe('new')
  await desk.answer(ticket)
  expect(await statusOf(ticket)).toBe('solved')
  expect(await moves(ticket)).toEqual(['new solved'])
  expect(await chosenOn(ticket)).toBe('Wait for the customer (as usual)')
})

test('a choice is used up by one answer: the next one waits for the customer again', async () => {
  const ticket = await desk.mail()
  await choose(ticket, 'solve')
  await desk.answer(ticket)
  await desk.customerAnswers(ticket)
  await desk.answer(ticket)
  expect(await statusOf(ticket)).toBe('pending')
})

test('a holding answer keeps the ticket open, and its clock runs to the time that was promised', async () => {
  const ticket = await desk.mail()
  await choose(ticket, 'keep_2h')
  await desk.answer(ticket)
  expect(await statusOf(ticket)).toBe('open')
  expect(await desk.newest(ticket.id, 'next')).toMatchObject({ state: 'running' })
  expect((await desk.dueAt(ticket.id)).getTime() - desk.clock.now().getTime()).toBeLessThanOrEqual(2 * 3_600_000)
  await desk.answer(ticket)
  expect(await statusOf(ticket)).toBe('pending')
})

test('what one person chose does not count for the answer of another', async () => {
  const ticket = await desk.mail()
  await choose(ticket, 'solve', 'sam')
  await desk.answer(ticket, { by: 'nora' })
  expect(await statusOf(ticket)).toBe('pending')
})

test('a choice ends after a day, and when the ticket moves otherwise', async () => {
  const old = await desk.mail()
  await choose(old, 'solve')
  await desk.travel('25 hours')
  expect(await chosenOn(old)).toBe('Wait for the customer (as usual)')
  await desk.answer(old)
  expect(await statusOf(old)).toBe('pending')
  const moved = await desk.mail()
  await choose(moved, 'solve')
  await move(moved, 'on_hold')
  await desk.answer(moved)
  expect(await statusOf(moved)).toBe('on_hold')
})

test('machines and the past apply nothing', async () => {
  const ticket = await desk.mail()
  await choose(ticket, 'solve')
  await desk.answer(ticket, { automatic: true })
  await desk.answer(ticket, { historical: true })
  expect(await statusOf(ticket)).toBe('new')
  await desk.answer(ticket)
  expect(await statusOf(ticket)).toBe('solved')
})

test('an answer that crossed the customer’s mail moves nothing', async () => {
  const ticket = await desk.mail()
  await choose(ticket, 'solve')
  const sentAt = desk.clock.now()
  await desk.travel('1 min')
  await desk.customerAnswers(ticket)
  await desk.answer(ticket, { sentAt })
  expect(await statusOf(ticket)).toBe('new')
})

test('«by tomorrow noon» and «in 3 days» are noons where the desk is, not where its server is', async () => {
  const by = systemOf(desk.workspaceId)
  const timeZone = 'Pacific/Auckland'
  const words = { name: 'Fern', languages: ['en'] }
  await describeWorkspace(desk.ctx, desk.workspaceId, { ...words, timeZone }, by)
  const wall = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23' })
  const ticket = await desk.mail()
  const days = (count: number) => new Date(desk.clock.now().getTime() + count * 86_400_000)
  const promised: [SendingChoice, number][] = [
    ['keep_tomorrow', 1],
    ['keep_3d', 3],
  ]
  for (const [choice, count] of promised) {
    await choose(ticket, choice)
    const [, at = ''] = /\{\{(.*)\}\}/.exec((await chosenOn(ticket)) ?? '') ?? []
    expect(wall.format(new Date(at))).toBe(`${wall.format(days(count)).split(',')[0]}, 12:00`)
  }
  await describeWorkspace(desk.ctx, desk.workspaceId, { ...words, timeZone: 'UTC' }, by)
})

test('a time that has passed is refused, and so is what nobody chose in person', async () => {
  const ticket = await desk.mail()
  const refused = await refusalOf(choose(ticket, new Date(desk.clock.now().getTime() - 60_000).toISOString()))
  expect(refused).toMatchObject({ code: 'invalid_request', message: expect.stringContaining('later one') })
  expect(
    await refusalOf(desk.as('rhea').call(chooseSending, { params: { ticketId: ticket.id }, body: { when: 'solve' } })),
  ).toMatchObject({ code: 'forbidden' })
})

test('a workspace says by category what happens when nobody chooses', async () => {
  await desk.as('ada').call(writeSendingRules, {
    body: {
      items: [
        { category: 'billing', kind: 'solve' },
        { category: '', kind: 'keep', hours: 4 },
      ],
    },
  })
  const billing = await desk.mail()
  await desk.as('nora').call(categoriseTicket, {
    params: { ticketId: billing.id },
    body: { category: 'billing', version: (await card(billing.id)).version },
  })
  expect(await chosenOn(billing)).toBe('Solve (as usual)')
  await desk.answer(billing)
  expect(await statusOf(billing)).toBe('solved')
  const other = await desk.mail()
  await desk.answer(other)
  expect(await statusOf(other)).toBe('open')
  const twice = {
    items: [
      { category: 'x', kind: 'solve' as const },
      { category: 'x', kind: 'wait' as const },
    ],
  }
  expect((await refusalOf(desk.as('ada').call(writeSendingRules, { body: twice }))).message).toContain('named twice')
  await desk.as('ada').call(writeSendingRules, { body: { items: [] } })
})

test('only thanks reopens nothing, starts no clock, and stands in a view of its own until it is seen', async () => {
  const ticket = await desk.mail()
  await choose(ticket, 'solve')
  await desk.answer(ticket)
  await desk.customerAnswers(ticket, 'Thank you so much!')
  expect(await statusOf(ticket)).toBe('solved')
  expect((await desk.dueAt(ticket.id)).getUTCFullYear()).toBe(9999)
  const thanks = async () =>
    (await desk.as('nora').call(getQueue, { params: { view: 'thanks' } })).items.map(({ id }) => id)
  expect(await thanks()).toContain(ticket.id)
  await desk.as('nora').call(seeThanks, { params: { ticketId: ticket.id }, body: {} })
  expect(await thanks()).not.toContain(ticket.id)
})

test('thanks that need an answer open the ticket with one press, and its clock runs since they were written', async () => {
  const ticket = await desk.mail()
  await desk.answer(ticket)
  await desk.customerAnswers(ticket, 'Danke!')
  const written = desk.clock.now()
  expect(await statusOf(ticket)).toBe('pending')
  await desk.travel('5 min')
  const opened = await desk.as('nora').call(refuseThanks, { params: { ticketId: ticket.id }, body: {} })
  expect(opened.status).toBe('open')
  expect(Date.parse(opened.waitingSince ?? '')).toBeLessThanOrEqual(written.getTime())
  expect(await desk.newest(ticket.id, 'next')).toMatchObject({ state: 'running' })
  await desk.as('nora').call(refuseThanks, { params: { ticketId: ticket.id }, body: {} })
  expect(await moves(ticket)).toEqual(['pending open', 'new pending'])
})

test('thanks while the customer waits for an answer, or with a question, are mails like any other', async () => {
  const waits = await desk.mail()
  await desk.customerAnswers(waits, 'Thanks!')
  expect((await desk.dueAt(waits.id)).getUTCFullYear()).toBeLessThan(9999)
  const asks = await desk.mail()
  await desk.answer(asks)
  await desk.customerAnswers(asks, 'Thanks, but it is broken again')
  expect(await statusOf(asks)).toBe('open')
})
