import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { sendReply } from '../../shared/drafts.ts'
import { mergeTickets, previewMerge, relateTickets, undoRegrouping, unrelateTickets } from '../../shared/merging.ts'
import {
  assignTicket,
  getTicket,
  getTicketByNumber,
  listTickets,
  listTimeline,
  lookUpTicket,
  moveTicket,
  noteTicket,
  prioritiseTicket,
  type TicketCardView,
  tagTicket,
  unvoidTicket,
  voidTicket,
} from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

let people = 0
const someone = () => `customer${++people}@home.example`
const nora = () => desk.as('nora')

/** A mail that a customer sends, and the card it is shown beside. */
async function wrote(from: string, more: { inReplyTo?: string; subject?: string; text?: string } = {}) {
  await desk.travel('1 min')
  const { messageId } = await desk.google.customers.write({
    from,
    to: SUPPORT,
    subject: more.subject ?? `My order of ${from}`,
    text: more.text ?? 'Where is it?',
    ...(more.inReplyTo && { inReplyTo: more.inReplyTo }),
  })
  await desk.settle()
  return { messageId, card: await cardOf(messageId) }
}

async function cardOf(messageId: string): Promise<TicketCardView> {
  const { ticket } = await nora().call(lookUpTicket, { body: { messageId } })
  if (!ticket) throw new Error(`There is no ticket of ${messageId}`)
  return ticket
}

const shown = (ticketId: string) => nora().call(getTicket, { params: { ticketId } })
const merged = (into: string, ...ticketIds: string[]) =>
  nora().call(mergeTickets, { params: { ticketId: into }, body: { ticketIds } })

async function answered(ticketId: string, text = 'It is on its way.') {
  await desk.travel('1 min')
  await nora().call(sendReply, { params: { ticketId }, body: { text } })
  await desk.settle()
}

const moved = async (ticketId: string, status: 'solved' | 'closed' | 'pending' | 'open') =>
  nora().call(moveTicket, { params: { ticketId }, body: { status, version: (await shown(ticketId)).version } })

async function regroupingOf(type: string, ticketId: string): Promise<string> {
  const newest = (await desk.events(type)).findLast((event) => event.ticketId === ticketId)
  if (!newest) throw new Error(`No ${type}`)
  return (newest.payload as { regroupingId: string }).regroupingId
}

const undone = async (ticketId: string) =>
  nora().call(undoRegrouping, { params: { ticketId, regroupingId: await regroupingOf('ticket.merged', ticketId) } })

const inOpen = async (id: string) =>
  (await nora().call(listTickets, { query: { view: 'open', limit: 100 } })).items.some((item) => item.id === id)

/** Two tickets of one customer. */
async function pair() {
  const from = someone()
  const [first, second] = [await wrote(from), await wrote(from, { subject: 'Once more' })]
  expect(first.card.id).not.toBe(second.card.id)
  return { from, first, second }
}

test('a merged ticket is void, and the survivor shows all that was said, since when the customer waits, and no mail twice', async () => {
  const { first, second } = await pair()
  const card = await merged(second.card.id, first.card.id)
  expect(card).toMatchObject({
    id: second.card.id,
    status: 'new',
    messageCount: 2,
    waitingSince: first.card.waitingSince,
    lastMessageAt: second.card.lastMessageAt,
  })
  expect(card.messages).toHaveLength(2)
  expect(await shown(first.card.id)).toMatchObject({ voidReason: 'merged', messageCount: 0, waitingSince: null })
  expect([await inOpen(first.card.id), await inOpen(second.card.id)]).toEqual([false, true])
})

test('the card of an old mail is the survivor, and so is the place of its answers', async () => {
  const { from, first, second } = await pair()
  await merged(second.card.id, first.card.id)
  expect((await cardOf(first.messageId)).id).toBe(second.card.id)
  const { card } = await wrote(from, { inReplyTo: first.messageId })
  expect(card).toMatchObject({ id: second.card.id, messageCount: 3 })
})

test('an answer that carries the token of a merged ticket lands in the survivor, however often that was merged since', async () => {
  const { from, first, second } = await pair()
  await answered(first.card.id)
  const [mail] = desk.google.customers.inbox(from)
  const raw = desk.google.customers.rawOf(from, mail?.id ?? '')?.toString() ?? ''
  const token = /^reply-to: *(.+)$/im.exec(raw)?.[1]?.trim() ?? ''
  expect(token).toContain('support+')
  const third = await wrote(from, { subject: 'And again' })
  await merged(second.card.id, first.card.id)
  await merged(third.card.id, second.card.id)
  desk.google.deliver(
    Buffer.from(
      `From: ${from}\r\nTo: ${token}\r\nSubject: hello\r\nMessage-ID: <tok${people}@home.example>\r\n\r\nthanks`,
    ),
    { from, to: [SUPPORT] },
  )
  await desk.settle()
  expect((await cardOf(`<tok${people}@home.example>`)).id).toBe(third.card.id)
})

