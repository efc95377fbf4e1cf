import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { sendReply } from '../../shared/drafts.ts'
import { mergeTickets, previewMerge, relateTickets, unrelateTickets } from '../../shared/merging.ts'
import { getTicketByNumber, listTickets, listTimeline, unvoidTicket, voidTicket } from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { someone } from '../support/customer-mail.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { mergingAt } from '../support/merging-desk.ts'

let desk: Desk
let at: ReturnType<typeof mergingAt>
beforeAll(async () => {
  desk = await startDesk()
  at = mergingAt(desk)
})
afterAll(() => desk.stop())

const nora = () => desk.as('nora')
const inOpen = async (id: string) =>
  (await nora().call(listTickets, { query: { view: 'open', limit: 100 } })).items.some((item) => item.id === id)

test('a merged ticket is void, and the survivor shows all that was said, since when the customer waits, and no mail twice', async () => {
  const { first, second } = await at.pair()
  const card = await at.merged(second.card.id, first.card.id)
  expect(card).toMatchObject({
    id: second.card.id,
    status: 'new',
    messageCount: 2,
    waitingSince: first.card.waitingSince,
    lastMessageAt: second.card.lastMessageAt,
  })
  expect(card.messages).toHaveLength(2)
  expect(await at.shown(first.card.id)).toMatchObject({ voidReason: 'merged', messageCount: 0, waitingSince: null })
  expect([await inOpen(first.card.id), await inOpen(second.card.id)]).toEqual([false, true])
})

test('the card of an old mail is the survivor, and so is the place of its answers', async () => {
  const { from, first, second } = await at.pair()
  await at.merged(second.card.id, first.card.id)
  expect((await at.cardOf(first.messageId)).id).toBe(second.card.id)
  const { card } = await at.wrote(from, { inReplyTo: first.messageId })
  expect(card).toMatchObject({ id: second.card.id, messageCount: 3 })
})

test('an answer that carries the token of a merged ticket lands in the survivor, however often that was merged since', async () => {
  const { from, first, second } = await at.pair()
  await at.answered(first.card.id)
  const [mail] = desk.google.customers.inbox(from)
  const raw = desk.google.customers.rawOf(from, mail?.id ?? '')?.toString() ?? ''
  const token = /^reply-to: *(.+)$/im.exec(raw)?.[1]?.trim() ?? ''
  expect(token).toContain('support+')
  const third = await at.wrote(from, { subject: 'And again' })
  await at.merged(second.card.id, first.card.id)
  await at.merged(third.card.id, second.card.id)
  async function wroteToToken(id: string) {
    const head = [`From: ${from}`, `To: ${token}`, 'Subject: hello', `Message-ID: <${id}@home.example>`]
    desk.google.deliver(Buffer.from(`${head.join('\r\n')}\r\n\r\nAnd now?`), { from, to: [SUPPORT] })
    await desk.settle()
    return at.cardOf(`<${id}@home.example>`)
  }
  expect((await wroteToToken('tok')).id).toBe(third.card.id)
  await at.undone(second.card.id)
  expect((await wroteToToken('tok-then')).id).toBe(second.card.id)
  await at.undone(first.card.id)
  expect((await wroteToToken('tok-at-last')).id).toBe(first.card.id)
})

test('a ticket merges not into itself, nor into one that is closed, void or merged, and each time the words say what to do', async () => {
  const { first, second } = await at.pair()
  const [one, two] = [first.card, second.card]
  expect((await refusalOf(at.merged(one.id, one.id))).message).toContain('into itself')
  await at.moved(one.id, 'closed')
  expect(await refusalOf(at.merged(one.id, two.id))).toMatchObject({
    code: 'move_not_allowed',
    message: `${one.number} is closed. Reopen it first, or let the other ticket go on.`,
  })
  await at.moved(one.id, 'open')
  const voided = await nora().call(voidTicket, {
    params: { ticketId: one.id },
    body: { reason: 'spam', version: (await at.shown(one.id)).version },
  })
  expect((await refusalOf(at.merged(one.id, two.id))).message).toContain('is void')
  expect((await refusalOf(at.merged(two.id, one.id))).message).toContain('is void. Bring it back first.')
  await nora().call(unvoidTicket, { params: { ticketId: one.id }, body: { version: voided.version } })
  await at.merged(two.id, one.id)
  expect((await refusalOf(at.merged(one.id, two.id))).message).toContain('was itself merged')
  expect((await refusalOf(at.merged('01890000-0000-7000-8000-000000000001', two.id))).code).toBe('not_found')
})

