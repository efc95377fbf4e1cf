import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { listTickets } from '../../shared/tickets.ts'
import { archiveOf } from '../support/archive.ts'
import { mailAt, someone } from '../support/customer-mail.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { rawMail } from '../support/raw-mail.ts'

let desk: Desk
let mail: ReturnType<typeof mailAt>
let archive: ReturnType<typeof archiveOf>
beforeAll(async () => {
  desk = await startDesk()
  mail = mailAt(desk)
  archive = archiveOf(desk)
})
afterAll(() => desk.stop())

test('a mail to the support address becomes a ticket, and a push is all it takes', async () => {
  const from = someone()
  const sent = await desk.google.customers.write({
    from,
    name: 'Ada Lovell',
    to: SUPPORT,
    subject: 'Broken jar',
    text: 'It arrived in pieces.',
  })
  await desk.settle()
  expect(await mail.find(sent.messageId)).toMatchObject({
    subject: 'Broken jar',
    status: 'new',
    customer: { name: 'Ada Lovell', email: from },
    messages: [{ direction: 'in', excerpt: 'It arrived in pieces.', author: { kind: 'customer' } }],
  })
  expect(await archive.endingOf(archive.idOf(sent))).toMatchObject({ state: 'ended', outcome: 'ticket' })
})

test('an answer joins the ticket of the mail that it answers', async () => {
  const from = someone()
  const first = await desk.google.customers.write({ from, to: SUPPORT, subject: 'Where is it?', text: 'one' })
  const second = await desk.google.customers.write({
    from,
    to: SUPPORT,
    subject: 'Something else',
    text: 'two',
    inReplyTo: first.messageId,
  })
  await desk.settle()
  const card = await mail.find(second.messageId)
  expect(card).toMatchObject({ subject: 'Where is it?', messageCount: 2 })
  expect(card?.id).toBe((await mail.find(first.messageId))?.id)
  expect(await archive.endingOf(archive.idOf(second))).toMatchObject({ outcome: 'joined', reason: 'in_reply_to' })
})

test('two answers to a mail that we never saw find each other; a recycled thread of someone else does not', async () => {
  const from = someone()
  const answer = (id: string, more: Record<string, string> = {}) =>
    desk.google.deliver(
      rawMail({
        From: from,
        To: SUPPORT,
        Subject: 'Re: A question',
        'Message-ID': `<${id}@home.example>`,
        References: '<unseen@elsewhere.example>',
        ...more,
      }),
      { from, to: [SUPPORT] },
    )
  answer('sibling-one')
  answer('sibling-two')
  const stranger = someone()
  answer('recycled', { From: stranger, Subject: 'Wholly new' })
  await desk.settle()
  const first = await mail.find('<sibling-one@home.example>')
  expect((await mail.find('<sibling-two@home.example>'))?.id).toBe(first?.id)
  expect((await mail.find('<recycled@home.example>'))?.id).not.toBe(first?.id)
})

test('an answer that overtakes the mail it answers still ends up with it', async () => {
  const from = someone()
  desk.google.deliver(
    rawMail({
      From: from,
      To: SUPPORT,
      Subject: 'Re: Slow mail',
      'Message-ID': '<fast@home.example>',
      'In-Reply-To': '<slow@home.example>',
    }),
    { from, to: [SUPPORT] },
  )
  await desk.settle()
  desk.google.deliver(rawMail({ From: from, To: SUPPORT, Subject: 'Slow mail', 'Message-ID': '<slow@home.example>' }), {
    from,
    to: [SUPPORT],
  })
  await desk.settle()
  expect((await mail.find('<slow@home.example>'))?.id).toBe((await mail.find('<fast@home.example>'))?.id)
})

