import { afterAll, beforeAll, expect, test } from '@jest/globals'
import {
  assignTicket,
  createTicket,
  getTicket,
  listTickets,
  listTimeline,
  lookUpTicket,
  moveTicket,
  noteTicket,
  prioritiseTicket,
  type Ticket,
  tagTicket,
  unvoidTicket,
  voidTicket,
} from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, startDesk } from '../support/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

let made = 0
/** A ticket that Nora made of a mail in front of her. */
const given = (subject = 'Broken jar') =>
  desk.as('nora').call(createTicket, {
    body: {
      messageId: `<mail-${++made}@ada.example>`,
      subject,
      from: 'Ada Lovell <ada@ada.example>',
      sentAt: desk.clock.now().toISOString(),
      text: 'The jar arrived broken.',
    },
  })

test('an open mail becomes a ticket once, however often the button is pressed', async () => {
  const ticket = await given()
  expect(ticket).toMatchObject({
    number: expect.stringMatching(/^TKT-\d{6}$/),
    status: 'new',
    customer: { name: 'Ada Lovell', email: 'ada@ada.example' },
  })
  const again = await desk.as('sam').call(createTicket, {
    body: {
      messageId: `mail-${made}@ADA.example`,
      subject: 'Broken jar',
      from: 'ada@ada.example',
      sentAt: desk.clock.now().toISOString(),
      text: 'x',
    },
  })
  expect(again.id).toBe(ticket.id)
})

test('a ticket is found by the Message-ID of the open mail, and by the mails that an unknown one answers', async () => {
  const ticket = await given()
  const look = (messageId: string, references: string[] = []) =>
    desk.as('sam').call(lookUpTicket, { body: { messageId, references } })
  expect((await look(`<mail-${made}@ada.example>`)).ticket?.id).toBe(ticket.id)
  expect((await look('<unknown@x.example>', [`<mail-${made}@ada.example>`])).ticket?.id).toBe(ticket.id)
  expect((await look('<unknown@x.example>')).ticket).toBeNull()
})

test('taking, moving, prioritising, noting and tagging show on the card and in the timeline, newest first', async () => {
  const { id } = await given()
  const nora = desk.as('nora')
  const params = { ticketId: id }
  await nora.call(assignTicket, {
    params,
    body: { assigneeId: desk.staff.nora.id, version: (await nora.call(getTicket, { params })).version },
  })
  await nora.call(moveTicket, {
    params,
    body: { status: 'open', version: (await nora.call(getTicket, { params })).version },
  })
  await nora.call(prioritiseTicket, {
    params,
    body: { priority: 'high', version: (await nora.call(getTicket, { params })).version },
  })
  await nora.call(noteTicket, { params, body: { text: 'Photo asked for' } })
  const card = await nora.call(tagTicket, { params, body: { add: ['Spillage', 'glass jar'] } })
  expect(card).toMatchObject({
    assignee: { name: 'Nora' },
    status: 'open',
    priority: 'high',
    tags: ['spillage', 'glass-jar'],
    messageCount: 2,
  })
  expect(card.messages[0]).toMatchObject({ direction: 'note', author: { name: 'Nora' }, excerpt: 'Photo asked for' })
  const { items } = await nora.call(listTimeline, { params })
  expect(items.map(({ type }) => type)).toEqual(
    expect.arrayContaining([
      'ticket.created',
      'ticket.assigned',
      'ticket.moved',
      'ticket.prioritised',
      'ticket.noted',
      'ticket.tagged',
    ]),
  )
  expect(items.find(({ type }) => type === 'ticket.moved')).toMatchObject({
    actor: { kind: 'staff', name: 'Nora' },
    facts: { from: 'new', to: 'open' },
  })
})

test('a change on top of a state that is no longer true is refused, and nothing is lost', async () => {
  const { id, version } = await given()
  const params = { ticketId: id }
  await desk.as('nora').call(assignTicket, { params, body: { assigneeId: desk.staff.nora.id, version } })
  const refused = await refusalOf(
    desk.as('sam').call(assignTicket, { params, body: { assigneeId: desk.staff.sam.id, version } }),
  )
  expect(refused).toMatchObject({ status: 409, code: 'stale_version' })
  expect((await desk.as('sam').call(getTicket, { params })).assignee?.name).toBe('Nora')
})

test('of ten people who take a ticket at the same moment one gets it', async () => {
  const { id, version } = await given()
  const takes = Array.from({ length: 10 }, (_, index) => {
    const name = index % 2 === 0 ? 'nora' : 'sam'
    return desk
      .as(name)
      .call(assignTicket, { params: { ticketId: id }, body: { assigneeId: desk.staff[name].id, version } })
  })
  const outcomes = await Promise.allSettled(takes)
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('a move that the table of moves does not know is refused with the reason', async () => {
  const { id, version } = await given()
  const closed = await desk
    .as('nora')
    .call(moveTicket, { params: { ticketId: id }, body: { status: 'closed', version } })
  const refused = await refusalOf(
    desk
      .as('nora')
      .call(moveTicket, { params: { ticketId: id }, body: { status: 'pending', version: closed.version } }),
  )
  expect(refused).toMatchObject({ code: 'move_not_allowed', message: 'A ticket that is closed cannot become pending.' })
})

test('a void ticket leaves the lists and can be brought back', async () => {
  const { id, version } = await given('Cheap watches')
  const params = { ticketId: id }
  const voided = await desk.as('nora').call(voidTicket, { params, body: { reason: 'spam', version } })
  expect(voided).toMatchObject({ voidReason: 'spam', allowedMoves: [] })
  const inView = async (view: 'open' | 'void') =>
    (await desk.as('nora').call(listTickets, { query: { view, limit: 100 } })).items.some((item) => item.id === id)
  expect([await inView('open'), await inView('void')]).toEqual([false, true])
  const back = await desk.as('nora').call(unvoidTicket, { params, body: { version: voided.version } })
  expect(back).toMatchObject({ voidReason: null, status: 'new' })
})

test('a list goes on where its page ended, without gap or double, and refuses a cursor of another list', async () => {
  for (let index = 0; index < 7; index++) await given(`Page ${index}`)
  const seen: Pick<Ticket, 'id'>[] = []
  let cursor: string | undefined
  do {
    const page = await desk
      .as('nora')
      .call(listTickets, { query: { view: 'open', limit: 3, ...(cursor && { cursor }) } })
    seen.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor)
  const whole = await desk.as('nora').call(listTickets, { query: { view: 'open', limit: 100 } })
  expect(seen.map(({ id }) => id)).toEqual(whole.items.map(({ id }) => id))
  const { next } = await desk.as('nora').call(listTickets, { query: { view: 'open', limit: 1 } })
  expect(
    await refusalOf(desk.as('nora').call(listTickets, { query: { view: 'unassigned', cursor: next ?? '' } })),
  ).toMatchObject({ code: 'invalid_request' })
})
