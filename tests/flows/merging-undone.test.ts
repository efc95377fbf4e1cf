import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { splitTicket, undoRegrouping } from '../../shared/merging.ts'
import { assignTicket, noteTicket, prioritiseTicket, type TicketCardView, tagTicket } from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { someone } from '../support/customer-mail.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { mergingAt } from '../support/merging-desk.ts'

let desk: Desk
let at: ReturnType<typeof mergingAt>
beforeAll(async () => {
  desk = await startDesk()
  at = mergingAt(desk)
})
afterAll(() => desk.stop())

const nora = () => desk.as('nora')

test('undoing puts both tickets back as they were: messages, waiting time, tags, priority and owner', async () => {
  const { first, second } = await at.pair()
  const [one, two] = [first.card.id, second.card.id]
  await nora().call(tagTicket, { params: { ticketId: one }, body: { add: ['glass'] } })
  await nora().call(noteTicket, { params: { ticketId: one }, body: { text: 'Asked the depot' } })
  await nora().call(prioritiseTicket, {
    params: { ticketId: one },
    body: { priority: 'urgent', version: (await at.shown(one)).version },
  })
  await nora().call(assignTicket, {
    params: { ticketId: one },
    body: { assigneeId: desk.staff.nora.id, version: (await at.shown(one)).version },
  })
  const before = [await at.shown(one), await at.shown(two)].map(standing)
  const survivor = await at.merged(two, one)
  expect(survivor).toMatchObject({ priority: 'urgent', tags: ['glass'], assignee: { name: 'Nora' }, messageCount: 3 })
  await at.undone(one)
  expect([await at.shown(one), await at.shown(two)].map(standing)).toEqual(before)
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
  const { first, second } = await at.pair()
  await at.merged(second.card.id, first.card.id)
  const params = { ticketId: first.card.id, regroupingId: await at.mergeOf(first.card.id) }
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
  const { from, first, second } = await at.pair()
  await at.merged(second.card.id, first.card.id)
  const toMerged = await at.wrote(from, { inReplyTo: first.messageId })
  const toThat = await at.wrote(from, { inReplyTo: toMerged.messageId })
  const toSurvivor = await at.wrote(from, { inReplyTo: second.messageId })
  await nora().call(noteTicket, { params: { ticketId: second.card.id }, body: { text: 'One parcel' } })
  await at.undone(first.card.id)
  const homes = await Promise.all(
    [toMerged, toThat, toSurvivor].map(async ({ messageId }) => (await at.cardOf(messageId)).id),
  )
  expect(homes).toEqual([first.card.id, first.card.id, second.card.id])
  expect(await at.shown(first.card.id)).toMatchObject({ messageCount: 3, status: 'new' })
  expect(await at.shown(second.card.id)).toMatchObject({ messageCount: 3 })
})

test('an answer of the team to a merged mail goes home too: there nobody waits, in the survivor the customer still does', async () => {
  const { first, second } = await at.pair()
  await at.merged(first.card.id, second.card.id)
  await at.answered(first.card.id)
  expect(await at.shown(first.card.id)).toMatchObject({ status: 'pending', waitingSince: null })
  await at.undone(second.card.id)
  expect(await at.shown(second.card.id)).toMatchObject({ status: 'pending', waitingSince: null, messageCount: 2 })
  expect(await at.shown(first.card.id)).toMatchObject({
    status: 'open',
    waitingSince: first.card.waitingSince,
    firstResponse: null,
  })
})

test('the first answer of either ticket is the first answer of the survivor, and each has its own again after undoing', async () => {
  const { first, second } = await at.pair()
  await at.answered(first.card.id)
  const answer = (await at.shown(first.card.id)).firstResponse
  const card = await at.merged(second.card.id, first.card.id)
  expect(card).toMatchObject({ status: 'open', waitingSince: second.card.waitingSince, firstResponse: answer })
  await at.undone(first.card.id)
  expect((await at.shown(second.card.id)).firstResponse).toBeNull()
  expect(await at.shown(first.card.id)).toMatchObject({ status: 'pending', firstResponse: answer })
})

test('what a person finished after the merge stays finished when it is undone; who was merged waits again', async () => {
  const { first, second } = await at.pair()
  await at.merged(second.card.id, first.card.id)
  await at.moved(second.card.id, 'solved')
  await at.undone(first.card.id)
  expect((await at.shown(second.card.id)).status).toBe('solved')
  expect(await at.shown(first.card.id)).toMatchObject({ status: 'new', waitingSince: first.card.waitingSince })
})

test('a merge is not undone while nothing would be left of the ticket that stays; once its own mail is back it is', async () => {
  const { first, second } = await at.pair()
  const [one, two] = [first.card.id, second.card.id]
  await at.merged(two, one)
  const messageId = second.card.messages[0]?.id ?? ''
  const part = await nora().call(splitTicket, { params: { ticketId: two }, body: { messageId } })
  const params = { ticketId: one, regroupingId: await at.mergeOf(one) }
  const refused = await refusalOf(nora().call(undoRegrouping, { params }))
  expect([refused.code, refused.message]).toEqual(['move_not_allowed', expect.stringContaining('were split off since')])
  expect((await at.shown(two)).messageCount).toBe(1)
  const split = (await desk.events('ticket.split_off')).findLast(({ ticketId }) => ticketId === part.id)
  const { regroupingId = '' } = (split?.payload ?? {}) as { regroupingId?: string }
  await nora().call(undoRegrouping, { params: { ticketId: part.id, regroupingId } })
  await at.undone(one)
  expect([await at.shown(one), await at.shown(two)].map(({ messageCount }) => messageCount)).toEqual([1, 1])
})

test('several tickets become one, each with its own way back', async () => {
  const from = someone()
  const [one, two, three] = [
    await at.wrote(from),
    await at.wrote(from, { subject: 'b' }),
    await at.wrote(from, { subject: 'c' }),
  ]
  expect((await at.merged(one.card.id, two.card.id, three.card.id)).messageCount).toBe(3)
  await at.undone(two.card.id)
  expect((await at.shown(one.card.id)).messageCount).toBe(2)
  expect(await at.shown(two.card.id)).toMatchObject({ messageCount: 1, status: 'new' })
  expect((await at.shown(three.card.id)).voidReason).toBe('merged')
})

test('a merge in the middle of a chain is undone from its end', async () => {
  const from = someone()
  const [one, two, three] = [
    await at.wrote(from),
    await at.wrote(from, { subject: 'b' }),
    await at.wrote(from, { subject: 'c' }),
  ]
  await at.merged(two.card.id, one.card.id)
  await at.merged(three.card.id, two.card.id)
  expect((await refusalOf(at.undone(one.card.id))).message).toBe(
    `${two.card.number} was itself merged into ${three.card.number} since. Undo that first.`,
  )
  await at.undone(two.card.id)
  expect((await at.shown(two.card.id)).messageCount).toBe(2)
  await at.undone(one.card.id)
  expect((await at.shown(one.card.id)).messageCount).toBe(1)
})
