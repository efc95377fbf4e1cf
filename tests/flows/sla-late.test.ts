import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { deactivateStaff } from '../../backend/features/settings/index.ts'
import { slaSchedule } from '../../backend/features/sla/index.ts'
import { tick as look } from '../../backend/features/sla/watching/ticking.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { chooseSending, type SendingChoice } from '../../shared/sending.ts'
import { escalateTicket, getSlaRules, type SlaPolicy, showEscalationForm, writeSlaRules } from '../../shared/sla.ts'
import { assignTicket, getTicket, moveTicket, type TicketStatus, voidTicket } from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { startDesk } from '../support/desk.ts'
import { noticesTo } from '../support/notice-mail.ts'
import { panelOf, textOf } from '../support/panel-hands.ts'
import { type SlaDesk, slaDesk } from '../support/sla-desk.ts'
import { visitor } from '../support/visitor.ts'

let desk: SlaDesk
beforeAll(async () => {
  desk = slaDesk(await startDesk())
})
afterAll(() => desk.stop())

/** A minute has passed: the clock looks at what is late. */
async function tick() {
  const [{ job } = { job: { name: '', maxAttempts: 1 } }] = slaSchedule
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, job, {}))
  await desk.settle()
}

const card = (ticketId: string) => desk.as('nora').call(getTicket, { params: { ticketId } })
const told = async (type: string, ticketId: string) =>
  (await desk.events(type)).filter((event) => event.ticketId === ticketId).map(({ payload }) => payload)

const choose = (ticketId: string, when: SendingChoice) =>
  desk.as('nora').call(chooseSending, { params: { ticketId }, body: { when } })
const move = async (ticketId: string, status: TicketStatus) =>
  desk.as('nora').call(moveTicket, { params: { ticketId }, body: { status, version: (await card(ticketId)).version } })

/** Edits the default policy. */
async function policy(change: Partial<SlaPolicy>) {
  const ada = desk.as('ada')
  const rules = await ada.call(getSlaRules)
  const policies = rules.policies.map((one) => (one.id === 'default' ? { ...one, ...change } : one))
  await ada.call(writeSlaRules, { body: { ...rules, policies } })
  await desk.settle()
}

const quiet = { tell: 'nobody', raisePriority: false, reassignTo: null } as const

test('a warning and a breach are told once each, however often the clock looks', async () => {
  const { id } = await desk.mail()
  await desk.travel('17 h')
  await tick()
  expect(await told('sla.warned', id)).toEqual([])
  await desk.travel('2 h')
  await tick()
  await tick()
  expect(await told('sla.warned', id)).toMatchObject([{ target: 'first', policyId: 'default', limitSeconds: 86_400 }])
  expect(await told('sla.breached', id)).toEqual([])
  await desk.travel('6 h')
  await tick()
  await tick()
  expect(await told('sla.warned', id)).toHaveLength(1)
  expect(await told('sla.breached', id)).toMatchObject([
    { target: 'first', policyId: 'default', limitSeconds: 86_400, answered: false },
  ])
})

test('a worker that was away tells of the breach alone, with the time at which it came', async () => {
  const { id } = await desk.mail()
  const due = await desk.dueAt(id)
  await desk.travel('2 days')
  await tick()
  expect(await told('sla.warned', id)).toEqual([])
  const [breach] = (await desk.events('sla.breached')).filter(({ ticketId }) => ticketId === id)
  expect(breach?.occurredAt).toEqual(due)
})

test('two workers that look at the same moment tell it once', async () => {
  const { id } = await desk.mail()
  await desk.travel('2 days')
  await Promise.all([look(desk.ctx, desk.workspaceId), look(desk.ctx, desk.workspaceId)])
  expect(await told('sla.breached', id)).toHaveLength(1)
})

test('an answer that is late and read before anybody looked is told as answered', async () => {
  const mail = await desk.mail()
  await desk.travel('30 h')
  await desk.answer(mail)
  await tick()
  expect(await told('sla.breached', mail.id)).toMatchObject([
    { target: 'first', policyId: 'default', limitSeconds: 86_400, answered: true },
  ])
})

