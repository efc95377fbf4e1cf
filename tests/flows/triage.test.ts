import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { MailToFile } from '../../backend/features/tickets/mail.ts'
import { fileCustomerMail } from '../../backend/features/tickets/receiving.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { getQueue } from '../../shared/queues.ts'
import { getTicketSla } from '../../shared/sla.ts'
import { categoriseTicket, listTimeline, prioritiseTicket, tagTicket } from '../../shared/tickets.ts'
import { setLanguage } from '../../shared/triage.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, SUPPORT } from '../support/desk.ts'
import { buttonOf, fieldOf, panelOf, textOf } from '../support/panel-hands.ts'
import { startTriageDesk, triageHands } from '../support/triage-desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startTriageDesk()
})
afterAll(() => desk.stop())

const { next, written, described, cardOf } = triageHands(() => desk)

test('a mail from Gmail begins as its first words say; clock, queue and record see it so from the beginning', async () => {
  await desk.google.customers.write({
    from: 'cleo@home.example',
    to: SUPPORT,
    subject: 'Lid',
    text: 'Hello, my lid is broken and I have not received the refund.\n\nOn Monday, Fern & Fig wrote:\n> A question?',
  })
  await desk.settle()
  const { items } = await desk.as('nora').call(getQueue, { params: { view: 'open' }, query: {} })
  const ticket = items.find(({ subject }) => subject === 'Lid')
  if (!ticket) throw new Error('The mail is no ticket')
  const view = await cardOf(ticket.id)
  expect(view).toMatchObject({ priority: 'urgent', category: 'order', language: 'en' })
  const sla = await desk.as('nora').call(getTicketSla, { params: { ticketId: ticket.id } })
  expect(sla.clocks.find(({ target }) => target === 'first')?.dueAt).toBeTruthy()
  const urgent = ticket.dueAt
  const calm = await written('Hello, thank you for that.')
  const { items: later } = await desk.as('nora').call(getQueue, { params: { view: 'open' }, query: {} })
  const other = later.find(({ id }) => id === calm.id)
  expect(new Date(urgent ?? 0).getTime()).toBeLessThan(new Date(other?.dueAt ?? '9999-12-31').getTime())
  const category = await desk.as('nora').call(getQueue, { params: { view: 'category' }, query: { of: 'order' } })
  expect(category.items.map(({ id }) => id)).toContain(ticket.id)
  const timeline = await desk.as('nora').call(listTimeline, { params: { ticketId: ticket.id }, query: {} })
  expect(timeline.items.map(({ words }) => words)).toContain('Created; urgent by its words')
  expect(timeline.items.map(({ type }) => type)).not.toContain('ticket.prioritised')
})

test('the card says which word decided and lets the agent change it in one press; then the box is gone', async () => {
  const ticket = await written('Hello, please answer asap where my delivery is.')
  const card = described(ticket)
  expect(textOf(card)).toContain('Keywords: Urgent because of “asap” · Order because of “delivery”')
  expect(fieldOf(card, 'about')).toEqual(['order'])
  const { press } = buttonOf(card, 'Normal')
  expect(press).toMatchObject({
    kind: 'change',
    path: `/v1/tickets/${ticket.id}/priority`,
    body: { priority: 'normal' },
  })
  const params = { ticketId: ticket.id }
  const calm = await desk
    .as('nora')
    .call(prioritiseTicket, { params, body: { priority: 'normal', version: ticket.version } })
  expect(textOf(described(calm))).toContain('Keywords: Order because of “delivery”')
  const moved = await desk
    .as('nora')
    .call(categoriseTicket, { params, body: { category: 'billing', version: calm.version } })
  expect(textOf(described(moved))).not.toContain('Keywords')
  expect(textOf(described(await written('Hello there, thank you for that.')))).not.toContain('Keywords')
})

test('what machines write and what the past said has a category and is never urgent; what is quoted decides nothing', async () => {
  const mail = (given: Partial<MailToFile>): MailToFile => ({
    mailboxId: null,
    mailKey: crypto.randomUUID(),
    references: [],
    messageId: '',
    subject: 'Invoice urgent',
    from: { name: 'Ada', address: `m${next()}@home.example` },
    provenKey: null,
    to: [],
    cc: [],
    text: 'asap, broken',
    excerpt: 'asap',
    sentAt: desk.clock.now(),
    automatic: false,
    historical: false,
    raw: null,
    attachments: [],
    ...given,
  })
  const filed = (given: Partial<MailToFile>) =>
    inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
      const { ticketId } = await fileCustomerMail(tx, await desk.ctx.keyring.box(tx), mail(given), null, {
        begin: desk.ctx.begin,
      })
      return ticketId
    })
  for (const given of [{ automatic: true }, { historical: true }])
    expect(await cardOf(await filed(given))).toMatchObject({ priority: 'normal', category: 'billing' })
  expect(await cardOf(await filed({}))).toMatchObject({ priority: 'urgent', category: 'billing' })
  const quoted = {
    subject: 'Hello',
    text: 'Thank you.\n\n> This is urgent: my order is broken\n\n-- \nUrgent Care Ltd',
  }
  expect(await cardOf(await filed(quoted))).toMatchObject({ priority: 'normal', category: 'other' })
})

test('German words count in German mails; what is too short takes the language of the customer, which an agent can correct', async () => {
  const german = await written('Guten Tag, ich habe die Rechnung noch nicht. Es ist dringend. Danke', {
    from: 'uwe@heim.example',
  })
  expect(german).toMatchObject({ language: 'de', priority: 'urgent', category: 'billing' })
  expect((await written('FF-20418', { from: 'uwe@heim.example' })).language).toBe('de')
  expect((await written('FF-20418')).language).toBeNull()
  const params = { ticketId: german.id }
  const { press } = panelOf(desk, 'nora')
  const card = await press(described(german), 'Language: Deutsch')
  expect(fieldOf(card, 'language')).toEqual(['de'])
  desk.clock.travel(1_000)
  const danish = await desk.as('nora').call(setLanguage, { params, body: { language: 'da' } })
  expect(danish.language).toBe('da')
  expect(await refusalOf(desk.as('rhea').call(setLanguage, { params, body: { language: 'en' } }))).toMatchObject({
    code: 'forbidden',
  })
  expect((await desk.as('nora').call(setLanguage, { params, body: { language: 'none' } })).language).toBeNull()
  expect(await desk.events('ticket.language_set')).toHaveLength(2)
  await desk.as('nora').call(tagTicket, { params, body: { add: ['lang:fr'] } })
})
