import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { connectMailbox } from '../../backend/features/intake/index.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { sendReply } from '../../shared/drafts.ts'
import { splitTicket } from '../../shared/merging.ts'
import {
  dismissSuggestion,
  getThreadingSettings,
  takeSuggestion,
  writeThreadingSettings,
} from '../../shared/threading.ts'
import { listTimeline, moveTicket, type TicketStatus } from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { someone } from '../support/customer-mail.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { pageReader } from '../support/page-reader.ts'
import { threadingAt, wordsOn } from '../support/threading-desk.ts'
import { visitor } from '../support/visitor.ts'

let desk: Desk
let at: ReturnType<typeof threadingAt>
beforeAll(async () => {
  desk = await startDesk()
  at = threadingAt(desk)
})
afterAll(() => desk.stop())

let ids = 0
const anId = () => `supposed${++ids}@home.example`
const nora = () => desk.as('nora')

/** What is supposed of a ticket. */
const supposed = (ticketId: string) =>
  inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) => tx.ticketSuggestion.findMany({ where: { workspaceId: desk.workspaceId, ticketId } }),
    { reads: true },
  )

async function onlySupposed(ticketId: string) {
  const [one, ...more] = await supposed(ticketId)
  if (!one || more.length > 0) throw new Error(`${more.length + (one ? 1 : 0)} suggestions`)
  return { ticketId, suggestionId: one.id }
}

/** Two mails of one customer under one subject, which name nothing. */
async function alike(subject = 'My order') {
  const from = someone()
  const [first, second] = [
    await at.wrote({ from, id: anId(), subject }),
    await at.wrote({ from, id: anId(), subject: `${subject} ` }),
  ]
  return { from, first, second }
}

test('one subject of one customer only suggests: one press joins, and that is taken back as every merge', async () => {
  const { first, second } = await alike()
  expect(second.id).not.toBe(first.id)
  const words = `Maybe belongs to ${first.number} «My order»: the same customer wrote under the same subject.`
  expect(wordsOn(await at.shown(second.id))).toContain(words)
  expect(wordsOn(await at.shown(first.id))).toContain(`Maybe belongs to ${second.number}`)
  const params = await onlySupposed(second.id)
  const joined = await nora().call(takeSuggestion, { params, body: {} })
  expect(wordsOn(joined)).toContain(`Merged into ${first.number}`)
  expect(wordsOn(joined)).toContain('[Undo merge]')
  expect((await at.shown(first.id)).messageCount).toBe(2)
  expect(await at.whys(first.id)).toContain('Here because its ticket was merged into this one')
  await nora().call(takeSuggestion, { params, body: {} })
  expect((await at.shown(first.id)).messageCount).toBe(2)
  expect(await refusalOf(nora().call(dismissSuggestion, { params, body: {} }))).toMatchObject({
    code: 'move_not_allowed',
  })
})

test('what was dismissed is off both cards and never comes again, and the timeline says who decided what', async () => {
  const { from, first, second } = await alike('Where is my parcel')
  const params = await onlySupposed(second.id)
  const card = await nora().call(dismissSuggestion, { params, body: {} })
  expect(wordsOn(card)).not.toContain('Maybe belongs')
  expect(wordsOn(await at.shown(first.id))).not.toContain('Maybe belongs')
  await at.wrote({ from, id: anId(), subject: 'Re: Where is my parcel', inReplyTo: `supposed${ids}@home.example` })
  expect(await supposed(second.id)).toMatchObject([{ state: 'dismissed' }])
  const { items } = await nora().call(listTimeline, { params: { ticketId: second.id }, query: { limit: 50 } })
  expect(items.map(({ actor, words }) => `${actor.name}: ${words}`)).toEqual(
    expect.arrayContaining([`Nora: Does not belong to ${first.number}`, `Sidedesk: Maybe belongs to ${first.number}`]),
  )
})

test('a read-only colleague sees a suggestion and cannot press it', async () => {
  const { second } = await alike('Seen only')
  const params = await onlySupposed(second.id)
  for (const endpoint of [takeSuggestion, dismissSuggestion])
    expect(await refusalOf(desk.as('rhea').call(endpoint, { params, body: {} }))).toMatchObject({ code: 'forbidden' })
})