test('undoing puts both tickets back as they were: messages, waiting time, tags, priority and owner', async () => {
  const { first, second } = await pair()
  const [one, two] = [first.card.id, second.card.id]
  await nora().call(tagTicket, { params: { ticketId: one }, body: { add: ['glass'] } })
  await nora().call(noteTicket, { params: { ticketId: one }, body: { text: 'Asked the depot' } })
  await nora().call(prioritiseTicket, {
    params: { ticketId: one },
    body: { priority: 'urgent', version: (await shown(one)).version },
  })
  await nora().call(assignTicket, {
    params: { ticketId: one },
    body: { assigneeId: desk.staff.nora.id, version: (await shown(one)).version },
  })
  const before = [await shown(one), await shown(two)].map(standing)
  const survivor = await merged(two, one)
  expect(survivor).toMatchObject({ priority: 'urgent', tags: ['glass'], assignee: { name: 'Nora' }, messageCount: 3 })
  await undone(one)
  expect([await shown(one), await shown(two)].map(standing)).toEqual(before)
})

const standing = ({
  status,
  priority,
  tags,
  assignee,
  waitingSince,
  messageCount,
  lastMessageAt,
  ...card
}: TicketCardView) => ({
  status,
  priority,
  tags,
  assignee,
  waitingSince,
  messageCount,
  lastMessageAt,
  firstResponse: card.firstResponse,
  voidReason: card.voidReason,
  said: card.messages.map(({ id }) => id),
})

test('pressed twice, or by two people at once, a merge is taken back once', async () => {
  const { first, second } = await pair()
  await merged(second.card.id, first.card.id)
  const params = { ticketId: first.card.id, regroupingId: await regroupingOf('ticket.merged', first.card.id) }
  const cards = await Promise.all([
    nora().call(undoRegrouping, { params }),
    desk.as('sam').call(undoRegrouping, { params }),
    nora().call(undoRegrouping, { params }),
  ])
  expect(cards.map(({ voidReason, messageCount }) => [voidReason, messageCount])).toEqual([
    [null, 1],
    [null, 1],
    [null, 1],
  ])
  expect((await desk.events('ticket.unmerged')).filter(({ ticketId }) => ticketId === first.card.id)).toHaveLength(1)
})

test('what answers a merged mail goes home with it; what else came since stays with the survivor', async () => {
  const { from, first, second } = await pair()
  await merged(second.card.id, first.card.id)
  const toMerged = await wrote(from, { inReplyTo: first.messageId })
  const toThat = await wrote(from, { inReplyTo: toMerged.messageId })
  const toSurvivor = await wrote(from, { inReplyTo: second.messageId })
  await nora().call(noteTicket, { params: { ticketId: second.card.id }, body: { text: 'One parcel' } })
  await undone(first.card.id)
  const homes = await Promise.all(
    [toMerged, toThat, toSurvivor].map(async ({ messageId }) => (await cardOf(messageId)).id),
  )
  expect(homes).toEqual([first.card.id, first.card.id, second.card.id])
  expect(await shown(first.card.id)).toMatchObject({ messageCount: 3, status: 'new' })
  expect(await shown(second.card.id)).toMatchObject({ messageCount: 3 })
})

test('an answer of the team to a merged mail goes home too: there nobody waits, in the survivor the customer still does', async () => {
  const { first, second } = await pair()
  await merged(first.card.id, second.card.id)
  await answered(first.card.id)
  expect(await shown(first.card.id)).toMatchObject({ status: 'pending', waitingSince: null })
  await undone(second.card.id)
  expect(await shown(second.card.id)).toMatchObject({ status: 'pending', waitingSince: null, messageCount: 2 })
  expect(await shown(first.card.id)).toMatchObject({
    status: 'open',
    waitingSince: first.card.waitingSince,
    firstResponse: null,
  })
})

test('the first answer of either ticket is the first answer of the survivor, and each has its own again after undoing', async () => {
  const { first, second } = await pair()
  await answered(first.card.id)
  const answer = (await shown(first.card.id)).firstResponse
  const card = await merged(second.card.id, first.card.id)
  expect(card).toMatchObject({ status: 'open', waitingSince: second.card.waitingSince, firstResponse: answer })
  await undone(first.card.id)
  expect((await shown(second.card.id)).firstResponse).toBeNull()
  expect(await shown(first.card.id)).toMatchObject({ status: 'pending', firstResponse: answer })
})