test('mails that come all at once are filed as if each had come alone', async () => {
  const [first, second, third] = [someone(), someone(), someone()]
  const write = (from: string, id: string, more: Record<string, string> = {}) =>
    desk.google.deliver(
      rawMail({ From: from, To: SUPPORT, Subject: `About ${id}`, 'Message-ID': `<${id}@home.example>`, ...more }, id),
      { from, to: [SUPPORT] },
    )
  write(first, 'crowd-1')
  write(second, 'crowd-2')
  write(first, 'crowd-3') // the same customer, another problem
  write(second, 'crowd-2') // the same mail once more
  write(first, 'crowd-4', { 'In-Reply-To': '<crowd-1@home.example>' })
  write(third, 'crowd-5', { References: '<never-seen@elsewhere.example>' })
  write(third, 'crowd-6', { Subject: 'Re: About crowd-5', References: '<never-seen@elsewhere.example>' })
  write(SUPPORT, 'crowd-7', { 'Auto-Submitted': 'auto-replied' })
  write(third, 'crowd-8')
  await desk.settle()
  const cards = await Promise.all([1, 2, 3, 4, 5, 6, 8].map((n) => mail.find(`<crowd-${n}@home.example>`)))
  const [one, two, three, four, five, six, eight] = cards
  expect(cards.map((card) => card?.messageCount)).toEqual([2, 1, 1, 2, 2, 2, 1])
  expect([four?.id, six?.id]).toEqual([one?.id, five?.id])
  expect(new Set([one, two, three, five, eight].map((card) => card?.id)).size).toBe(5)
  expect(one?.customer.id).toBe(three?.customer.id)
  expect(await mail.find('<crowd-7@home.example>')).toMatchObject({ tags: ['unverified-sender'], messageCount: 1 })
  const numbers = [one, two, three, five, eight].map((card) => card?.number ?? '')
  expect(numbers).toEqual([...numbers].sort())
})

test('what an agent sends as the support address is read in the archive, is theirs, and the ticket waits for the customer', async () => {
  const from = someone()
  const first = await desk.google.customers.write({ from, to: SUPPORT, subject: 'Wrong colour', text: 'It is blue.' })
  await desk.settle()
  desk.clock.travel(60_000)
  const bytes = rawMail(
    { From: `Fern <${SUPPORT}>`, To: from, Subject: 'Re: Wrong colour', 'In-Reply-To': first.messageId },
    'Sorry!',
  )
  const sent = desk.google.users.send('sam@fern.example', { bytes })
  await desk.settle()
  const card = await mail.find(sent.messageId)
  expect(card).toMatchObject({ status: 'pending', messageCount: 2, firstResponse: { by: { name: 'Sam' } } })
  expect(card?.messages[0]).toMatchObject({
    direction: 'out',
    author: { kind: 'staff', name: 'Sam' },
    excerpt: 'Sorry!',
  })
  desk.clock.travel(60_000)
  await desk.google.customers.reply(from, 'Thank you, but no.')
  await desk.settle()
  expect(await mail.find(first.messageId)).toMatchObject({ status: 'open', messageCount: 3 })
})

test('a customer whose domain forbids relaying is still the customer, not our own group', async () => {
  const from = someone()
  const sent = await desk.google.customers.write({
    from,
    name: 'Grace',
    to: SUPPORT,
    subject: 'Strict domain',
    text: 'x',
    dmarcPolicy: 'reject',
  })
  await desk.settle()
  expect(await mail.find(sent.messageId)).toMatchObject({
    customer: { email: from, name: 'Grace' },
    messages: [{ direction: 'in' }],
  })
})

test('the group marks all mail as a list, which makes no customer a machine; a real machine reopens nothing', async () => {
  const from = someone()
  const first = await desk.google.customers.write({ from, to: SUPPORT, subject: 'Holiday', text: 'x' })
  await desk.settle()
  desk.google.users.send('nora@fern.example', {
    bytes: rawMail({ From: SUPPORT, To: from, Subject: 'Re: Holiday', 'In-Reply-To': first.messageId }),
  })
  await desk.settle()
  desk.google.deliver(
    rawMail({
      From: from,
      To: SUPPORT,
      Subject: 'Out of office',
      'Message-ID': '<ooo@home.example>',
      'In-Reply-To': first.messageId,
      'Auto-Submitted': 'auto-replied',
    }),
    { from, to: [SUPPORT] },
  )
  await desk.settle()
  expect(await mail.find(first.messageId)).toMatchObject({ status: 'pending', messageCount: 3 })
})

