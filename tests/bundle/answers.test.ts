import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { listReports } from '../../shared/analytics.ts'
import { listSavedReplies, startReplyDraft } from '../../shared/drafts.ts'
import { showQueue } from '../../shared/queues.ts'
import { answerTicket, getTicket, lookUpTicket } from '../../shared/tickets.ts'
import { type AddonUnderTest, NORA_MAIL, startAddon } from './support/addon.ts'
import { queueCard } from './support/queue-cards.ts'
import { listed } from './support/reports.ts'
import { savedReply, TICKET_ID, ticketView, uuid } from './support/views.ts'

const DRAFT = {
  from: 'support@honeyhill.example',
  to: 'Ada Byron <ada@customer.example>',
  subject: 'Re: Broken jar',
  text: 'Dear Ada,\n\nwe are sorry.',
  replyTo: 'support+t42@honeyhill.example',
  bcc: 'archive+t42@honeyhill.example',
}

let addon: AddonUnderTest
beforeAll(async () => {
  addon = await startAddon()
  await addon.mailArrives('Broken jar', 'The jar arrived broken.')
  addon.backend.on(lookUpTicket, () => ({ ticket: ticketView(), key: 'key-of-look-up' }))
})
afterAll(() => addon.close())
afterEach(() => {
  expect(addon.backend.broken).toEqual([])
  addon.backend.heard.length = 0
})

async function openTicket() {
  const shown = addon.panelOf()
  await shown.panel.openMessage(addon.newestMail())
  return shown
}

const newestDraft = () => {
  const mail = addon.google.users.mails(NORA_MAIL).at(-1)
  if (!mail?.labels.includes('DRAFT')) throw new Error('The newest mail is no draft')
  return { threadId: mail.threadId, raw: addon.google.users.rawOf(mail).toString('utf8') }
}

const UNSENT = { id: uuid(5), refusal: null, by: 'Nora Lind', plannedAt: '2026-11-20T10:05:00.000Z' }

test('an answer carries the key of the view, the same for a second click, and the card says that it is on its way', async () => {
  addon.backend.on(answerTicket, () => ticketView({ unsent: [{ ...UNSENT, state: 'planned' }] }))
  const shown = await openTicket()
  const twice = await openTicket()
  for (const each of [shown, twice]) await each.press('Send', { reply: 'We are sorry.', note: 'Called twice' })
  const once = { params: { ticketId: TICKET_ID }, body: { text: 'We are sorry.' }, key: 'key-of-view-3' }
  expect(addon.backend.callsOf(answerTicket)).toMatchObject([once, once])
  expect(shown.text()).toContain('The answer of Nora Lind is on its way.')
  expect(shown.notification()).toBe('The answer is on its way')
  expect(shown.values()).toMatchObject({ reply: '', note: 'Called twice' })
  addon.backend.on(getTicket, () => ticketView({ status: 'pending' }))
  await shown.press('Refresh', { reply: 'One more thing' })
  expect(shown.card().header?.title).toBe('TKT-000042 · Pending')
  expect(shown.text()).not.toContain('The answer of Nora Lind')
  expect(shown.values()).toMatchObject({ reply: 'One more thing' })
})

test('an answer that Gmail refuses says so, with the reason', async () => {
  addon.backend.on(answerTicket, () =>
    ticketView({ unsent: [{ ...UNSENT, state: 'refused', refusal: 'Daily limit reached.' }] }),
  )
  const shown = await openTicket()
  await shown.press('Send', { reply: 'We are sorry.' })
  expect(shown.text()).toContain('Daily limit reached.')
})

test('an answer that the backend refuses stays in its field, with the reason above', async () => {
  addon.backend.refuse(answerTicket, 'invalid_request', 'This ticket has no address to answer to.')
  addon.backend.on(getTicket, () => ticketView({ version: 4 }))
  const shown = await openTicket()
  await shown.press('Send', { reply: 'We are sorry.' })
  expect(shown.text()).toContain('This ticket has no address to answer to.')
  expect(shown.values()).toMatchObject({ reply: 'We are sorry.' })
})

test('an answer that could not leave is kept, and Retry sends it with the same key', async () => {
  const shown = await openTicket()
  addon.backend.setDown(true)
  await shown.press('Send', { reply: 'We are sorry.' })
  expect(shown.values()).toEqual({ reply: 'We are sorry.' })
  addon.backend.setDown(false)
  addon.backend.on(answerTicket, () => ticketView({ unsent: [{ ...UNSENT, state: 'planned' }] }))
  await shown.press('Retry')
  expect(addon.backend.callsOf(answerTicket)).toMatchObject([{ body: { text: 'We are sorry.' }, key: 'key-of-view-3' }])
  expect(shown.depth()).toBe(1)
})

test('an empty answer is kept back by the client', async () => {
  const shown = await openTicket()
  await shown.press('Send', { reply: ' ' })
  expect(addon.backend.callsOf(answerTicket)).toEqual([])
})