test('strangers under one subject, one customer after more than a week, and closed tickets suggest nothing', async () => {
  const subject = 'Contact form'
  const [one, two] = [
    await at.wrote({ from: someone(), id: anId(), subject }),
    await at.wrote({ from: someone(), id: anId(), subject }),
  ]
  const from = someone()
  await at.wrote({ from, id: anId(), subject })
  await desk.travel('8 days')
  const later = await at.wrote({ from, id: anId(), subject })
  const done = someone()
  const closed = await at.wrote({ from: done, id: anId(), subject })
  await moved(closed.id, 'solved')
  await moved(closed.id, 'closed')
  const ended = await at.wrote({ from: done, id: anId(), subject })
  expect([...(await supposed(one.id)), ...(await supposed(two.id)), ...(await supposed(later.id))]).toEqual([])
  expect(await supposed(ended.id)).toEqual([])
})

test('an answer under another subject stays, and one press splits it out; the next answer under it asks nothing again', async () => {
  const [from, id, changed] = [someone(), anId(), anId()]
  const ticket = await at.wrote({ from, id, subject: 'Broken jar' })
  await at.wrote({ from, id: changed, subject: 'My invoice of May', inReplyTo: id })
  await at.wrote({ from, id: anId(), subject: 'Re: My invoice of May', inReplyTo: changed })
  const card = await at.shown(ticket.id)
  expect(card.messageCount).toBe(3)
  expect(wordsOn(card)).toContain(
    'The customer went on under another subject: «My invoice of May». Is it about something else?',
  )
  const params = await onlySupposed(ticket.id)
  await nora().call(takeSuggestion, { params, body: {} })
  const part = await at.card(changed)
  expect(part).toMatchObject({ subject: 'My invoice of May', messageCount: 2 })
  expect(part.id).not.toBe(ticket.id)
  expect(await at.whys(part.id)).toEqual(Array(2).fill('Here because it was split out of another ticket'))
  expect(wordsOn(await at.shown(ticket.id))).not.toContain('another subject')
})

test('words that are only added to a subject are no other subject', async () => {
  const [from, id] = [someone(), anId()]
  const ticket = await at.wrote({ from, id, subject: 'Broken jar' })
  await at.wrote({ from, id: anId(), subject: '[EXTERN] AW: Broken jar', inReplyTo: id })
  expect(await supposed(ticket.id)).toEqual([])
})

test('what people split stays apart: an answer that names both parts joins the one it answers', async () => {
  const [from, id, second] = [someone(), anId(), anId()]
  const ticket = await at.wrote({ from, id })
  await at.wrote({ from, id: second, inReplyTo: id })
  const { messages } = await at.shown(ticket.id)
  const messageId = messages[0]?.id ?? ''
  const part = await nora().call(splitTicket, { params: { ticketId: ticket.id }, body: { messageId, subject: 'Part' } })
  const answer = await at.wrote({ from, id: anId(), inReplyTo: second, references: [id, second] })
  expect(answer.id).toBe(part.id)
  expect((await at.shown(ticket.id)).voidReason).toBeNull()
  expect(wordsOn(answer)).not.toContain('Maybe belongs')
})

const moved = async (ticketId: string, status: TicketStatus) => {
  const { version } = await at.shown(ticketId)
  return nora().call(moveTicket, { params: { ticketId }, body: { status, version } })
}

test('an answer reopens what was solved lately; after the days that are set it opens a new ticket that follows', async () => {
  const ada = visitor(desk, 'ada')
  await ada.open('/settings/conversations')
  const saved = await ada.send('/settings/conversations', { oldDays: '30', suggestDays: '7' })
  expect(saved.text).toContain('Saved')
  const [from, id] = [someone(), anId()]
  const ticket = await at.wrote({ from, id })
  await moved(ticket.id, 'solved')
  await desk.travel('29 days')
  expect((await at.wrote({ from, id: anId(), inReplyTo: id })).id).toBe(ticket.id)
  await moved(ticket.id, 'solved')
  await desk.travel('31 days')
  const next = await at.wrote({ from, id: anId(), inReplyTo: id })
  expect(next).toMatchObject({ follows: { id: ticket.id } })
  expect(await at.whys(next.id)).toEqual(['Here because it answers a ticket that was finished long ago'])
  const third = await at.wrote({ from, id: anId(), inReplyTo: id })
  expect(third.id).toBe(next.id)
})

