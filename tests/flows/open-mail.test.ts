import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { standingOf } from '../../backend/features/intake/open-mail/standing.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { ignoreSender } from '../../shared/ignored-senders.ts'
import type { PanelCard } from '../../shared/panel.ts'
import { getTicket, lookUpTicket } from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { mailAt, someone } from '../support/customer-mail.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, type StaffName, SUPPORT, startDesk } from '../support/desk.ts'
import { buttonOf, buttonsOf, panelOf, textOf } from '../support/panel-hands.ts'
import { expectIndexed } from '../support/plans/expecting.ts'
import { plannerOf } from '../support/plans/planner.ts'
import { rawMail } from '../support/raw-mail.ts'

/** A mail that is open in Gmail and that the desk has, though no ticket holds it. */
let desk: Desk
let mail: ReturnType<typeof mailAt>
beforeAll(async () => {
  desk = await startDesk()
  mail = mailAt(desk)
})
afterAll(() => desk.stop())

const lookUp = (who: StaffName, messageId: string, references: string[] = []) =>
  desk.as(who).call(lookUpTicket, { body: { messageId, references } })

async function cardFor(who: StaffName, messageId: string): Promise<PanelCard> {
  const { card } = await lookUp(who, messageId)
  if (!card) throw new Error('Nothing is said of this mail')
  return card
}

async function spam(subject: string, inReplyTo?: string): Promise<string> {
  const wrote = { from: someone(), to: SUPPORT, subject, text: 'You have won.', spam: true }
  const { messageId } = await desk.google.customers.write({ ...wrote, ...(inReplyTo && { inReplyTo }) })
  await desk.settle()
  return messageId
}

/** A mail whose sender was put on the list by somebody before. */
async function ignoredMail(): Promise<string> {
  const from = someone()
  const first = await mail.cardOfNew({ from, text: 'Buy!' })
  await desk.as('nora').call(ignoreSender, { params: { ticketId: first.id }, body: {} })
  return mail.write({ from, text: 'Buy more!' })
}

async function bomb(): Promise<string> {
  const id = '<Bomb1@Home.Example>'
  const head = { From: someone(), To: SUPPORT, Subject: 'Bomb', 'Content-Type': 'multipart/mixed; boundary=b' }
  const parts = `${'--b\r\nContent-Type: text/plain\r\n\r\nx\r\n'.repeat(12_000)}--b--`
  desk.google.deliver(rawMail({ ...head, 'Message-ID': id }, parts), { from: head.From, to: [SUPPORT] })
  await desk.settle()
  return id
}

test('suspected spam says so beside the mail, and one press there makes it a ticket', async () => {
  const messageId = await spam('A real question')
  const card = await cardFor('nora', messageId)
  expect(card.title).toBe('Suspected spam')
  expect(textOf(card)).toContain(`Gmail holds this mail to ${SUPPORT} for spam`)
  const done = await panelOf(desk, 'nora').press(card, 'No spam: make ticket')
  expect(buttonOf(done, 'Look again').press).toEqual({ kind: 'mail' })
  await desk.settle()
  expect(await lookUp('nora', messageId)).toMatchObject({ card: null, ticket: { subject: 'A real question' } })
})

test('what is spam indeed is said so with one press, and stays a mail that can be made a ticket', async () => {
  const messageId = await spam('A prize')
  await panelOf(desk, 'nora').press(await cardFor('nora', messageId), 'Yes, spam')
  const card = await cardFor('sam', messageId)
  expect(card.title).toBe('Spam')
  expect(buttonsOf(card).map(({ label }) => label)).toEqual(['No spam: make ticket', 'Look again'])
})

test('who only looks sees what a mail is, and why they cannot press', async () => {
  const card = await cardFor('rhea', await spam('Another prize'))
  expect(buttonOf(card, 'No spam: make ticket').off).toContain('does not work on them')
  const press = panelOf(desk, 'rhea').press(card, 'No spam: make ticket')
  expect(await refusalOf(press)).toMatchObject({ code: 'forbidden' })
})

