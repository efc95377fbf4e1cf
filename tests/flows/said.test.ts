import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { describeWorkspace } from '../../backend/features/settings/workspaces.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { writeSignature, writeTemplate } from '../../shared/drafts.ts'
import { listReminders } from '../../shared/queues.ts'
import { confirmPromise, dropPromise, seeDifference } from '../../shared/saying.ts'
import { getSlaRules, writeSlaRules } from '../../shared/sla.ts'
import { getTicket, type TicketCardView } from '../../shared/tickets.ts'
import { startDesk } from '../support/desk.ts'
import { noticesTo } from '../support/notice-mail.ts'
import { textOf } from '../support/panel-hands.ts'
import { type Mailed, type SlaDesk, slaDesk } from '../support/sla-desk.ts'

let desk: SlaDesk
beforeAll(async () => {
  desk = slaDesk(await startDesk())
})
afterAll(() => desk.stop())

const card = ({ id }: Mailed) => desk.as('nora').call(getTicket, { params: { ticketId: id } })
const said = ({ sections }: TicketCardView) => textOf({ title: '', subtitle: null, sections, say: null })

/** Presses a button of the card whose path is made of this ticket and one id. */
const idIn = (view: TicketCardView, label: string): string => {
  const buttons = view.sections
    .flatMap(({ widgets }) => widgets)
    .flatMap((w) => (w.kind === 'buttons' ? w.buttons : []))
  const press = buttons.find((button) => button.label === label)?.press
  return press?.kind === 'change' ? (press.path.split('/').at(-2) ?? '') : ''
}

test('what an answer promises is proposed as a reminder, and one press makes it one', async () => {
  const ticket = await desk.mail()
  await desk.answer(ticket, { text: 'Hello Ada,\n\nI will get back to you in 2 hours.\n\nNora' })
  const shown = await card(ticket)
  expect(said(shown)).toContain('You promised an answer by')
  const params = { ticketId: ticket.id, promiseId: idIn(shown, 'Remind me') }
  const after = await desk.as('nora').call(confirmPromise, { params, body: {} })
  await desk.as('nora').call(confirmPromise, { params, body: {} })
  expect(said(after)).not.toContain('promised')
  const { items } = await desk.as('nora').call(listReminders, {})
  expect(items.filter(({ ticketId }) => ticketId === ticket.id)).toMatchObject([
    { words: 'You wrote: I will get back to you in 2 hours.' },
  ])
})

test('a promise that is dropped is gone, and one in quoted words or of a machine is none', async () => {
  const ticket = await desk.mail()
  await desk.answer(ticket, { text: 'We will get back to you tomorrow.' })
  const params = { ticketId: ticket.id, promiseId: idIn(await card(ticket), 'No reminder') }
  expect(said(await desk.as('nora').call(dropPromise, { params, body: {} }))).not.toContain('promised')
  await desk.answer(ticket, { text: 'Here it is.\n> We will get back to you tomorrow.' })
  await desk.answer(ticket, { text: 'We will get back to you tomorrow.', automatic: true })
  expect(said(await card(ticket))).not.toContain('promised')
})

test('an answer that says other than what was done tells its writer once, by mail and on the card', async () => {
  const ticket = await desk.mail()
  const before = noticesTo(desk, 'nora').length
  await desk.answer(ticket, { text: 'We have refunded 25.00 EUR to you.' })
  await desk.settle()
  const shown = await card(ticket)
  expect(said(shown)).toContain('You wrote 25.00 EUR refunded; nothing was refunded on this ticket.')
  expect(noticesTo(desk, 'nora').slice(before)).toMatchObject([{ text: expect.stringContaining('25.00 EUR') }])
  await desk.settle()
  expect(noticesTo(desk, 'nora')).toHaveLength(before + 1)
  const params = { ticketId: ticket.id, differenceId: idIn(shown, 'Seen') }
  expect(said(await desk.as('nora').call(seeDifference, { params, body: {} }))).not.toContain('25.00 EUR')
})

test.each([
  'We can refund 25.00 EUR if you like.',
  'Your refund is on its way.',
  'Thank you.\n> We have refunded 25.00 EUR to you.',
  'The jar costs 25.00 EUR.',
])('«%s» raises no alarm', async (text) => {
  const ticket = await desk.mail()
  await desk.answer(ticket, { text })
  await desk.settle()
  expect(said(await card(ticket))).not.toContain('You wrote')
})

test('a promise for the evening of a desk in Tokyo that closes at two reminds an hour of work before that', async () => {
  const timeZone = 'Asia/Tokyo'
  const by = systemOf(desk.workspaceId)
  const before = await desk.as('ada').call(getSlaRules)
  await describeWorkspace(desk.ctx, desk.workspaceId, { name: 'Fern', timeZone, languages: ['en'] }, by)
  const week = Array.from({ length: 7 }, () => [{ from: 8 * 60, to: 14 * 60 }])
  await desk.as('ada').call(writeSlaRules, { body: { ...before, hours: { timeZone, week, specialDays: [] } } })
  const ticket = await desk.mail()
  await desk.answer(ticket, { text: 'We will get back to you tomorrow.' })
  const params = { ticketId: ticket.id, promiseId: idIn(await card(ticket), 'Remind me') }
  await desk.as('nora').call(confirmPromise, { params, body: {} })
  const { items } = await desk.as('nora').call(listReminders, {})
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  const tomorrow = new Date(desk.clock.now().getTime() + 24 * 3_600_000)
  const reminded = items.find(({ ticketId }) => ticketId === ticket.id)?.remindAt ?? ''
  expect(clock.format(new Date(reminded))).toBe(`${clock.format(tomorrow).split(',')[0]}, 13:00`)
})

test('what stands in the layout of every mail, or in a signature, is neither promised nor claimed', async () => {
  const layout =
    'Fern & Fig\n\n{text}\n\n{signature}\n\nWe will get back to you in 2 hours.\nA gift card of 5.00 EUR was sent to many.'
  await desk.as('vera').call(writeTemplate, { body: { language: 'en', layout, html: '' } })
  await desk.as('nora').call(writeSignature, { body: { text: 'Nora\nWe have refunded 25.00 EUR to others.' } })
  const framed = (text: string) =>
    layout.replace('{text}', text).replace('{signature}', 'Nora\nWe have refunded 25.00 EUR to others.')
  const ticket = await desk.mail()
  await desk.answer(ticket, { text: framed('Here it is.') })
  await desk.settle()
  expect(said(await card(ticket))).not.toMatch(/promised|You wrote/)
  await desk.answer(ticket, { text: framed('We have refunded 30.00 EUR to you.') })
  await desk.settle()
  expect(said(await card(ticket))).toContain('You wrote 30.00 EUR refunded; nothing was refunded on this ticket.')
  expect(said(await card(ticket))).not.toMatch(/promised|25\.00/)
})
