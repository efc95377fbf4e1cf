import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { connectMailbox, pollMailboxes } from '../../backend/features/intake/index.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { pushMailbox } from '../../shared/intake.ts'
import { listTickets, lookUpTicket, type TicketCardView } from '../../shared/tickets.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

let people = 0
/** Somebody who never wrote before. */
const someone = () => `customer${++people}@home.example`

/** The ticket card of a mail, as Nora's panel finds it. */
async function cardOf(messageId: string): Promise<TicketCardView | null> {
  const { ticket } = await desk.as('nora').call(lookUpTicket, { body: { messageId } })
  return ticket
}

/** How every mail of the archive ended, by Gmail id. */
async function endings(): Promise<
  Map<string, { state: string; outcome: string | null; reason: string | null; historical: boolean }>
> {
  const rows = await inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) => tx.mailboxMail.findMany({ where: { workspaceId: desk.workspaceId } }),
    { reads: true },
  )
  return new Map(
    rows.map(({ gmailId, state, outcome, reason, historical }) => [gmailId, { state, outcome, reason, historical }]),
  )
}
const endingOf = async (gmailId: string) => (await endings()).get(gmailId)

const inArchive = (delivered: { copies: { mailbox: string; id: string }[] }) =>
  delivered.copies.find(({ mailbox }) => mailbox.startsWith('archive@'))?.id ?? ''

/** What the schedule does every minute. */
async function poll() {
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, pollMailboxes, {}))
  await desk.settle()
}

const mailbox = () =>
  inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) => tx.mailbox.findFirstOrThrow({ where: { workspaceId: desk.workspaceId } }),
    { reads: true },
  )

test('a mail to the support address becomes a ticket, and a push is all it takes', async () => {
  const sent = await desk.google.customers.write({
    from: someone(),
    name: 'Ada Lovell',
    to: SUPPORT,
    subject: 'Broken jar',
    text: 'It arrived in pieces.',
  })
  await desk.settle()
  expect(await cardOf(sent.messageId)).toMatchObject({
    subject: 'Broken jar',
    status: 'new',
    customer: { name: 'Ada Lovell', email: `customer${people}@home.example` },
    messages: [{ direction: 'in', excerpt: 'It arrived in pieces.', author: { kind: 'customer' } }],
  })
  expect(await endingOf(inArchive(sent))).toMatchObject({ state: 'ended', outcome: 'ticket' })
})

test('when pushes are lost, the poll of the next minute brings the mail', async () => {
  desk.google.push.lose(1)
  const sent = await desk.google.customers.write({ from: someone(), to: SUPPORT, subject: 'No push', text: 'x' })
  await desk.settle()
  expect(await cardOf(sent.messageId)).toBeNull()
  await poll()
  expect(await cardOf(sent.messageId)).not.toBeNull()
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
  const card = await cardOf(second.messageId)
  expect(card).toMatchObject({ subject: 'Where is it?', messageCount: 2 })
  expect(card?.id).toBe((await cardOf(first.messageId))?.id)
  expect(await endingOf(inArchive(second))).toMatchObject({ outcome: 'joined', reason: 'in-reply-to' })
})

const raw = (headers: Record<string, string>, body = 'text') =>
  Buffer.from(
    `${Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')}\r\n${body}`,
  )