test('what a person finished after the merge stays finished when it is undone; who was merged waits again', async () => {
  const { first, second } = await pair()
  await merged(second.card.id, first.card.id)
  await moved(second.card.id, 'solved')
  await undone(first.card.id)
  expect((await shown(second.card.id)).status).toBe('solved')
  expect(await shown(first.card.id)).toMatchObject({ status: 'new', waitingSince: first.card.waitingSince })
})

test('a ticket merges not into itself, nor into one that is closed, void or merged, and each time the words say what to do', async () => {
  const { first, second } = await pair()
  const [one, two] = [first.card, second.card]
  expect((await refusalOf(merged(one.id, one.id))).message).toContain('into itself')
  await moved(one.id, 'closed')
  expect(await refusalOf(merged(one.id, two.id))).toMatchObject({
    code: 'move_not_allowed',
    message: `${one.number} is closed. Reopen it first, or let the other ticket go on.`,
  })
  await moved(one.id, 'open')
  const voided = await nora().call(voidTicket, {
    params: { ticketId: one.id },
    body: { reason: 'spam', version: (await shown(one.id)).version },
  })
  expect((await refusalOf(merged(one.id, two.id))).message).toContain('is void')
  expect((await refusalOf(merged(two.id, one.id))).message).toContain('is void. Bring it back first.')
  await nora().call(unvoidTicket, { params: { ticketId: one.id }, body: { version: voided.version } })
  await merged(two.id, one.id)
  expect((await refusalOf(merged(one.id, two.id))).message).toContain('was itself merged')
  expect((await refusalOf(merged('01890000-0000-7000-8000-000000000001', two.id))).code).toBe('not_found')
})

test('what merging made void is not brought back and not called spam: its merge is undone instead', async () => {
  const { first, second } = await pair()
  await merged(second.card.id, first.card.id)
  const params = { ticketId: first.card.id }
  const { version } = await shown(first.card.id)
  expect((await refusalOf(nora().call(unvoidTicket, { params, body: { version } }))).message).toContain(
    'Undo the merge',
  )
  expect((await refusalOf(nora().call(voidTicket, { params, body: { reason: 'spam', version } }))).message).toContain(
    'Undo the merge',
  )
})

