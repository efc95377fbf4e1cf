import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { sendReply, startReplyDraft } from '../../shared/drafts.ts'
import { listTickets } from '../../shared/tickets.ts'
import { mailAt, someone } from '../support/customer-mail.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { rawMail } from '../support/raw-mail.ts'

let desk: Desk
let mail: ReturnType<typeof mailAt>
beforeAll(async () => {
  desk = await startDesk()
  mail = mailAt(desk)
})
afterAll(() => desk.stop())

async function askedBy(from: string) {
  const asked = await desk.google.customers.write({ from, to: SUPPORT, subject: 'Where is it?', text: 'one' })
  await desk.settle()
  return asked
}

let forgeries = 0

test.each([
  ['at the support address', SUPPORT],
  ['straight at the archive', 'archive@fern.example'],
])("a forged answer of an agent, sent %s, is nobody's answer but a ticket to look at", async (_where, to) => {
  const first = await askedBy(someone())
  const id = `<forged${++forgeries}@evil.example>`
  desk.google.deliver(
    rawMail(
      {
        'Authentication-Results': 'mx.google.com; dmarc=pass header.from=fern.example',
        From: SUPPORT,
        Sender: 'nora@fern.example',
        To: someone(),
        Subject: 'Re: Where is it?',
        'Message-ID': id,
        'In-Reply-To': first.messageId,
      },
      'Send the money to X.',
    ),
    { from: 'mallory@evil.example', to: [to] },
  )
  await desk.settle()
  expect(await mail.find(first.messageId)).toMatchObject({ status: 'new', messageCount: 1, firstResponse: null })
  const forged = await mail.find(id)
  expect(forged).toMatchObject({
    subject: 'Sender not verified: Re: Where is it?',
    status: 'new',
    tags: ['unverified-sender'],
    customer: { name: 'Unknown sender' },
    messages: [{ direction: 'in', author: { name: 'Unknown sender' } }],
  })
  const { items } = await desk.as('nora').call(listTickets, { query: { view: 'unassigned', limit: 100 } })
  expect(items.map((item) => item.id)).toContain(forged?.id)
})

test('what every customer was sent, our header and our answer address, makes nobody of them an agent', async () => {
  const from = someone()
  const first = await askedBy(from)
  const ticketId = (await mail.find(first.messageId))?.id ?? ''
  await desk.as('nora').call(sendReply, { params: { ticketId }, body: { text: 'On its way.' } })
  await desk.settle()
  const [received] = desk.google.customers.inbox(from)
  const bytes = desk.google.customers.rawOf(from, received?.id ?? '')?.toString('latin1') ?? ''
  const copied = (name: string) => new RegExp(`^${name}:\\s*(.*(?:\\r?\\n[ \\t].*)*)`, 'im').exec(bytes)?.[1] ?? ''
  expect(copied('X-Sidedesk-Reply')).not.toBe('')
  desk.google.deliver(
    rawMail({
      'X-Sidedesk-Reply': copied('X-Sidedesk-Reply'),
      'Reply-To': copied('Reply-To'),
      From: SUPPORT,
      To: from,
      Subject: 'Re: Where is it?',
      'Message-ID': '<replayed@evil.example>',
    }),
    { from: 'mallory@evil.example', to: [SUPPORT] },
  )
  await desk.settle()
  expect(await mail.find(first.messageId)).toMatchObject({ messageCount: 2 })
  expect(await mail.find('<replayed@evil.example>')).toMatchObject({ tags: ['unverified-sender'] })
})

test("a draft's hidden copy says whose answer it is when no sender header does", async () => {
  const from = someone()
  const first = await askedBy(from)
  const ticketId = (await mail.find(first.messageId))?.id ?? ''
  const draft = await desk.as('nora').call(startReplyDraft, { params: { ticketId }, body: {} })
  desk.google.deliver(
    rawMail(
      {
        'X-Original-To': draft.bcc,
        From: SUPPORT,
        To: from,
        'Reply-To': draft.replyTo,
        Subject: 'Re: Where is it?',
        'Message-ID': '<from-draft@mail.gmail.com>',
        'In-Reply-To': first.messageId,
      },
      'Tomorrow.',
    ),
    { from: SUPPORT, to: [draft.bcc] },
    { authentication: 'pass' },
  )
  await desk.settle()
  const card = await mail.find(first.messageId)
  expect(card).toMatchObject({ status: 'pending' })
  expect(card?.messages[0]).toMatchObject({ direction: 'out', author: { kind: 'staff', name: 'Nora' } })
})

test('a mail without From that came through the group is not a mail of the group', async () => {
  desk.google.deliver(rawMail({ To: SUPPORT, Subject: 'Nobody', 'Message-ID': '<nobody@x.example>' }), {
    from: '',
    to: [SUPPORT],
  })
  await desk.settle()
  expect((await mail.find('<nobody@x.example>'))?.customer).toMatchObject({ name: 'Unknown sender' })
})