test('what merging made void is not brought back and not called spam: its merge is undone instead', async () => {
  const { first, second } = await at.pair()
  await at.merged(second.card.id, first.card.id)
  const params = { ticketId: first.card.id }
  const { version } = await at.shown(first.card.id)
  expect((await refusalOf(nora().call(unvoidTicket, { params, body: { version } }))).message).toContain(
    'Undo the merge',
  )
  expect((await refusalOf(nora().call(voidTicket, { params, body: { reason: 'spam', version } }))).message).toContain(
    'Undo the merge',
  )
})

test('of two merges that contradict each other one wins, and the other is told', async () => {
  const { first, second } = await at.pair()
  const both = await Promise.allSettled([
    at.merged(second.card.id, first.card.id),
    desk.as('sam').call(mergeTickets, { params: { ticketId: first.card.id }, body: { ticketIds: [second.card.id] } }),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const [lost] = both.flatMap((end) => (end.status === 'rejected' ? [String(end.reason.message)] : []))
  expect(lost).toMatch(/merged/)
  const cards = [await at.shown(first.card.id), await at.shown(second.card.id)]
  expect(cards.filter(({ voidReason }) => voidReason === null)).toMatchObject([{ messageCount: 2 }])
})

test('the same merge by two people at once is one merge', async () => {
  const { first, second } = await at.pair()
  await Promise.all([
    at.merged(second.card.id, first.card.id),
    desk.as('sam').call(mergeTickets, { params: { ticketId: second.card.id }, body: { ticketIds: [first.card.id] } }),
  ])
  expect((await desk.events('ticket.merged')).filter(({ ticketId }) => ticketId === first.card.id)).toHaveLength(1)
})

test('tickets of different customers are merged only when somebody says so, and the preview names whose answers go astray', async () => {
  const [one, two] = [await at.wrote(someone()), await at.wrote(someone())]
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
  expect(await refusalOf(at.merged(two.card.id, one.card.id))).toMatchObject({
    status: 409,
    code: 'needs_confirmation',
  })
  const card = await nora().call(mergeTickets, {
    params: { ticketId: two.card.id },
    body: { ticketIds: [one.card.id], acrossCustomers: true },
  })
  expect(card).toMatchObject({ messageCount: 2, customer: two.card.customer })
})

test('mails that arrive while tickets are merged and taken apart are all somewhere that can be worked on', async () => {
  const { from, first, second } = await at.pair()
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
    await at.merged(second.card.id, first.card.id)
    await at.undone(first.card.id)
    await at.merged(second.card.id, first.card.id)
  })()
  const [mails] = await Promise.all([Promise.all(writing), merging, desk.settle()])
  await desk.settle()
  const homes = await Promise.all(mails.map(async ({ messageId }) => (await at.cardOf(messageId)).id))
  expect(new Set(homes)).toEqual(new Set([second.card.id]))
  expect(await at.shown(second.card.id)).toMatchObject({ messageCount: 8, voidReason: null })
})

test('an answer that was planned on a merged ticket is sent, and shows on the survivor', async () => {
  const { from, first, second } = await at.pair()
  await nora().call(sendReply, { params: { ticketId: first.card.id }, body: { text: 'Just a moment' } })
  await at.merged(second.card.id, first.card.id)
  expect((await at.shown(second.card.id)).unsent).toHaveLength(1)
  await desk.settle()
  expect(desk.google.customers.inbox(from)).toHaveLength(1)
  expect(await at.shown(second.card.id)).toMatchObject({ messageCount: 3, unsent: [] })
})

test('both tickets tell in their timeline what happened to them', async () => {
  const { first, second } = await at.pair()
  await at.merged(second.card.id, first.card.id)
  await at.undone(first.card.id)
  const typesOf = async (ticketId: string) =>
    (await nora().call(listTimeline, { params: { ticketId } })).items.map(({ type }) => type)
  expect(await typesOf(first.card.id)).toEqual(expect.arrayContaining(['ticket.merged', 'ticket.unmerged']))
  expect(await typesOf(second.card.id)).toEqual(expect.arrayContaining(['ticket.absorbed', 'ticket.released']))
})

test('two tickets that have to do with each other are linked once, and unlinked from either side', async () => {
  const { first, second } = await at.pair()
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
  const { first, second } = await at.pair()
  const refused = await refusalOf(
    desk.as('rhea').call(mergeTickets, { params: { ticketId: second.card.id }, body: { ticketIds: [first.card.id] } }),
  )
  expect(refused.code).toBe('forbidden')
  await at.merged(second.card.id, first.card.id)
  const found = await nora().call(getTicketByNumber, { params: { number: first.card.number } })
  expect(found).toMatchObject({ id: first.card.id, voidReason: 'merged' })
})
