import type { gmail_v1 } from '@googleapis/gmail'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { SCOPE } from '../../../workbench/emulators/google/gmail/scopes.ts'
import type { Google } from '../../../workbench/emulators/google/google.ts'
import { until } from '../../support/until.ts'
import {
  ADA,
  clientFor,
  encoded,
  fromAda,
  mail,
  NORA,
  OMAR,
  question,
  refusalOf,
  SUPPORT,
  start,
  travelling,
} from './start.ts'

let google: Google
let nora: gmail_v1.Gmail
let clock: ReturnType<typeof travelling>

beforeEach(async () => {
  clock = travelling()
  google = await start({ clock })
  nora = clientFor(google, NORA)
})

afterEach(() => google.close())

const numbered = (n: number) =>
  mail([`From: ${ADA}`, `To: ${NORA}`, `Subject: Number ${n}`, `Message-ID: <n${n}@customer.example>`, '', `${n}`])

const deliverNumbered = (count: number) => {
  for (let n = 1; n <= count; n++) google.deliver(numbered(n), { from: ADA, to: [NORA] })
}

test('the profile counts the mailbox and names a history id to start from', async () => {
  const before = (await nora.users.getProfile({ userId: 'me' })).data
  deliverNumbered(2)
  const after = (await nora.users.getProfile({ userId: 'me' })).data
  expect(after).toMatchObject({ emailAddress: NORA, messagesTotal: 2, threadsTotal: 2 })
  expect(BigInt(after.historyId ?? 0)).toBeGreaterThan(BigInt(before.historyId ?? 0))
})

test('history comes in pages that lose and repeat nothing, oldest first', async () => {
  const start = google.users.historyId(NORA)
  deliverNumbered(5)
  const seen: string[] = []
  let pageToken: string | undefined
  do {
    const { data } = await nora.users.history.list({
      userId: 'me',
      startHistoryId: start,
      maxResults: 2,
      ...(pageToken ? { pageToken } : {}),
    })
    seen.push(
      ...(data.history ?? []).flatMap((record) => record.messagesAdded?.map((added) => added.message?.id ?? '') ?? []),
    )
    expect(data.historyId).toBe(google.users.historyId(NORA))
    pageToken = data.nextPageToken ?? undefined
  } while (pageToken)
  expect(seen).toEqual(google.users.mails(NORA).map((m) => m.id))
})

test('label changes and deletions are history too, and can be asked for alone', async () => {
  deliverNumbered(1)
  const id = google.users.mails(NORA)[0]?.id ?? ''
  const startHistoryId = google.users.historyId(NORA)
  await nora.users.messages.modify({
    userId: 'me',
    id,
    requestBody: { addLabelIds: ['STARRED'], removeLabelIds: ['UNREAD'] },
  })
  await nora.users.messages.delete({ userId: 'me', id })
  const { data } = await nora.users.history.list({ userId: 'me', startHistoryId })
  expect(data.history?.[0]?.labelsAdded?.[0]?.labelIds).toEqual(['STARRED'])
  expect(data.history?.[0]?.labelsRemoved?.[0]?.labelIds).toEqual(['UNREAD'])
  expect(data.history?.[1]?.messagesDeleted?.[0]?.message?.id).toBe(id)
  const only = await nora.users.history.list({ userId: 'me', startHistoryId, historyTypes: ['messageDeleted'] })
  expect(only.data.history).toHaveLength(1)
})

test('a start that Google has forgotten answers 404', async () => {
  const start = google.users.historyId(NORA)
  deliverNumbered(1)
  google.users.forgetHistory(NORA)
  expect((await refusalOf(nora.users.history.list({ userId: 'me', startHistoryId: start }))).status).toBe(404)
  const now = await nora.users.history.list({ userId: 'me', startHistoryId: google.users.historyId(NORA) })
  expect(now.data.history).toBeUndefined()
})

test('a mail that the history leaves out is in the mailbox, and no list of changes ever tells of it', async () => {
  const startHistoryId = google.users.historyId(NORA)
  google.users.leaveOut(NORA, 1)
  deliverNumbered(2)
  const { data } = await nora.users.history.list({ userId: 'me', startHistoryId })
  expect(data.history).toHaveLength(1)
  expect(data.historyId).toBe(google.users.historyId(NORA))
  expect((await nora.users.messages.list({ userId: 'me' })).data.messages).toHaveLength(2)
})