test('an answer in time is told nothing, and each wait has its own warning and breach', async () => {
  const mail = await desk.mail()
  await desk.answer(mail)
  await desk.travel('2 days')
  await tick()
  expect(await told('sla.breached', mail.id)).toEqual([])
  await desk.customerAnswers(mail)
  await desk.travel('25 h')
  await tick()
  await desk.answer(mail)
  await desk.customerAnswers(mail)
  await desk.travel('25 h')
  await tick()
  expect((await told('sla.breached', mail.id)).map((one) => (one as { target: string }).target)).toEqual([
    'next',
    'next',
  ])
})

test('a late ticket goes one priority up and to another owner, and those whom the policy names get one mail', async () => {
  await policy({
    onWarning: { tell: 'assignee' },
    onBreach: { tell: 'both', raisePriority: true, reassignTo: desk.staff.sam.id },
  })
  const { id } = await desk.mail()
  const before = await card(id)
  await desk
    .as('nora')
    .call(assignTicket, { params: { ticketId: id }, body: { assigneeId: desk.staff.nora.id, version: before.version } })
  await desk.travel('19 h')
  await tick()
  expect(noticesTo(desk, 'nora').filter(({ subject }) => subject.startsWith(before.number))).toHaveLength(1)
  await desk.travel('6 h')
  await tick()
  await tick()
  expect(await card(id)).toMatchObject({ priority: 'high', assignee: { name: 'Sam' } })
  const about = (name: 'nora' | 'sam' | 'vera') =>
    noticesTo(desk, name).filter(({ subject }) => subject.includes(before.number))
  expect([about('sam'), about('vera')].map((mails) => mails.map(({ subject }) => subject))).toEqual([
    [`${before.number}: the first answer is late`],
    [`${before.number}: the first answer is late`],
  ])
  expect(await told('sla.breached', id)).toHaveLength(1)
  await policy({ onWarning: { tell: 'nobody' }, onBreach: quiet })
})

test('late tickets are not given to somebody who has left; they stay where they are', async () => {
  await policy({ onBreach: { ...quiet, reassignTo: desk.staff.sam.id } })
  const { id } = await desk.mail()
  await deactivateStaff(desk.ctx, desk.workspaceId, desk.staff.sam.email, systemOf(desk.workspaceId))
  await desk.travel('2 days')
  await tick()
  expect(await card(id)).toMatchObject({ assignee: null })
  expect(await told('sla.breached', id)).toHaveLength(1)
})

test('an agent escalates: the ticket is theirs, they read why in a mail, and it counts by its reason, once however often it is pressed', async () => {
  const { id } = await desk.mail()
  const nora = panelOf(desk, 'nora')
  const form = await desk.as('nora').call(showEscalationForm, { params: { ticketId: id } })
  const done = await nora.press(form, 'Escalate', {
    toId: desk.staff.vera.id,
    reason: 'angry_customer',
    text: 'Third jar in a row.',
  })
  expect(textOf(done)).toContain('It is theirs now')
  const again = await nora.press(form, 'Escalate', {
    toId: desk.staff.vera.id,
    reason: 'angry_customer',
    text: 'Third jar in a row.',
  })
  expect(textOf(again)).toContain('It is theirs now')
  await desk.settle()
  const after = await card(id)
  expect(after.assignee?.name).toBe('Vera')
  expect(JSON.stringify(after.sections)).toContain('Nora: Angry customer')
  expect(await told('ticket.escalated', id)).toEqual([
    expect.objectContaining({ reason: 'angry_customer', toId: desk.staff.vera.id }),
  ])
  const [mail, ...more] = noticesTo(desk, 'vera').filter(
    ({ subject }) => subject.includes(after.number) && subject.includes('escalated'),
  )
  expect(more).toEqual([])
  expect(mail?.text).toContain('Third jar in a row.')
})

