import { afterEach, expect, test } from '@jest/globals'
import type { Google } from '../../../workbench/emulators/google/google.ts'
import { ADA, ARCHIVE, clientFor, encoded, fromAda, mail, NORA, OMAR, question, SUPPORT, start } from './start.ts'

let google: Google

afterEach(() => google.close())

test("a customer's mail lands in every agent's inbox and the archive, each under ids of its own", async () => {
  google = await start()
  const { copies } = google.deliver(question(), fromAda)
  expect(copies.map((copy) => copy.mailbox)).toEqual([NORA, OMAR, ARCHIVE])
  expect(new Set(copies.map((copy) => copy.id)).size).toBe(3)
  for (const { mailbox, id, threadId } of copies) {
    expect(id).toMatch(/^[0-9a-f]{16}$/)
    const { data } = await clientFor(google, mailbox).users.messages.get({ userId: 'me', id })
    expect(data.threadId).toBe(threadId)
    expect(data.labelIds).toContain('INBOX')
  }
})

test('the bytes a customer sent stand unchanged below what the receiving server adds', async () => {
  google = await start()
  const odd = Buffer.concat([
    question(['X-Odd: caf\xe9 \x80\xff', 'Subject-Two:folded\r\n\tover']),
    Buffer.from([0, 13, 10, 10, 255, 61]),
  ])
  const { copies } = google.deliver(odd, fromAda)
  const { data } = await clientFor(google, NORA).users.messages.get({
    userId: 'me',
    id: copies[0]?.id ?? '',
    format: 'raw',
  })
  const raw = Buffer.from(data.raw ?? '', 'base64url')
  expect(raw.subarray(-odd.length).equals(odd)).toBe(true)
  const added = raw.subarray(0, -odd.length).toString()
  expect(added).toContain(`Delivered-To: ${NORA}`)
  expect(added).toMatch(/^Authentication-Results: mx\.google\.com; dkim=pass/m)
  expect(added).toContain('List-ID: <support.honeyhill.example>')
})

test('mail from outside that claims our own domain fails authentication', async () => {
  google = await start()
  const forged = mail([
    `From: Nora <${NORA}>`,
    `To: ${OMAR}`,
    'Subject: pay',
    'Message-ID: <f@evil.example>',
    '',
    'now',
  ])
  const { copies } = google.deliver(forged, { from: 'x@evil.example', to: [OMAR] })
  const { data } = await clientFor(google, OMAR).users.messages.get({
    userId: 'me',
    id: copies[0]?.id ?? '',
    format: 'metadata',
    metadataHeaders: ['Authentication-Results'],
  })
  expect(data.payload?.headers?.[0]?.value).toContain('dmarc=fail')
})

test('spam keeps out of the inbox and out of ordinary lists', async () => {
  google = await start()
  google.deliver(question(), fromAda, { spam: true })
  const client = clientFor(google, NORA)
  expect((await client.users.messages.list({ userId: 'me' })).data.messages).toBeUndefined()
  expect((await client.users.messages.list({ userId: 'me', includeSpamTrash: true })).data.messages).toHaveLength(1)
  expect((await client.users.messages.list({ userId: 'me', q: 'in:spam' })).data.messages).toHaveLength(1)
})

test('a group renames the sender of a domain that forbids passing on, and keeps the address in Reply-To', async () => {
  google = await start()
  const strict = mail([
    'From: Strict <strict@reject.example>',
    `To: ${SUPPORT}`,
    'Subject: x',
    'Message-ID: <s@reject.example>',
    '',
    'x',
  ])
  const { copies } = google.deliver(strict, { from: 'strict@reject.example', to: [SUPPORT] })
  const { data } = await clientFor(google, ARCHIVE).users.messages.get({
    userId: 'me',
    id: copies[2]?.id ?? '',
    format: 'metadata',
  })
  const header = (name: string) => data.payload?.headers?.find((h) => h.name === name)?.value
  expect(header('From')).toBe(`"'Strict' via Support" <${SUPPORT}>`)
  expect(header('X-Original-From')).toBe('Strict <strict@reject.example>')
  expect(header('Reply-To')).toBe('Strict <strict@reject.example>')
})