test('two answers to a mail that we never saw find each other; a recycled thread of someone else does not', async () => {
  const from = someone()
  const answer = (id: string, more: Record<string, string> = {}) =>
    desk.google.deliver(
      raw({
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
  const first = await cardOf('<sibling-one@home.example>')
  expect((await cardOf('<sibling-two@home.example>'))?.id).toBe(first?.id)
  expect((await cardOf('<recycled@home.example>'))?.id).not.toBe(first?.id)
})

test('an answer that overtakes the mail it answers still ends up with it', async () => {
  const from = someone()
  desk.google.deliver(
    raw({
      From: from,
      To: SUPPORT,
      Subject: 'Re: Slow mail',
      'Message-ID': '<fast@home.example>',
      'In-Reply-To': '<slow@home.example>',
    }),
    { from, to: [SUPPORT] },
  )
  await desk.settle()
  desk.google.deliver(raw({ From: from, To: SUPPORT, Subject: 'Slow mail', 'Message-ID': '<slow@home.example>' }), {
    from,
    to: [SUPPORT],
  })
  await desk.settle()
  expect((await cardOf('<slow@home.example>'))?.id).toBe((await cardOf('<fast@home.example>'))?.id)
})

test('mails that come all at once are filed as if each had come alone', async () => {
  const [first, second, third] = [someone(), someone(), someone()]
  const write = (from: string, id: string, more: Record<string, string> = {}) =>
    desk.google.deliver(
      raw({ From: from, To: SUPPORT, Subject: `About ${id}`, 'Message-ID': `<${id}@home.example>`, ...more }, id),
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
  const cards = await Promise.all([1, 2, 3, 4, 5, 6, 8].map((n) => cardOf(`<crowd-${n}@home.example>`)))
  const [one, two, three, four, five, six, eight] = cards
  expect(cards.map((card) => card?.messageCount)).toEqual([2, 1, 1, 2, 2, 2, 1])
  expect([four?.id, six?.id]).toEqual([one?.id, five?.id])
  expect(new Set([one, two, three, five, eight].map((card) => card?.id)).size).toBe(5)
  expect(one?.customer.id).toBe(three?.customer.id)
  expect(await cardOf('<crowd-7@home.example>')).toMatchObject({ tags: ['unverified-sender'], messageCount: 1 })
  const numbers = [one, two, three, five, eight].map((card) => card?.number ?? '')
  expect(numbers).toEqual([...numbers].sort())
})

test('what an agent sends as the support address is read in the archive, is theirs, and the ticket waits for the customer', async () => {
  const from = someone()
  const first = await desk.google.customers.write({ from, to: SUPPORT, subject: 'Wrong colour', text: 'It is blue.' })
  await desk.settle()
  desk.clock.travel(60_000)
  const bytes = raw(
    { From: `Fern <${SUPPORT}>`, To: from, Subject: 'Re: Wrong colour', 'In-Reply-To': first.messageId },
    'Sorry!',
  )
  const sent = desk.google.users.send('sam@fern.example', { bytes })
  await desk.settle()
  const card = await cardOf(sent.messageId)
  expect(card).toMatchObject({ status: 'pending', messageCount: 2, firstResponse: { by: { name: 'Sam' } } })
  expect(card?.messages[0]).toMatchObject({
    direction: 'out',
    author: { kind: 'staff', name: 'Sam' },
    excerpt: 'Sorry!',
  })
  desk.clock.travel(60_000)
  await desk.google.customers.reply(from, 'Thank you, but no.')
  await desk.settle()
  expect(await cardOf(first.messageId)).toMatchObject({ status: 'open', messageCount: 3 })
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
  expect(await cardOf(sent.messageId)).toMatchObject({
    customer: { email: from, name: 'Grace' },
    messages: [{ direction: 'in' }],
  })
})

test('the group marks all mail as a list, which makes no customer a machine; a real machine reopens nothing', async () => {
  const from = someone()
  const first = await desk.google.customers.write({ from, to: SUPPORT, subject: 'Holiday', text: 'x' })
  await desk.settle()
  desk.google.users.send('nora@fern.example', {
    bytes: raw({ From: SUPPORT, To: from, Subject: 'Re: Holiday', 'In-Reply-To': first.messageId }),
  })
  await desk.settle()
  desk.google.deliver(
    raw({
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
  expect(await cardOf(first.messageId)).toMatchObject({ status: 'pending', messageCount: 3 })
})

test('the bytes of a mail and of its attachments are kept exactly', async () => {
  const bytes = randomBytes(300_000) // more than fits beside its row
  const sent = await desk.google.customers.write({
    from: someone(),
    to: SUPPORT,
    subject: 'Photo',
    text: 'See photo.',
    attachments: [{ filename: 'jar.jpg', content: bytes, contentType: 'image/jpeg' }],
  })
  await desk.settle()
  const [attachment] = (await cardOf(sent.messageId))?.messages[0]?.attachments ?? []
  expect(attachment).toMatchObject({ name: 'jar.jpg', contentType: 'image/jpeg', size: 300_000 })
  const download = await fetch(attachment?.url.replace('https://desk.example', desk.url) ?? '')
  expect(Buffer.from(await download.arrayBuffer()).equals(bytes)).toBe(true)

  const [archived] = desk.google.users.mails('archive@fern.example').slice(-1)
  if (!archived) throw new Error('The archive has no mail')
  const kept = await inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    const { rawId, rawAt } = await tx.mailboxMail.findFirstOrThrow({
      where: { workspaceId: desk.workspaceId, gmailId: inArchive(sent) },
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
    raw(
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
  expect(await cardOf(next.messageId)).toMatchObject({ subject: 'After the bomb' })
  expect(await endingOf(inArchive(broken))).toMatchObject({
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
  expect(await endingOf(inArchive(spam))).toMatchObject({ outcome: 'suspected_spam' })
  expect(await cardOf(spam.messageId)).toBeNull()
  await modify('archive@fern.example', inArchive(spam), { removeLabelIds: ['SPAM'], addLabelIds: ['INBOX'] })
  await desk.settle()
  expect(await cardOf(spam.messageId)).toMatchObject({ subject: 'Maybe spam' })
})

async function modify(user: string, id: string, change: object) {
  const response = await fetch(`${desk.google.url}/gmail/v1/users/me/messages/${id}/modify`, {
    method: 'POST',
    headers: { authorization: `Bearer ${desk.google.users.accessToken(user)}`, 'content-type': 'application/json' },
    body: JSON.stringify(change),
  })
  expect(response.status).toBe(200)
}

test('when a mail cannot be fetched the position stays, and the next reading brings it', async () => {
  const { cursor } = await mailbox()
  desk.google.faults.add({ method: 'gmail.users.messages.get', kind: '503', times: 1 })
  const sent = await desk.google.customers.write({ from: someone(), to: SUPPORT, subject: 'Late', text: 'x' })
  await desk.settle()
  expect(await cardOf(sent.messageId)).toBeNull()
  expect((await mailbox()).cursor).toBe(cursor)
  await poll()
  expect(await cardOf(sent.messageId)).toMatchObject({ subject: 'Late' })
  expect(BigInt((await mailbox()).cursor ?? 0)).toBeGreaterThan(BigInt(cursor ?? 0))
})

test('a change feed that was cut off is made good by reading the mailbox, without doubles', async () => {
  const before = await endings()
  desk.google.push.lose(1)
  const missed = await desk.google.customers.write({ from: someone(), to: SUPPORT, subject: 'In the hole', text: 'x' })
  desk.google.users.forgetHistory('archive@fern.example')
  await poll()
  const after = await endings()
  expect(after.size).toBe(before.size + 1)
  expect(after.get(inArchive(missed))).toMatchObject({ outcome: 'ticket', historical: false })
  expect(await cardOf(missed.messageId)).toMatchObject({ status: 'new', waitingSince: expect.any(String) })
  const { rows } = await desk.pool.query('select count(*)::int as jobs from graphile_worker._private_jobs')
  expect(rows[0].jobs).toBe(0)
})

test('a draft is left alone; every mail of the archive has an ending', async () => {
  const response = await fetch(`${desk.google.url}/gmail/v1/users/me/drafts`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${desk.google.users.accessToken('archive@fern.example')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ message: { raw: raw({ To: someone(), Subject: 'Unfinished' }).toString('base64url') } }),
  })
  const { message } = (await response.json()) as { message: { id: string } }
  await desk.settle()
  expect(await endingOf(message.id)).toMatchObject({ outcome: 'ignored', reason: 'draft' })
  const ended = await endings()
  for (const { id } of desk.google.users.mails('archive@fern.example')) expect(ended.get(id)?.state).toBe('ended')
})

test('revoked access is said in words, once, and reading goes on when it is granted again', async () => {
  desk.google.users.revoke('archive@fern.example')
  const sent = await desk.google.customers.write({ from: someone(), to: SUPPORT, subject: 'Locked out', text: 'x' })
  await desk.travel('2 hours')
  await desk.settle()
  await poll()
  expect(await mailbox()).toMatchObject({
    state: 'needs_access',
    problem: expect.stringContaining('Connect the mailbox again'),
  })
  const lost = await inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) => tx.event.count({ where: { workspaceId: desk.workspaceId, type: 'mailbox.access_lost' } }),
    { reads: true },
  )
  expect(lost).toBe(1)
  const secret = desk.google.users.refreshToken('archive@fern.example', 'desk-client')
  await connectMailbox(desk.ctx, desk.workspaceId, {
    address: SUPPORT,
    archiveAddress: 'archive@fern.example',
    access: 'refresh_token',
    secret,
  })
  await desk.settle()
  expect(await mailbox()).toMatchObject({ state: 'connected', problem: null })
  expect(await cardOf(sent.messageId)).toMatchObject({ subject: 'Locked out' })
})

test("a push without Google's signature is refused; one for a stranger is acknowledged", async () => {
  const push = (token: string | null, data: object) =>
    fetch(`${desk.url}/v1/gmail/push`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ message: { data: Buffer.from(JSON.stringify(data)).toString('base64') } }),
    })
  expect((await push(null, {})).status).toBe(401)
  expect((await push('forged', {})).status).toBe(401)
  const email = 'push@fern.iam.example'
  const elsewhere = desk.google.mintIdentityToken({ email, sub: '1', aud: 'https://elsewhere.example' })
  expect((await push(elsewhere, {})).status).toBe(401)
  const signed = desk.google.mintIdentityToken({ email, sub: '1', aud: 'https://desk.example/v1/gmail/push' })
  const answer = await push(signed, { emailAddress: 'who@nowhere.example', historyId: 7 })
  expect([answer.status, await answer.json()]).toEqual([200, { accepted: false }])
  expect((await push(signed, { nonsense: true })).status).toBe(200)
})

test('a push that is ahead of the change feed is looked after some seconds later, a few times', async () => {
  const email = 'push@fern.iam.example'
  const token = desk.google.mintIdentityToken({ email, sub: '1', aud: 'https://desk.example/v1/gmail/push' })
  const historyId = `${BigInt(desk.google.users.historyId('archive@fern.example')) + 1_000n}`
  const data = Buffer.from(JSON.stringify({ emailAddress: 'archive@fern.example', historyId })).toString('base64')
  await desk.withToken(token).call(pushMailbox, { body: { message: { data } } })
  const waiting = async () => {
    await desk.settle()
    const { rows } = await desk.pool.query<{ jobs: number }>(
      "select count(*)::int as jobs from graphile_worker.jobs where task_identifier = 'intake:sync' and attempts < max_attempts",
    )
    return rows[0]?.jobs
  }
  const looks: (number | undefined)[] = []
  for (let look = 0; look < 4; look++) {
    looks.push(await waiting())
    await desk.travel('3 s')
  }
  expect(looks).toEqual([1, 1, 1, 0])
})
