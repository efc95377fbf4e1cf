import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { forgetIgnored } from '../../backend/features/intake/index.ts'
import {
  fileIgnoredMail,
  hearSenderAgain,
  hearSenderOfTicket,
  ignoreSender,
  listIgnoredMails,
  listIgnoredSenders,
  openIgnoreForm,
} from '../../shared/ignored-senders.ts'
import { getTicket, listTickets, lookUpTicket, moveTicket, type TicketCardView } from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, type StaffName, SUPPORT, startDesk } from '../support/desk.ts'
import { panelOf, textOf } from '../support/panel-hands.ts'
import { visitor } from '../support/visitor.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

const PATH = '/settings/mail-rules/senders'
const MAILS = '/settings/mail-rules/ignored'
let people = 0
const someone = (domain = 'ads.example') => `seller${++people}@${domain}`
const nora = () => desk.as('nora')

async function wrote(
  from: string,
  more: { inReplyTo?: string; authentication?: 'pass' | 'fail' } = {},
): Promise<string> {
  await desk.travel('1 min')
  const { messageId } = await desk.google.customers.write({
    from,
    to: SUPPORT,
    subject: 'Cheap watches',
    text: 'Buy!',
    ...more,
  })
  await desk.settle()
  return messageId
}

async function cardOf(messageId: string): Promise<TicketCardView | null> {
  const { ticket } = await nora().call(lookUpTicket, { body: { messageId } })
  return ticket
}

async function ticketFrom(
  from: string,
  more: { authentication?: 'pass' | 'fail' } = {},
): Promise<TicketCardView & { messageId: string }> {
  const messageId = await wrote(from, more)
  const card = await cardOf(messageId)
  if (!card) throw new Error('No ticket')
  return { ...card, messageId }
}

const ignored = (ticketId: string, more: { whole?: 'domain'; sure?: boolean } = {}, who: StaffName = 'nora') =>
  desk.as(who).call(ignoreSender, { params: { ticketId }, body: more })

const entryOf = async (sender: string) =>
  (await desk.as('ada').call(listIgnoredSenders, { query: { limit: 100 } })).items.find(
    (item) => item.sender === sender,
  )

test('after one press the ticket is void and later mail of its sender makes none, but is counted', async () => {
  const from = someone()
  const card = await ignored((await ticketFrom(from)).id)
  expect(card).toMatchObject({ voidReason: 'not_a_ticket' })
  expect(await cardOf(await wrote(from))).toBeNull()
  expect(await cardOf(await wrote(from.toUpperCase()))).toBeNull()
  expect(await entryOf(from)).toMatchObject({ count: 2, by: 'Nora', lastAt: expect.any(String) })
})

test('undone on the ticket, it stands as it stood, and the sender is heard again', async () => {
  const from = someone()
  const before = await ticketFrom(from)
  await ignored(before.id)
  const back = await nora().call(hearSenderOfTicket, { params: { ticketId: before.id } })
  expect(back).toMatchObject({ voidReason: null, status: 'new', waitingSince: before.waitingSince })
  expect(await entryOf(from)).toBeUndefined()
  expect(await cardOf(await wrote(from))).not.toBeNull()
  expect(await nora().call(hearSenderOfTicket, { params: { ticketId: before.id } })).toMatchObject({ voidReason: null })
})

test('an answer to a ticket that lives is heard, whoever writes it', async () => {
  const from = someone()
  const first = await ticketFrom(from)
  const second = await ticketFrom(from)
  await ignored(second.id, { sure: true })
  expect((await cardOf(await wrote(from, { inReplyTo: first.messageId })))?.id).toBe(first.id)
  expect(await cardOf(await wrote(from, { inReplyTo: second.messageId }))).toBeNull()
})

test('what was forged in the name of a customer ignores forged mail only; the real owner is heard', async () => {
  const from = someone('bank.example')
  const forged = await ticketFrom(from, { authentication: 'fail' })
  await ignored(forged.id)
  expect(await entryOf(from)).toMatchObject({ proven: false })
  expect(await cardOf(await wrote(from, { authentication: 'fail' }))).toBeNull()
  expect(await cardOf(await wrote(from, { authentication: 'pass' }))).not.toBeNull()
})

test('who had other tickets is ignored only when somebody says so', async () => {
  const from = someone()
  const first = await ticketFrom(from)
  await nora().call(moveTicket, { params: { ticketId: first.id }, body: { status: 'solved', version: first.version } })
  const second = await ticketFrom(from)
  const refused = await refusalOf(ignored(second.id))
  expect(refused).toMatchObject({
    code: 'needs_confirmation',
    message: `${from} has another ticket: its next mails would make no ticket. Say that you want this.`,
  })
  expect(await ignored(second.id, { sure: true })).toMatchObject({ voidReason: 'not_a_ticket' })
})