test('the bytes of a mail and of its attachments are kept exactly', async () => {
  const bytes = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), randomBytes(299_996)]) // a picture, and more than fits beside its row
  const sent = await desk.google.customers.write({
    from: someone(),
    to: SUPPORT,
    subject: 'Photo',
    text: 'See photo.',
    attachments: [{ filename: 'jar.jpg', content: bytes, contentType: 'image/jpeg' }],
  })
  await desk.settle()
  const [attachment] = (await mail.find(sent.messageId))?.messages[0]?.attachments ?? []
  expect(attachment).toMatchObject({ name: 'jar.jpg', contentType: 'image/jpeg', size: 300_000 })
  const download = await fetch(attachment?.url.replace('https://desk.example', desk.url) ?? '')
  expect(Buffer.from(await download.arrayBuffer()).equals(bytes)).toBe(true)

  const [archived] = desk.google.users.mails('archive@fern.example').slice(-1)
  if (!archived) throw new Error('The archive has no mail')
  const kept = await inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    const { rawId, rawAt } = await tx.mailboxMail.findFirstOrThrow({
      where: { workspaceId: desk.workspaceId, gmailId: archive.idOf(sent) },
    })
    const row = await tx.rawMail.findFirstOrThrow({
      where: { workspaceId: desk.workspaceId, id: rawId ?? '', storedAt: rawAt ?? new Date(0) },
    })
    return { row, box: await desk.ctx.keyring.box(tx) }
  })
  expect(kept.row.objectKey).not.toBeNull()
  const opened = kept.box.open('raw_mail', kept.row.id, await desk.ctx.objects.get(kept.row.objectKey ?? ''))
  expect(createHash('sha256').update(opened).digest('hex')).toBe(
    createHash('sha256').update(desk.google.users.rawOf(archived)).digest('hex'),
  )
})

test('a mail that no parser can read is a ticket that says so, and the next ones go on', async () => {
  const parts = '--b\r\nContent-Type: text/plain\r\n\r\nx\r\n'.repeat(2_000)
  const from = someone()
  const broken = desk.google.deliver(
    rawMail(
      {
        From: from,
        To: SUPPORT,
        Subject: 'Bomb',
        'Message-ID': '<bomb@home.example>',
        'Content-Type': 'multipart/mixed; boundary=b',
      },
      `${parts}--b--`,
    ),
    { from, to: [SUPPORT] },
  )
  const next = await desk.google.customers.write({ from: someone(), to: SUPPORT, subject: 'After the bomb', text: 'x' })
  await desk.settle()
  expect(await mail.find(next.messageId)).toMatchObject({ subject: 'After the bomb' })
  expect(await archive.endingOf(archive.idOf(broken))).toMatchObject({
    state: 'ended',
    outcome: 'quarantined',
    reason: 'parser_threw',
  })
  const { items } = await desk.as('nora').call(listTickets, { query: { view: 'open', limit: 100 } })
  expect(items).toContainEqual(
    expect.objectContaining({
      subject: 'A mail that could not be read: Bomb',
      customer: expect.objectContaining({ email: from }),
    }),
  )
})

test('mail that Gmail takes for spam makes no ticket until someone takes it out of spam', async () => {
  const spam = await desk.google.customers.write({
    from: someone(),
    to: SUPPORT,
    subject: 'Maybe spam',
    text: 'x',
    spam: true,
  })
  await desk.settle()
  expect(await archive.endingOf(archive.idOf(spam))).toMatchObject({ outcome: 'suspected_spam' })
  expect(await mail.find(spam.messageId)).toBeNull()
  await modify('archive@fern.example', archive.idOf(spam), { removeLabelIds: ['SPAM'], addLabelIds: ['INBOX'] })
  await desk.settle()
  expect(await mail.find(spam.messageId)).toMatchObject({ subject: 'Maybe spam' })
})

async function modify(user: string, id: string, change: object) {
  const response = await fetch(`${desk.google.url}/gmail/v1/users/me/messages/${id}/modify`, {
    method: 'POST',
    headers: { authorization: `Bearer ${desk.google.users.accessToken(user)}`, 'content-type': 'application/json' },
    body: JSON.stringify(change),
  })
  expect(response.status).toBe(200)
}

test('a draft is left alone; every mail of the archive has an ending', async () => {
  const response = await fetch(`${desk.google.url}/gmail/v1/users/me/drafts`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${desk.google.users.accessToken('archive@fern.example')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ message: { raw: rawMail({ To: someone(), Subject: 'Unfinished' }).toString('base64url') } }),
  })
  const { message } = (await response.json()) as { message: { id: string } }
  await desk.settle()
  expect(await archive.endingOf(message.id)).toMatchObject({ outcome: 'ignored', reason: 'draft' })
  const ended = await archive.endings()
  for (const { id } of desk.google.users.mails('archive@fern.example')) expect(ended.get(id)?.state).toBe('ended')
})