test('Reply in Gmail opens a draft below the open mail that carries the tokens', async () => {
  addon.backend.on(startReplyDraft, () => DRAFT)
  const shown = await openTicket()
  const answer = await shown.press('Reply in Gmail')
  expect(answer.draft?.threadId).toBe(addon.newestMail().threadId)
  const { raw, threadId } = newestDraft()
  expect(threadId).toBe(answer.draft?.threadId)
  expect(raw).toMatch(/^Reply-To: support\+t42@honeyhill\.example$/im)
  expect(raw).toMatch(/^Bcc: archive\+t42@honeyhill\.example$/im)
  expect(raw).toMatch(/^To: .*ada@customer\.example/im)
  expect(raw).toMatch(/^In-Reply-To: </im)
  expect(raw).toContain('we are sorry.')
})

test('beside our own mail the draft answers the customer, not ourselves', async () => {
  await addon.mailArrives('Lid missing', 'There is no lid.')
  const theirs = addon.newestMail()
  addon.google.users.send(NORA_MAIL, {
    threadId: theirs.threadId,
    bytes: Buffer.from(
      [
        `From: ${NORA_MAIL}`,
        'To: ada@customer.example',
        'Subject: Re: Lid missing',
        `In-Reply-To: ${theirs.head.messageId}`,
        `References: ${theirs.head.messageId}`,
        '',
        'One moment.',
      ].join('\r\n'),
    ),
  })
  addon.backend.on(startReplyDraft, () => DRAFT)
  const shown = await openTicket()
  const answer = await shown.press('Reply in Gmail')
  expect(answer.draft?.threadId).toBe(theirs.threadId)
  expect(newestDraft().raw).toMatch(/^To: .*ada@customer\.example/im)
  expect(newestDraft().raw).toContain(`In-Reply-To: ${theirs.head.messageId}`)
})

test('from the queue, with no mail open, the draft stands on its own and carries the same tokens', async () => {
  addon.backend.on(startReplyDraft, () => DRAFT)
  addon.backend.on(showQueue, () => queueCard())
  addon.backend.on(getTicket, () => ticketView())
  const shown = addon.panelOf()
  await shown.panel.openHomepage()
  await shown.press('Broken jar')
  expect((await shown.press('Reply in Gmail')).draft).toBeDefined()
  const { raw } = newestDraft()
  for (const line of [/^Subject: Re: Broken jar$/im, /^To: .*ada@customer/im, /^Bcc: archive\+t42@/im])
    expect(raw).toMatch(line)
})

test('Sheets has no drafts, so the button is not there', async () => {
  addon.backend.on(listReports, () => listed())
  const shown = addon.panelOf(NORA_MAIL, { hostApp: 'SHEETS' })
  await shown.panel.openHomepage()
  await shown.panel.universal(1)
  await shown.press('Broken jar')
  expect(shown.text()).not.toContain('Reply in Gmail')
  expect(shown.text()).toContain('Send')
})

test('a draft that cannot be prepared says why, because Google takes no card there', async () => {
  addon.backend.refuse(startReplyDraft, 'gmail_unavailable', 'Gmail does not answer.')
  const shown = await openTicket()
  await shown.press('Reply in Gmail')
  expect(shown.failure()).toContain('Gmail does not answer. (reference ')
})

test('a saved reply is inserted into the open draft as it was written, special characters included', async () => {
  const text = 'Dear <name>,\nPeter & Paul "are" sorry.'
  addon.backend.on(listSavedReplies, () => ({ items: [savedReply(uuid(8), 'Sorry & thanks', text)] }))
  const shown = addon.panelOf()
  await shown.panel.openCompose({ to: [], cc: [], bcc: [] })
  const answer = await shown.press('Sorry &amp; thanks')
  expect(answer.draftUpdate?.updateBody).toEqual({
    type: 'IN_PLACE_INSERT',
    insertContents: [
      { content: 'Dear &lt;name&gt;,<br>Peter &amp; Paul &quot;are&quot; sorry.', contentType: 'MUTABLE_HTML' },
    ],
  })
})

test('a draft is offered a saved reply in each of its languages', async () => {
  const german = { ...savedReply(uuid(8), 'Sorry', 'We are sorry.'), variants: { de: 'Es tut uns leid.' } }
  addon.backend.on(listSavedReplies, () => ({ items: [german] }))
  const shown = addon.panelOf()
  await shown.panel.openCompose({ to: [], cc: [], bcc: [] })
  const answer = await shown.press('Sorry (DE)')
  expect(answer.draftUpdate?.updateBody).toMatchObject({ insertContents: [{ content: 'Es tut uns leid.' }] })
})

test('a saved reply that was removed meanwhile leaves a card and no text', async () => {
  addon.backend.on(listSavedReplies, () => ({ items: [savedReply(uuid(8), 'Sorry', 'We are sorry.')] }))
  const shown = addon.panelOf()
  await shown.panel.openCompose({ to: [], cc: [], bcc: [] })
  addon.backend.on(listSavedReplies, () => ({ items: [] }))
  const answer = await shown.press('Sorry')
  expect(answer.draftUpdate).toBeUndefined()
  expect(shown.text()).toContain('This saved reply was removed.')
})