test('unknown and expired tokens get 401, narrow ones 403, and somebody else’s mailbox is denied', async () => {
  expect((await refusalOf(clientFor(google, NORA, 'unknown').users.getProfile({ userId: 'me' }))).status).toBe(401)
  const narrow = clientFor(google, NORA, google.users.accessToken(NORA, [SCOPE.send]))
  expect(await refusalOf(narrow.users.messages.list({ userId: 'me' }))).toEqual({
    status: 403,
    reason: 'insufficientPermissions',
  })
  expect((await refusalOf(nora.users.messages.list({ userId: OMAR }))).status).toBe(403)
  clock.travel(3_600_000)
  expect((await refusalOf(nora.users.getProfile({ userId: 'me' }))).status).toBe(401)
})

test('the metadata scope sees no body and searches nothing', async () => {
  deliverNumbered(1)
  const id = google.users.mails(NORA)[0]?.id ?? ''
  const narrow = clientFor(google, NORA, google.users.accessToken(NORA, [SCOPE.metadata]))
  expect((await refusalOf(narrow.users.messages.get({ userId: 'me', id, format: 'raw' }))).status).toBe(400)
  expect((await refusalOf(narrow.users.messages.list({ userId: 'me', q: 'from:ada' }))).status).toBe(400)
  expect(
    (await narrow.users.messages.get({ userId: 'me', id, format: 'metadata' })).data.payload?.headers,
  ).not.toHaveLength(0)
})

test('faults meet the next calls of their method only, then end', async () => {
  google.faults.add({ method: 'gmail.users.messages.list', kind: '429', times: 2 })
  google.faults.add({ method: 'gmail.users.messages.list', kind: '503' })
  expect((await refusalOf(nora.users.messages.list({ userId: 'me' }))).status).toBe(429)
  await nora.users.getProfile({ userId: 'me' })
  expect((await refusalOf(nora.users.messages.list({ userId: 'me' }))).reason).toBe('rateLimitExceeded')
  expect((await refusalOf(nora.users.messages.list({ userId: 'me' }))).status).toBe(503)
  await nora.users.messages.list({ userId: 'me' })
})

test('a fault may meet only each third call, and leaves those between alone', async () => {
  google.faults.add({ method: 'gmail.users.messages.list', kind: '429', every: 3, times: 2 })
  const statuses: number[] = []
  for (let call = 0; call < 7; call++)
    statuses.push(
      await nora.users.messages.list({ userId: 'me' }).then(
        ({ status }) => status,
        (error: { status: number }) => error.status,
      ),
    )
  expect(statuses).toEqual([200, 200, 429, 200, 200, 429, 200])
})

test('a lost reply still sent the mail; a closed socket did not', async () => {
  const requestBody = { raw: encoded(mail([`From: ${SUPPORT}`, `To: ${ADA}`, 'Subject: x', '', 'x'])) }
  google.faults.add({ method: 'gmail.users.messages.send', kind: 'closed' })
  await expect(nora.users.messages.send({ userId: 'me', requestBody })).rejects.toThrow()
  expect(google.customers.inbox(ADA)).toHaveLength(0)
  google.faults.add({ method: 'gmail.users.messages.send', kind: 'lost-reply' })
  await expect(nora.users.messages.send({ userId: 'me', requestBody })).rejects.toThrow()
  expect(google.customers.inbox(ADA)).toHaveLength(1)
})

test('a reader that lags behind sees nothing new, and no newer history id', async () => {
  const startHistoryId = google.users.historyId(NORA)
  deliverNumbered(1)
  google.faults.add({ method: 'gmail.users.history.list', kind: 'stale' })
  expect((await nora.users.history.list({ userId: 'me', startHistoryId })).data).toEqual({ historyId: startHistoryId })
  expect((await nora.users.history.list({ userId: 'me', startHistoryId })).data.history).toHaveLength(1)
})

