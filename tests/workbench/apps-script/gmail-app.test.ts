import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { createEmulator, type Emulator } from 'emulate'
import { gmailIds } from '../../../workbench/apps-script/gmail-app/ids.ts'
import { ben, endScripts, nora, script } from './script.ts'

afterEach(endScripts)

const addOn = (name: string) => `https://www.googleapis.com/auth/gmail.addons.current.${name}`
const READ = addOn('message.readonly')
const COMPOSE = addOn('action.compose')

const raw = (subject: string, more: string[] = []) =>
  Buffer.from(
    [
      'From: Ada Lovelace <ada@customer.example>',
      'To: support@shop.example, nora@shop.example',
      'Cc: bob@customer.example',
      `Subject: ${subject}`,
      'Message-ID: <one@customer.example>',
      'X-Long: first',
      '\tsecond',
      'Date: Wed, 01 Jul 2026 10:00:00 +0200',
      'MIME-Version: 1.0',
      ...more,
    ].join('\r\n'),
  ).toString('base64url')

const PLAIN = ['Content-Type: text/plain; charset=utf-8', '', 'My box is broken.', '']
const ATTACHED = [
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Type: text/html',
  '',
  '<p>See photo</p>',
  '--b',
  'Content-Type: image/png; name=box.png',
  'Content-Disposition: attachment; filename=box.png',
  '',
  'pixels',
  '--b--',
  '',
]

let emulator: Emulator
let message: { id: string; threadId: string }
let attached: { id: string; threadId: string }

/** A real Gmail REST API on loopback. */
beforeAll(async () => {
  const users = [nora, ben].map(({ email }) => ({ email }))
  const tokens = {
    [`gmail-${nora.sub}`]: { login: nora.email, scopes: [] },
    [`gmail-${ben.sub}`]: { login: ben.email, scopes: [] },
  }
  emulator = await createEmulator({ service: 'google', port: 0, seed: { tokens, google: { users } } })
  message = await insert(raw('Broken box', PLAIN))
  attached = await insert(raw('With a photo', ATTACHED))
})

afterAll(() => emulator.close())