test('a form that is not complete comes back with what was typed', async () => {
  const { id } = await desk.mail()
  const nora = panelOf(desk, 'nora')
  const form = await desk.as('nora').call(showEscalationForm, { params: { ticketId: id } })
  const refused = await nora.press(form, 'Escalate', { toId: desk.staff.vera.id, reason: 'other', text: '' })
  expect(textOf(refused)).toContain('Say why in a few words')
  const nobody = await nora.press(refused, 'Escalate', { toId: '', reason: 'legal', text: 'He wrote to a lawyer.' })
  expect(textOf(nobody)).toContain('Choose to whom')
  expect(JSON.stringify(nobody.sections)).toContain('He wrote to a lawyer.')
  expect((await card(id)).assignee).toBeNull()
})

test('an escalated ticket goes one priority up unless its form says otherwise, and the page counts why', async () => {
  const up = await desk.mail()
  const nora = panelOf(desk, 'nora')
  const wish = { toId: desk.staff.vera.id, reason: 'legal', text: '' }
  const send = async (id: string, raise: 'yes' | 'no') =>
    nora.press(await desk.as('nora').call(showEscalationForm, { params: { ticketId: id } }), 'Escalate', {
      ...wish,
      raise,
    })
  await send(up.id, 'yes')
  expect(await card(up.id)).toMatchObject({ priority: 'high', assignee: { name: 'Vera' } })
  const same = await desk.mail()
  await send(same.id, 'no')
  expect(await card(same.id)).toMatchObject({ priority: 'normal', assignee: { name: 'Vera' } })
  expect((await visitor(desk, 'vera').open('/settings/sla')).text).toContain('<li>Legal question: 2</li>')
})

test('a clock that stops in time is told as met, once; a holding answer, spam and solving without a word meet nothing', async () => {
  const mail = await desk.mail()
  await desk.answer(mail)
  await desk.customerAnswers(mail)
  await choose(mail.id, 'keep_2h')
  await desk.answer(mail)
  expect(await told('sla.met', mail.id)).toMatchObject([{ target: 'first', limitSeconds: 86_400 }])
  await desk.answer(mail)
  await move(mail.id, 'solved')
  await move(mail.id, 'open')
  await move(mail.id, 'solved')
  const targets = (await told('sla.met', mail.id)).map((one) => (one as { target: string }).target)
  expect(targets).toEqual(['first', 'next', 'resolution'])

  const unanswered = await desk.mail()
  await move(unanswered.id, 'solved')
  expect(await told('sla.met', unanswered.id)).toMatchObject([{ target: 'resolution' }])
  const spam = await desk.mail()
  const { version } = await card(spam.id)
  await desk.as('nora').call(voidTicket, { params: { ticketId: spam.id }, body: { reason: 'spam', version } })
  expect(await told('sla.met', spam.id)).toEqual([])
  const late = await desk.mail()
  await desk.travel('30 h')
  await desk.answer(late)
  expect(await told('sla.met', late.id)).toEqual([])
})

test('a warning may also come so many minutes before; what the policy does to a late ticket is told once', async () => {
  await policy({ warnPercent: null, warnMinutes: 45, onBreach: { ...quiet, raisePriority: true } })
  const { id } = await desk.mail()
  await desk.travel('23 h')
  await tick()
  expect(await told('sla.warned', id)).toEqual([])
  await desk.travel('30 min')
  await tick()
  expect(await told('sla.warned', id)).toMatchObject([{ target: 'first' }])
  await desk.travel('1 h')
  await tick()
  await tick()
  expect(await told('sla.escalated', id)).toEqual([expect.objectContaining({ raised: true, given: false })])
  expect((await card(id)).priority).toBe('high')
  await policy({ warnPercent: 75, warnMinutes: null, onBreach: quiet })
})

test('nobody escalates to themselves, to who does not work on tickets, or what is void', async () => {
  const { id } = await desk.mail()
  const send = (toId: string) =>
    refusalOf(desk.as('nora').call(escalateTicket, { params: { ticketId: id }, body: { toId, reason: 'legal' } }))
  expect((await send(desk.staff.nora.id)).message).toContain('yourself')
  expect((await send(desk.staff.frank.id)).message).toContain('does not work on tickets')
})