test('a call that is never answered ends by the time-out of the caller', async () => {
  google.faults.add({ method: 'gmail.users.getProfile', kind: 'timeout' })
  await expect(nora.users.getProfile({ userId: 'me' }, { timeout: 2_000 })).rejects.toThrow()
  await until('Google to have taken the call', () => google.faults.met().length > 0)
  await nora.users.getProfile({ userId: 'me' })
})

test('quota is counted in the units of 2026 and refused above the limit', async () => {
  deliverNumbered(1)
  const id = google.users.mails(NORA)[0]?.id ?? ''
  await nora.users.messages.get({ userId: 'me', id })
  expect(google.quota.of(NORA).units).toBe(20)
  google.quota.setLimit(30)
  expect(await refusalOf(nora.users.messages.get({ userId: 'me', id }))).toEqual({
    status: 403,
    reason: 'rateLimitExceeded',
  })
  clock.travel(60_000)
  await nora.users.messages.get({ userId: 'me', id: google.users.mails(NORA)[0]?.id ?? '' })
})

test('a send as upload, alone or with metadata, carries the very bytes', async () => {
  const raw = mail([`From: ${SUPPORT}`, `To: ${ADA}`, 'Subject: caf\xe9', '', 'a\x00b\xff\r\n--not-a-boundary'])
  const media = { mimeType: 'message/rfc822', body: raw.toString('latin1') }
  for (const requestBody of [undefined, {}]) {
    const sent = await nora.users.messages.send(
      { userId: 'me', media, ...(requestBody ? { requestBody } : {}) },
      { rootUrl: `${google.url}/` },
    )
    const back = await nora.users.messages.get({ userId: 'me', id: sent.data.id ?? '', format: 'raw' })
    expect(Buffer.from(back.data.raw ?? '', 'base64url').toString('utf8')).toContain('a\x00b\u00ff\r\n--not-a-boundary')
  }
})

test('a thread of another mailbox is refused, and an own one needs reference and subject', async () => {
  const { copies, messageId } = google.deliver(question(), fromAda)
  const [mine, omars] = copies
  const lines = [`From: ${SUPPORT}`, `To: ${ADA}`, 'Subject: Re: Broken jar']
  const send = (threadId: string, more: string[]) =>
    nora.users.messages.send({
      userId: 'me',
      requestBody: { threadId, raw: encoded(mail([...lines, ...more, '', 'x'])) },
    })
  expect((await refusalOf(send(omars?.threadId ?? '', []))).status).toBe(404)
  expect((await send(mine?.threadId ?? '', [`In-Reply-To: ${messageId}`])).data.threadId).toBe(mine?.threadId)
  expect((await send(mine?.threadId ?? '', ['In-Reply-To: <else@x>'])).data.threadId).not.toBe(mine?.threadId)
})

test('inserting keeps the bytes, and a full read shows parts and attachments', async () => {
  const whole = mail([
    `From: ${ADA}`,
    `To: ${NORA}`,
    'Subject: =?UTF-8?B?w6TDtg==?=',
    'Content-Type: multipart/mixed; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'see file',
    '--b',
    'Content-Type: image/png; name="jar.png"',
    'Content-Transfer-Encoding: base64',
    '',
    'AQID',
    '--b--',
    '',
  ])
  const { data } = await nora.users.messages.insert({
    userId: 'me',
    requestBody: { raw: encoded(whole), labelIds: ['INBOX'] },
  })
  const full = (await nora.users.messages.get({ userId: 'me', id: data.id ?? '' })).data
  expect(full.payload?.headers?.find((h) => h.name === 'Subject')?.value).toBe('äö')
  const file = full.payload?.parts?.[1]
  expect(file?.filename).toBe('jar.png')
  const attachment = await nora.users.messages.attachments.get({
    userId: 'me',
    messageId: data.id ?? '',
    id: file?.body?.attachmentId ?? '',
  })
  expect([...Buffer.from(attachment.data.data ?? '', 'base64url')]).toEqual([1, 2, 3])
  expect((await nora.users.messages.get({ userId: 'me', id: data.id ?? '', format: 'raw' })).data.raw).toBe(
    encoded(whole),
  )
})