async function gmail<T>(method: string, path: string, body?: unknown): Promise<T> {
  const headers = { authorization: `Bearer gmail-${nora.sub}`, 'content-type': 'application/json' }
  const response = await fetch(`${emulator.url}/gmail/v1/users/me/${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return (await response.json()) as T
}

const insert = (rawMail: string) =>
  gmail<{ id: string; threadId: string }>('POST', 'messages', { raw: rawMail, labelIds: ['INBOX'] })

async function reading(expression: string, oauthScopes = [READ], opened = message) {
  let now = Date.parse('2026-07-01T12:00Z')
  const tiny = await script(
    `function open(e) { GmailApp.setCurrentMessageAccessToken(e.gmail.accessToken); return GmailApp.getMessageById(e.gmail.messageId) }
     function run(e) { const value = ${expression}; console.log(typeof value === 'string' ? value : JSON.stringify(value)) }`,
    { oauthScopes, options: { gmailUrl: emulator.url, clock: { now: () => new Date(now) } } },
  )
  const event = { message: tiny.appsScript.openMessage(nora, { messageId: opened.id, threadId: opened.threadId }) }
  return { ...tiny, event, later: (milliseconds: number) => (now += milliseconds) }
}

async function read(expression: string, oauthScopes = [READ], opened = message): Promise<string> {
  const tiny = await reading(expression, oauthScopes, opened)
  return tiny.says('run', tiny.event)
}

test.each([
  ['its subject', 'open(e).getSubject()', 'Broken box'],
  ['its author', 'open(e).getFrom()', '"Ada Lovelace" <ada@customer.example>'],
  ['its recipients', 'open(e).getTo()', 'support@shop.example, nora@shop.example'],
  ['its copies', 'open(e).getCc()', 'bob@customer.example'],
  ['its date', 'open(e).getDate().toISOString()', '2026-07-01T08:00:00.000Z'],
  ['its text', 'open(e).getPlainBody().trim()', 'My box is broken.'],
  ['a header in any case', "open(e).getHeader('message-id')", '<one@customer.example>'],
  ['a folded header', "open(e).getHeader('X-Long')", 'first second'],
  ['an empty text for an absent header', "open(e).getHeader('References')", ''],
  ['the messages of its thread', 'open(e).getThread().getMessages().map((m) => m.getSubject())', '["Broken box"]'],
])('the open message tells %s', async (_what, expression, expected) => {
  expect(await read(expression)).toBe(expected)
})

test('ids look as they do on Google and lead back to the mailbox', async () => {
  const tiny = await reading('[open(e).getId(), open(e).getThread().getId(), e.gmail.messageId, e.gmail.threadId]')
  const [id = '', threadId = '', eventId, eventThreadId] = JSON.parse(await tiny.says('run', tiny.event)) as string[]
  expect(id).toMatch(/^msg-f:\d{1,20}$/)
  expect(threadId).toMatch(/^thread-f:\d{1,20}$/)
  expect([eventId, eventThreadId]).toEqual([id, threadId])
  expect([tiny.appsScript.ids.rest(id), tiny.appsScript.ids.rest(threadId)]).toEqual([message.id, message.threadId])
})

test("Gmail's own hex ids are the same number in decimal, without any memory", () => {
  expect(gmailIds().message('1a34567890abcdef')).toBe('msg-f:1888229219598323183')
  expect(gmailIds().rest('thread-f:1888229219598323183')).toBe('1a34567890abcdef')
})

test('attachments tell name, type and size', async () => {
  const expression = 'open(e).getAttachments().map((a) => [a.getName(), a.getContentType(), a.getSize()])'
  expect(await read(expression, [READ], attached)).toBe('[["box.png","image/png",6]]')
  expect(await read('open(e).getBody().trim()', [READ], attached)).toContain('<p>See photo</p>')
})

test('a message cannot be read before the token was set in the same execution', async () => {
  const tiny = await reading('GmailApp.getMessageById(e.gmail.messageId).getSubject()')
  const other = await reading('open(e).getSubject()')
  expect(await other.says('run', other.event)).toBe('Broken box')
  expect(await tiny.fails('run', 'click', tiny.event)).toBe(
    'Exception: Access denied: no current message access token is set in this execution.',
  )
})

test('a token that is too old no longer opens the message', async () => {
  const tiny = await reading('open(e).getSubject()')
  tiny.later(3_600_000)
  expect(await tiny.fails('run', 'click', tiny.event)).toBe(
    'Exception: Access denied: the current message access token has expired.',
  )
})

test('a token opens its own message to its own user only', async () => {
  const tiny = await reading('open(e).getSubject()')
  expect(await tiny.fails('run', 'click', { ...tiny.event, user: ben })).toBe(
    'Exception: Invalid current message access token.',
  )
  const foreign = { message: { ...tiny.event.message, messageId: tiny.appsScript.ids.message(attached.id) } }
  expect(await tiny.fails('run', 'click', foreign)).toBe('Exception: Access denied: the token is for another message.')
})

test.each([
  ['nothing without a message scope', 'open(e).getSubject()', [], 'GmailApp.getMessageById'],
  ['no body with .metadata', 'open(e).getPlainBody()', [addOn('message.metadata')], 'GmailMessage.getPlainBody'],
  ['no draft without .compose', "open(e).createDraftReply('x')", [READ], 'GmailMessage.createDraftReply'],
  ['no new draft without .compose', "GmailApp.createDraft('a@b.example', 's', 'b')", [READ], 'GmailApp.createDraft'],
])('scopes are enforced: %s', async (_rule, expression, scopes, method) => {
  const tiny = await reading(expression, scopes)
  expect(await tiny.fails('run', 'click', tiny.event)).toContain(
    `Specified permissions are not sufficient to call ${method}. Required permissions:`,
  )
})

test('.action opens the message after a click, not to a trigger', async () => {
  const tiny = await reading('open(e).getPlainBody()', [addOn('message.action')])
  expect(await tiny.fails('run', 'trigger', tiny.event)).toContain('Specified permissions are not sufficient')
  expect((await tiny.run('run', 'click', tiny.event)).logs[0]?.text).toContain('My box is broken.')
})

test('.metadata is enough for subject and author', async () => {
  expect(await read('open(e).getSubject()', [addOn('message.metadata')])).toBe('Broken box')
})

test('a reply draft is in the thread, addressed and titled as a reply, and nothing is sent', async () => {
  const source = `function run(e) {
    GmailApp.setCurrentMessageAccessToken(e.gmail.accessToken)
    const draft = GmailApp.getMessageById(e.gmail.messageId).createDraftReplyAll('We are sorry.', { replyTo: 'support+t@shop.example', bcc: 'archive@shop.example' })
    return CardService.newComposeActionResponseBuilder().setGmailDraft(draft).build()
  }`
  const tiny = await script(source, { oauthScopes: [READ, COMPOSE], options: { gmailUrl: emulator.url } })
  const event = { message: tiny.appsScript.openMessage(nora, { messageId: message.id, threadId: message.threadId }) }
  const execution = await tiny.run('run', 'compose', event)
  expect(execution).toMatchObject({ ok: true, kind: 'compose' })
  const action = execution.ok && execution.kind === 'compose' ? execution.json.renderActions.hostAppAction : undefined
  const { draftId, draftThreadId } = (
    action as { gmailAction: { openCreatedDraftAction: { draftId: string; draftThreadId: string } } }
  ).gmailAction.openCreatedDraftAction
  const draft = await gmail<{ message: { raw: string; labelIds: string[] } }>('GET', `drafts/${draftId}?format=raw`)
  const mail = Buffer.from(draft.message.raw, 'base64url').toString()
  expect(draftThreadId).toBe(message.threadId)
  expect(draft.message.labelIds).toEqual(['DRAFT'])
  for (const line of [
    /^Subject: Re: Broken box\r$/m,
    /^To: .*ada@customer\.example/m,
    /^Cc: support@shop\.example, bob@customer\.example\r$/m,
    /^Bcc: archive@shop\.example\r$/m,
    /^In-Reply-To: <one@customer\.example>\r$/m,
    /^Reply-To: support\+t@shop\.example\r$/m,
    /We are sorry\./,
  ]) {
    expect(mail).toMatch(line)
  }
})