test('of two merges that contradict each other one wins, and the other is told', async () => {
  const { first, second } = await pair()
  const both = await Promise.allSettled([
    merged(second.card.id, first.card.id),
    desk.as('sam').call(mergeTickets, { params: { ticketId: first.card.id }, body: { ticketIds: [second.card.id] } }),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const [lost] = both.flatMap((end) => (end.status === 'rejected' ? [String(end.reason.message)] : []))
  expect(lost).toMatch(/merged/)
  const cards = [await shown(first.card.id), await shown(second.card.id)]
  expect(cards.filter(({ voidReason }) => voidReason === null)).toMatchObject([{ messageCount: 2 }])
})

test('the same merge by two people at once is one merge', async () => {
  const { first, second } = await pair()
  await Promise.all([
    merged(second.card.id, first.card.id),
    desk.as('sam').call(mergeTickets, { params: { ticketId: second.card.id }, body: { ticketIds: [first.card.id] } }),
  ])
  expect((await desk.events('ticket.merged')).filter(({ ticketId }) => ticketId === first.card.id)).toHaveLength(1)
})

test('tickets of different customers are merged only when somebody says so, and the preview names whose answers go astray', async () => {
  const [one, two] = [await wrote(someone()), await wrote(someone())]
  const preview = await nora().call(previewMerge, {
    params: { ticketId: two.card.id },
    body: { ticketIds: [one.card.id] },
  })
  expect(preview).toMatchObject({
    refusal: null,
    otherCustomers: [one.card.customer.name],
    status: 'new',
    waitingSince: one.card.waitingSince,
    merged: [{ number: one.card.number, messages: 1 }],
  })
  expect(await refusalOf(merged(two.card.id, one.card.id))).toMatchObject({ status: 409, code: 'needs_confirmation' })
  const card = await nora().call(mergeTickets, {
    params: { ticketId: two.card.id },
    body: { ticketIds: [one.card.id], acrossCustomers: true },
  })
  expect(card).toMatchObject({ messageCount: 2, customer: two.card.customer })
})

test('several tickets become one, each with its own way back', async () => {
  const from = someone()
  const [one, two, three] = [
    await wrote(from),
    await wrote(from, { subject: 'b' }),
    await wrote(from, { subject: 'c' }),
  ]
  expect((await merged(one.card.id, two.card.id, three.card.id)).messageCount).toBe(3)
  await undone(two.card.id)
  expect((await shown(one.card.id)).messageCount).toBe(2)
  expect(await shown(two.card.id)).toMatchObject({ messageCount: 1, status: 'new' })
  expect((await shown(three.card.id)).voidReason).toBe('merged')
})

test('a merge in the middle of a chain is undone from its end', async () => {
  const from = someone()
  const [one, two, three] = [
    await wrote(from),
    await wrote(from, { subject: 'b' }),
    await wrote(from, { subject: 'c' }),
  ]
  await merged(two.card.id, one.card.id)
  await merged(three.card.id, two.card.id)
  expect((await refusalOf(undone(one.card.id))).message).toBe(
    `${two.card.number} was itself merged into ${three.card.number} since. Undo that first.`,
  )
  await undone(two.card.id)
  expect((await shown(two.card.id)).messageCount).toBe(2)
  await undone(one.card.id)
  expect((await shown(one.card.id)).messageCount).toBe(1)
})

test('mails that arrive while tickets are merged and taken apart are all somewhere that can be worked on', async () => {
  const { from, first, second } = await pair()
  const writing = Array.from({ length: 6 }, (_, n) =>
    desk.google.customers.write({
      from,
      to: SUPPORT,
      subject: 'My order',
      text: `more ${n}`,
      inReplyTo: first.messageId,
    }),
  )
  const merging = (async () => {
    await merged(second.card.id, first.card.id)
    await undone(first.card.id)
    await merged(second.card.id, first.card.id)
  })()
  const [mails] = await Promise.all([Promise.all(writing), merging, desk.settle()])
  await desk.settle()
  const homes = await Promise.all(mails.map(async ({ messageId }) => (await cardOf(messageId)).id))
  expect(new Set(homes)).toEqual(new Set([second.card.id]))
  expect(await shown(second.card.id)).toMatchObject({ messageCount: 8, voidReason: null })
})

test('an answer that was planned on a merged ticket is sent, and shows on the survivor', async () => {
  const { from, first, second } = await pair()
  await nora().call(sendReply, { params: { ticketId: first.card.id }, body: { text: 'Just a moment' } })
  await merged(second.card.id, first.card.id)
  expect((await shown(second.card.id)).unsent).toHaveLength(1)
  await desk.settle()
  expect(desk.google.customers.inbox(from)).toHaveLength(1)
  expect(await shown(second.card.id)).toMatchObject({ messageCount: 3, unsent: [] })
})

test('both tickets tell in their timeline what happened to them', async () => {
  const { first, second } = await pair()
  await merged(second.card.id, first.card.id)
  await undone(first.card.id)
  const typesOf = async (ticketId: string) =>
    (await nora().call(listTimeline, { params: { ticketId } })).items.map(({ type }) => type)
  expect(await typesOf(first.card.id)).toEqual(expect.arrayContaining(['ticket.merged', 'ticket.unmerged']))
  expect(await typesOf(second.card.id)).toEqual(expect.arrayContaining(['ticket.absorbed', 'ticket.released']))
})

test('two tickets that have to do with each other are linked once, and unlinked from either side', async () => {
  const { first, second } = await pair()
  const params = { ticketId: first.card.id, otherId: second.card.id }
  await nora().call(relateTickets, { params })
  await desk.as('sam').call(relateTickets, { params: { ticketId: second.card.id, otherId: first.card.id } })
  expect((await desk.events('ticket.related')).filter(({ ticketId }) => ticketId === first.card.id)).toHaveLength(1)
  await nora().call(unrelateTickets, { params: { ticketId: second.card.id, otherId: first.card.id } })
  expect((await desk.events('ticket.unrelated')).filter(({ ticketId }) => ticketId === first.card.id)).toHaveLength(1)
  expect(
    (await refusalOf(nora().call(relateTickets, { params: { ticketId: first.card.id, otherId: first.card.id } })))
      .message,
  ).toContain('linked to itself')
})

test('who only reads may not merge, and the number of a merged ticket still finds it', async () => {
  const { first, second } = await pair()
  const refused = await refusalOf(
    desk.as('rhea').call(mergeTickets, { params: { ticketId: second.card.id }, body: { ticketIds: [first.card.id] } }),
  )
  expect(refused.code).toBe('forbidden')
  await merged(second.card.id, first.card.id)
  const found = await nora().call(getTicketByNumber, { params: { number: first.card.number } })
  expect(found).toMatchObject({ id: first.card.id, voidReason: 'merged' })
})