test('a whole domain is for supervisors, and never a mail provider or ourselves', async () => {
  const ticket = await ticketFrom(someone('spam.example'))
  expect((await refusalOf(ignored(ticket.id, { whole: 'domain' }))).code).toBe('forbidden')
  await ignored(ticket.id, { whole: 'domain' }, 'vera')
  expect(await cardOf(await wrote(someone('spam.example')))).toBeNull()
  const provider = await ticketFrom(someone('gmail.com'))
  expect((await refusalOf(ignored(provider.id, { whole: 'domain' }, 'vera'))).message).toContain('is a mail provider')
  const own = await visitor(desk, 'ada').send(PATH, { sender: SUPPORT })
  expect(own.text).toContain('is your own. Its mail cannot be ignored.')
})

test('the card says what ignoring means, asks once more where it must, and the ticket takes it back', async () => {
  const from = someone()
  const first = await ticketFrom(from)
  const second = await ticketFrom(from)
  const form = await nora().call(openIgnoreForm, { params: { ticketId: second.id } })
  expect(textOf(form)).toContain('has another ticket')
  const panel = panelOf(desk, 'nora')
  const again = await panel.press(form, 'Ignore always')
  expect(textOf(again)).toContain('Say that you want this.')
  const done = await panel.press(again, 'Ignore always', { sure: 'yes' })
  expect(done.say).toBe(`${from} is ignored`)
  const { sections } = await nora().call(getTicket, { params: { ticketId: second.id } })
  expect(textOf({ title: '', subtitle: null, sections, say: null })).toContain(
    `Mail of ${from} makes no ticket any more.`,
  )
  expect((await nora().call(getTicket, { params: { ticketId: first.id } })).voidReason).toBeNull()
})

test('a supervisor sees what was ignored and makes a ticket of it, once', async () => {
  const from = someone()
  await ignored((await ticketFrom(from)).id)
  const messageId = await wrote(from)
  const vera = desk.as('vera')
  const mail = (await vera.call(listIgnoredMails)).items.find(({ sender }) => sender === from)
  expect(mail).toMatchObject({ subject: 'Cheap watches', excerpt: 'Buy!' })
  const params = { mailId: mail?.id ?? '' }
  await vera.call(fileIgnoredMail, { params, body: {} })
  await desk.settle()
  expect(await cardOf(messageId)).toMatchObject({ status: 'new', messageCount: 1 })
  expect((await refusalOf(vera.call(fileIgnoredMail, { params, body: {} }))).message).toContain(
    'was made a ticket already',
  )
  const tickets = (await nora().call(listTickets, { query: { view: 'open', limit: 100 } })).items
  expect(tickets.filter(({ customer }) => customer.email === from)).toHaveLength(1)
})

test('the page adds and removes senders, keeps what was typed wrong, and files what was ignored', async () => {
  const vera = visitor(desk, 'vera')
  const from = someone('page.example')
  expect((await vera.send(PATH, { sender: 'not an address' })).text).toMatch(
    /Write an address[\s\S]*value="not an address"/,
  )
  expect((await vera.send(PATH, { sender: from })).path).toBe(`${PATH}?saved=1`)
  await wrote(from)
  expect((await vera.open(PATH)).text.split(from)[2]).toContain('1 mail, the last')
  const mails = await vera.open(MAILS)
  const [, mailId = ''] = /settings\/mail-rules\/ignored\/([0-9a-f-]{36})/.exec(mails.text) ?? []
  expect((await vera.send(`${MAILS}/${mailId}`, {}, MAILS)).path).toBe(`${MAILS}?filed=1`)
  await vera.send(`${PATH}/removals`, { sender: from }, PATH)
  expect(await entryOf(from)).toBeUndefined()
  expect((await visitor(desk, 'nora').open(PATH)).status).toBe(403)
})

test('a sender is taken off the list over the API by whoever leads, and what was ignored is forgotten after 30 days', async () => {
  const from = someone('old.example')
  await ignored((await ticketFrom(from)).id)
  await wrote(from)
  expect((await refusalOf(nora().call(hearSenderAgain, { body: { sender: from } }))).code).toBe('forbidden')
  expect(await desk.as('vera').call(hearSenderAgain, { body: { sender: from } })).toEqual({ removed: true })
  expect(await desk.as('vera').call(hearSenderAgain, { body: { sender: from } })).toEqual({ removed: false })
  await desk.travel('31 days')
  await forgetIgnored.perform(desk.ctx, desk.workspaceId, {})
  expect((await desk.as('vera').call(listIgnoredMails)).items).toEqual([])
})
