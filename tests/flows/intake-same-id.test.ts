import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { connectMailbox } from '../../backend/features/intake/index.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { sendReply } from '../../shared/drafts.ts'
import { createTicket, getTicket, listMessages, listTickets, lookUpTicket } from '../../shared/tickets.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'

const SECOND = 'vera@fern.example'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

let people = 0
const someone = () => `customer${++people}@home.example`

function deliver(from: string, more: Record<string, string>, body: string) {
  const headers = { From: from, To: SUPPORT, ...more }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return desk.google.deliver(Buffer.from(`${lines.join('')}\r\n${body}`), { from, to: [SUPPORT] })
}

const ticketsOf = async (email: string) => {
  const { items } = await desk.as('nora').call(listTickets, { query: { view: 'open', limit: 100 } })
  return items.filter((item) => item.customer.email === email)
}

const WITH_PHOTO = { 'MIME-Version': '1.0', 'Content-Type': 'multipart/mixed; boundary=b' }
const photo = (text: string) =>
  `--b\r\nContent-Type: text/plain\r\n\r\n${text}\r\n--b\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename=jar.png\r\n\r\nxxxx\r\n--b--\r\n`

test('a form mailer that gives all its mails one Message-ID and one subject loses none, and mixes nobody up', async () => {
  const form = { 'Message-ID': '<constant@form.example>', Subject: 'Contact form' }
  const [ada, grace] = [someone(), someone()]
  deliver(ada, form, 'My jar is broken.')
  await desk.settle()
  const [ofAda] = await ticketsOf(ada)
  await desk.as('nora').call(sendReply, { params: { ticketId: ofAda?.id ?? '' }, body: { text: 'Sorry, Ada!' } })
  deliver(grace, form, 'Where is my parcel?')
  deliver(ada, form, 'And the lid, too.')
  await desk.settle()
  const [ofGrace, ...more] = await ticketsOf(grace)
  expect(more).toEqual([])
  const { messages } = await desk.as('nora').call(getTicket, { params: { ticketId: ofGrace?.id ?? '' } })
  expect(messages.map(({ excerpt }) => excerpt)).toEqual(['Where is my parcel?'])
  const texts: string[] = []
  for (const { id } of await ticketsOf(ada)) {
    const card = await desk.as('nora').call(getTicket, { params: { ticketId: id } })
    texts.push(...card.messages.filter(({ direction }) => direction === 'in').map(({ excerpt }) => excerpt))
  }
  expect(texts.sort()).toEqual(['And the lid, too.', 'My jar is broken.'])
})

test("two mailboxes' copies of one mail are one mail, though a group wrote a footer below one of them", async () => {
  const secret = desk.google.users.refreshToken(SECOND, 'desk-client')
  const access = { access: 'refresh_token', secret } as const
  await connectMailbox(desk.ctx, desk.workspaceId, {
    address: 'orders@fern.example',
    archiveAddress: SECOND,
    ...access,
    historyDays: 0,
  })
  await desk.settle()
  const from = someone()
  const headers = { From: from, To: SUPPORT, Subject: 'One mail', 'Message-ID': '<footed@home.example>' }
  const mail = (body: string) =>
    Buffer.from(
      `${Object.entries(headers)
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('')}\r\n${body}`,
    )
  desk.google.deliver(mail('Is  it\r\nhere?\r\n'), { from, to: ['archive@fern.example'] })
  desk.google.deliver(mail('Is it here?\r\n\r\n-- \r\nYou received this because you are in the group.'), {
    from,
    to: [SECOND],
  })
  await desk.settle()
  expect((await ticketsOf(from)).length).toBe(1)
  const { ticket } = await desk.as('nora').call(lookUpTicket, { body: { messageId: '<footed@home.example>' } })
  expect(ticket).toMatchObject({ messageCount: 1 })
})

test('a ticket that an agent made of a mail gets its attachments, whole text and mailbox when the mail arrives', async () => {
  const from = someone()
  const made = await desk.as('nora').call(createTicket, {
    body: {
      messageId: '<early@home.example>',
      subject: 'Photo',
      from,
      sentAt: desk.clock.now().toISOString(),
      text: 'sh',
    },
  })
  deliver(from, { Subject: 'Photo', 'Message-ID': '<early@home.example>', ...WITH_PHOTO }, photo('The whole story.'))
  await desk.settle()
  const card = await desk.as('nora').call(getTicket, { params: { ticketId: made.id } })
  expect(card).toMatchObject({ messageCount: 1, messages: [{ attachments: [{ name: 'jar.png' }] }] })
  const { items } = await desk.as('nora').call(listMessages, { params: { ticketId: made.id }, query: { limit: 10 } })
  expect(items[0]?.text.trim()).toBe('The whole story.')
  const { mailboxId } = await inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) => tx.ticket.findFirstOrThrow({ where: { workspaceId: desk.workspaceId, id: made.id } }),
    { reads: true },
  )
  expect(mailboxId).not.toBeNull()
})

test("a customer's mail that borrows the Message-ID of our reply does not take its place", async () => {
  const from = someone()
  deliver(from, { Subject: 'Hello', 'Message-ID': '<hello@home.example>' }, 'Hello?')
  await desk.settle()
  const [ticket] = await ticketsOf(from)
  const ticketId = ticket?.id ?? ''
  await desk.as('nora').call(sendReply, { params: { ticketId }, body: { text: 'Good day.' } })
  await desk.settle()
  const [reply] = desk.google.customers.inbox(from)
  deliver(
    from,
    { Subject: 'Re: Hello', 'Message-ID': reply?.messageId ?? '', 'In-Reply-To': '<hello@home.example>' },
    'Mine.',
  )
  await desk.settle()
  const { messages } = await desk.as('nora').call(getTicket, { params: { ticketId } })
  expect(messages.map(({ direction, excerpt }) => [direction, excerpt])).toEqual([
    ['in', 'Mine.'],
    ['out', 'Good day.'],
    ['in', 'Hello?'],
  ])
})