test('an answer of an agent as support reaches the customer and the archive, with the agent named as Sender', async () => {
  google = await start()
  const { copies, messageId } = google.deliver(question(), fromAda)
  const answer = mail([
    `From: Honey Hill <${SUPPORT}>`,
    `To: ${ADA}`,
    'Subject: Re: Broken jar',
    `In-Reply-To: ${messageId}`,
    `References: ${messageId}`,
    'Message-ID: <own@desk.example>',
    '',
    'Sorry!',
  ])
  const sent = await clientFor(google, NORA).users.messages.send({
    userId: 'me',
    requestBody: { raw: encoded(answer) },
  })
  expect(sent.data.labelIds).toEqual(['SENT'])
  expect(sent.data.threadId).toBe(copies[0]?.threadId)

  const [received] = google.customers.inbox(ADA)
  expect(received?.messageId).toMatch(/^<CA.+@mail\.gmail\.com>$/)
  expect(received?.text).toBe('Sorry!')
  const archive = clientFor(google, ARCHIVE)
  const found = await archive.users.messages.list({ userId: 'me', q: `rfc822msgid:${received?.messageId}` })
  expect(found.data.messages).toHaveLength(1)
  const copy = await archive.users.messages.get({
    userId: 'me',
    id: found.data.messages?.[0]?.id ?? '',
    format: 'metadata',
  })
  const header = (name: string) => copy.data.payload?.headers?.find((h) => h.name === name)?.value
  expect(header('Sender')).toBe(NORA)
  expect(header('X-Gm-Original-To')).toBe(ADA)
  expect(copy.data.threadId).toBe(copies[2]?.threadId)
})

test("the customer's reply joins the thread in every mailbox", async () => {
  google = await start()
  const { copies, messageId } = google.deliver(question(), fromAda)
  const lines = [`From: ${SUPPORT}`, `To: ${ADA}`, 'Subject: Re: Broken jar', `In-Reply-To: ${messageId}`, '', 'Sorry']
  google.users.send(NORA, { bytes: mail(lines) })
  const reply = await google.customers.reply(ADA, 'Thank you')
  expect(reply.copies[0]?.threadId).toBe(copies[0]?.threadId)
  expect(reply.copies[2]?.threadId).toBe(copies[2]?.threadId)
  expect(reply.copies[1]?.threadId).toBe(copies[1]?.threadId)
})

test('a customer answers to Reply-To, and a mail can be told as sent last week', async () => {
  google = await start()
  const at = new Date('2026-11-01T09:00:00Z')
  const lines = [`From: ${SUPPORT}`, `To: ${ADA}`, `Reply-To: support+t1@honeyhill.example`, 'Subject: hello', '', 'x']
  google.users.send(NORA, { bytes: mail(lines), at })
  expect(google.customers.inbox(ADA)[0]?.at).toEqual(at)
  expect(google.users.mails(ARCHIVE)[0]?.at).toBe(at.getTime())
  await google.customers.reply(ADA, 'Hello!')
  expect(google.users.mails(ARCHIVE)[1]?.head.to).toBe('support+t1@honeyhill.example')
})

test('without the routing rule the archive does not see what agents send', async () => {
  google = await start()
  google.setRouting(false)
  google.users.send(NORA, { bytes: mail([`From: ${SUPPORT}`, `To: ${ADA}`, 'Subject: hello', '', 'x']) })
  expect(google.customers.inbox(ADA)).toHaveLength(1)
  expect(google.users.mails(ARCHIVE)).toHaveLength(0)
})

test('a blind copy arrives without the line that names it', async () => {
  google = await start()
  const client = clientFor(google, NORA)
  const raw = encoded(mail([`From: ${SUPPORT}`, `To: ${ADA}`, `Bcc: ${OMAR}`, 'Subject: quiet', '', 'x']))
  const { data } = await client.users.messages.send({ userId: 'me', requestBody: { raw } })
  const own = await client.users.messages.get({ userId: 'me', id: data.id ?? '', format: 'raw' })
  expect(Buffer.from(own.data.raw ?? '', 'base64url').toString()).toContain(`Bcc: ${OMAR}`)
  const [copy] = google.users.mails(OMAR)
  expect(copy && google.users.rawOf(copy).toString()).not.toContain('Bcc:')
})

test('mail to an address that refuses comes back to the sender as a delivery report', async () => {
  google = await start()
  const sent = google.users.send(NORA, {
    bytes: mail([`From: ${SUPPORT}`, 'To: gone@customer.example', 'Subject: hello', '', 'x']),
  })
  const bounce = google.users.mails(NORA).find((m) => m.head.fromEmail === 'mailer-daemon@googlemail.com')
  expect(bounce?.head.references).toEqual([sent.messageId])
  expect(bounce && google.users.rawOf(bounce).toString()).toContain('Final-Recipient: rfc822; gone@customer.example')
})

test('a sender nobody lets us be becomes the own address, without an error', async () => {
  google = await start()
  google.users.send(NORA, { bytes: mail(['From: boss@other.example', `To: ${ADA}`, 'Subject: x', '', 'x']) })
  expect(google.customers.inbox(ADA)[0]?.from).toBe(`Nora Lind <${NORA}>`)
})