test('days that cannot be are refused beside the form; what is set can be read, and is audited from what to what', async () => {
  const ada = visitor(desk, 'ada')
  await ada.open('/settings/conversations')
  for (const [typed, words] of [
    [{ oldDays: '0', suggestDays: '7' }, 'Old tickets: write whole days, 1 to 3,650.'],
    [{ oldDays: '30', suggestDays: '91' }, 'Suggestions: write whole days, 0 to 90.'],
    [{ oldDays: '30', suggestDays: 'x' }, 'Suggestions: write whole days, 0 to 90.'],
  ] as const)
    expect((await ada.send('/settings/conversations', typed)).text).toContain(words)
  await desk.as('vera').call(writeThreadingSettings, { body: { oldDays: 45, suggestDays: 0 } })
  expect(await nora().call(getThreadingSettings)).toEqual({ oldDays: 45, suggestDays: 0 })
  const { second } = await alike('Nothing is suggested')
  expect(await supposed(second.id)).toEqual([])
  const changes = await ada.open('/settings/changes')
  expect(changes.text).toContain('Conversations')
  await desk.as('vera').call(writeThreadingSettings, { body: { oldDays: 45, suggestDays: 7 } })
})

test('one mail that reaches several mailboxes under several addresses is one message, and each id has its outcome', async () => {
  const account = 'vera@fern.example'
  const secret = desk.google.users.refreshToken(account, 'desk-client')
  await connectMailbox(desk.ctx, desk.workspaceId, {
    address: 'orders@fern.example',
    archiveAddress: account,
    access: 'refresh_token',
    secret,
  })
  await desk.settle()
  const [from, id] = [someone(), anId()]
  const mail = { from, id, subject: 'To all of you', text: 'Is it here?', to: `${SUPPORT}, orders@fern.example` }
  const delivered = [
    at.deliver({ ...mail, envelope: [SUPPORT] }),
    at.deliver({ ...mail, text: 'Is  it here?\r\n-- \r\nYou received this as a member.', envelope: [account] }),
    at.deliver({ ...mail, envelope: [SUPPORT] }),
  ]
  await desk.settle()
  expect((await at.card(id)).messageCount).toBe(1)
  const gmailIds = delivered.flatMap(({ copies }) =>
    copies.flatMap((copy) => (/^(archive|vera)@/.test(copy.mailbox) ? [copy.id] : [])),
  )
  const rows = await inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) => tx.mailboxMail.findMany({ where: { workspaceId: desk.workspaceId, gmailId: { in: gmailIds } } }),
    { reads: true },
  )
  expect(new Set(rows.map(({ gmailId }) => gmailId))).toEqual(new Set(gmailIds))
  expect(rows.filter(({ outcome }) => outcome === 'ticket')).toHaveLength(1)
  expect(
    rows
      .filter(({ outcome }) => outcome !== 'ticket')
      .every((row) => row.outcome === 'duplicate' && row.reason === 'same_mail'),
  ).toBe(true)
  expect(new Set(rows.map(({ messageId }) => messageId)).size).toBe(1)
})

test('the page of the desk says of each mail why it is here', async () => {
  const [from, id] = [someone(), anId()]
  const ticket = await at.wrote({ from, id })
  await at.wrote({ from, id: anId(), inReplyTo: id })
  const reader = pageReader(desk, 'nora')
  await reader.open(`/desk/tickets/${ticket.id}`)
  expect(reader.words()).toContain('Here because it answers a mail of this ticket.')
  expect(reader.words()).toContain('Here because nothing in it names an earlier mail.')
})

test.each([
  ['an automatic answer', { 'Auto-Submitted': 'auto-replied' }, undefined],
  [
    'a report of undelivered mail',
    { 'Content-Type': 'multipart/report; boundary=b', 'X-Failed-Recipients': 'x@home.example' },
    'mailer-daemon@home.example',
  ],
])(
  'our next answer never names %s, whose id nobody else has, and stays under the subject of people',
  async (_, headers, machine) => {
    const [from, id, automatic] = [someone(), anId(), anId()]
    const ticket = await at.wrote({ from, id, subject: 'Broken jar' })
    await desk.travel('1 min')
    const text = machine ? '--b\r\nContent-Type: text/plain\r\n\r\nIt failed.\r\n--b--' : 'I am away.'
    at.deliver({ from: machine ?? from, id: automatic, subject: 'Away until May', inReplyTo: id, headers, text })
    await desk.settle()
    expect((await at.card(automatic)).id).toBe(ticket.id)
    await nora().call(sendReply, { params: { ticketId: ticket.id }, body: { text: 'Here is a new one.' } })
    await desk.settle()
    const sent = desk.google.customers.inbox(from).find(({ text: said }) => said?.includes('Here is a new one.'))
    expect(sent).toMatchObject({ subject: 'Re: Broken jar' })
    expect(JSON.stringify(sent)).toContain(id)
    expect(JSON.stringify(sent)).not.toContain(automatic)
  },
)