test('spam that answers a ticket leads to it and is not taken for a part of it', async () => {
  const asked = await mail.write({ from: someone(), text: 'Where is it?' })
  const ticket = await mail.card(asked)
  const messageId = await spam('Re: About my order', asked)
  const { card } = await lookUp('nora', messageId, [asked])
  expect(buttonOf(card as PanelCard, 'Ticket that it answers').press).toEqual({ kind: 'open', ticketId: ticket.id })
})

test('an ignored mail says why; a supervisor makes a ticket of it there, an agent is told who can', async () => {
  const messageId = await ignoredMail()
  const nora = await cardFor('nora', messageId)
  expect(textOf(nora)).toContain('its sender is on the list of ignored senders')
  expect(textOf(nora)).toContain('A supervisor or an admin')
  expect(buttonsOf(nora).map(({ label }) => label)).toEqual(['Look again'])
  const vera = await cardFor('vera', messageId)
  const asNora = panelOf(desk, 'nora').press(vera, 'Make ticket')
  expect(await refusalOf(asNora)).toMatchObject({ code: 'forbidden' })
  await panelOf(desk, 'vera').press(vera, 'Make ticket')
  await desk.settle()
  expect(await lookUp('nora', messageId)).toMatchObject({ card: null, ticket: { status: 'new' } })
})

test('a mail in quarantine leads to its ticket, and who leads to the page; the id is found however it is written', async () => {
  const messageId = await bomb()
  const nora = await cardFor('nora', messageId)
  expect(nora.title).toBe('In quarantine')
  const { press } = buttonOf(nora, 'Its ticket')
  const ticketId = press.kind === 'open' ? press.ticketId : ''
  expect(await desk.as('nora').call(getTicket, { params: { ticketId } })).toMatchObject({ subject: expect.any(String) })
  expect(buttonsOf(nora).map(({ label }) => label)).not.toContain('Quarantine')
  const vera = await cardFor('vera', 'Bomb1@home.example')
  expect(buttonOf(vera, 'Quarantine').press).toMatchObject({
    url: expect.stringMatching(/\/settings\/quarantine\/[\da-f-]{36}$/),
  })
})

test('a mail that has come and is not read yet says so', async () => {
  const messageId = await mail.write({ from: someone(), text: 'Hello' })
  const key = await keyOfRow(messageId)
  expect(key).toBeNull() // a ticket holds it, and only that one answers for it
  const waiting = await spam('Waits')
  const owner = await ownerOf(desk.database)
  await owner.query(
    "update desk.mailbox_mail set state = 'received', outcome = null where mail_key is not null and outcome = 'suspected_spam' and ended_at = (select max(ended_at) from desk.mailbox_mail)",
  )
  await owner.end()
  expect((await cardFor('nora', waiting)).title).toBe('Not read yet')
})

const keyOfRow = (messageId: string) =>
  inWorkspace(
    desk.ctx,
    desk.workspaceId,
    async (tx) => {
      const { id } = await mail.card(messageId)
      const held = await tx.message.findFirstOrThrow({ where: { ticketId: id, direction: 'in' } })
      return (await tx.mailboxMail.findFirstOrThrow({ where: { messageId: held.id } })).mailKey
    },
    { reads: true },
  )

test('of a mail that the desk does not have, or that has no id, nothing is said', async () => {
  expect((await lookUp('nora', '')).card).toBeNull()
  expect((await lookUp('nora', '<nowhere@home.example>')).card).toBeNull()
})

test('a mail beside tickets is found by index among two hundred thousand', async () => {
  const owner = await ownerOf(desk.database)
  await owner.query(
    `insert into desk.mailbox_mail (workspace_id, mailbox_id, gmail_id, labels, state, outcome, reason, historical, attempts, received_at, mail_key)
     select $1, $2, 'g' || n, '{}', 'ended', 'ignored', 'rule', false, 0, now(), 'k' || n from generate_series(1, 200000) n`,
    [desk.workspaceId, desk.mailbox.mailboxId],
  )
  await owner.query('vacuum analyze desk.mailbox_mail')
  await owner.end()
  const planner = await plannerOf(desk.database, desk.workspaceId)
  expectIndexed(await planner.plan(standingOf(desk.workspaceId, 'k77')), { indexes: ['mailbox_mail_beside'], most: 10 })
  await planner.end()
})