test.each(['Thu, 01 Jan 1959 00:00:00 +0000', 'Fri, 31 Dec 9999 23:59:59 +0000'])(
  'a mail dated %s still gets an ordinary id',
  async (date) => {
    const raw = encoded(mail([`From: ${ADA}`, `To: ${NORA}`, `Date: ${date}`, 'Subject: x', '', 'x']))
    const { data } = await nora.users.messages.import({ userId: 'me', requestBody: { raw } })
    expect(data.id).toMatch(/^[0-9a-f]{16}$/)
  },
)

test('every edit of a draft gives its message a new id; sending ends the draft', async () => {
  const draft = (text: string) => ({
    message: { raw: encoded(mail([`From: ${SUPPORT}`, `To: ${ADA}`, 'Subject: Draft', '', text])) },
  })
  const created = (await nora.users.drafts.create({ userId: 'me', requestBody: draft('one') })).data
  const updated = (await nora.users.drafts.update({ userId: 'me', id: created.id ?? '', requestBody: draft('two') }))
    .data
  expect(updated.id).toBe(created.id)
  expect(updated.message?.id).not.toBe(created.message?.id)
  expect((await refusalOf(nora.users.messages.get({ userId: 'me', id: created.message?.id ?? '' }))).status).toBe(404)
  expect((await nora.users.drafts.list({ userId: 'me' })).data.drafts).toHaveLength(1)
  const sent = (await nora.users.drafts.send({ userId: 'me', requestBody: { id: created.id ?? '' } })).data
  expect(sent.labelIds).toEqual(['SENT'])
  expect(google.customers.inbox(ADA)[0]?.text).toBe('two')
  expect((await nora.users.drafts.list({ userId: 'me' })).data.drafts).toBeUndefined()
})

test('lists are newest first and their pages do not move when mail arrives in between', async () => {
  deliverNumbered(4)
  const first = (await nora.users.messages.list({ userId: 'me', maxResults: 2 })).data
  google.deliver(numbered(5), { from: ADA, to: [NORA] })
  const second = (await nora.users.messages.list({ userId: 'me', maxResults: 2, pageToken: first.nextPageToken ?? '' }))
    .data
  const ids = [...(first.messages ?? []), ...(second.messages ?? [])].map((m) => m.id)
  expect(ids).toEqual(
    google.users
      .mails(NORA)
      .slice(0, 4)
      .map((m) => m.id)
      .reverse(),
  )
})

test.each([
  ['subject:"number 2"', 1],
  ['from:ada -subject:1', 2],
  ['{subject:1 subject:3}', 2],
  ['subject:1 OR subject:2', 2],
  ['rfc822msgid:n3@customer.example', 1],
  ['newer_than:1d in:inbox is:unread', 3],
  ['older_than:1d', 0],
  ['has:attachment', 0],
])('searching %s finds %i of three', async (q, count) => {
  deliverNumbered(3)
  const { data } = await nora.users.messages.list({ userId: 'me', q })
  expect(data.messages ?? []).toHaveLength(count)
})

test('labels can be made, put on mails and taken away with all their marks', async () => {
  deliverNumbered(1)
  const label = (await nora.users.labels.create({ userId: 'me', requestBody: { name: 'Desk/Done' } })).data
  expect((await refusalOf(nora.users.labels.create({ userId: 'me', requestBody: { name: 'desk/done' } }))).status).toBe(
    409,
  )
  const id = google.users.mails(NORA)[0]?.id ?? ''
  await nora.users.messages.modify({ userId: 'me', id, requestBody: { addLabelIds: [label.id ?? ''] } })
  expect((await nora.users.messages.list({ userId: 'me', q: 'label:desk-done' })).data.messages).toHaveLength(1)
  await nora.users.labels.delete({ userId: 'me', id: label.id ?? '' })
  expect(google.users.mails(NORA)[0]?.labels).not.toContain(label.id)
})

test('an agent sees own and support address among the addresses to send as', async () => {
  const { data } = await nora.users.settings.sendAs.list({ userId: 'me' })
  expect(data.sendAs?.map((alias) => [alias.sendAsEmail, alias.isDefault])).toEqual([
    [NORA, true],
    [SUPPORT, false],
  ])
})
