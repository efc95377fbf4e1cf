import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { PanelCard } from '../../shared/panel.ts'
import {
  answerTicket,
  assignTicket,
  categoriseTicket,
  createTicket,
  getTicket,
  lookUpTicket,
  prioritiseTicket,
  showTimeline,
  type TicketCardView,
  tagTicket,
  voidTicket,
} from '../../shared/tickets.ts'
import { listCategories, putCategories } from '../../shared/triage.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { buttonOf, fieldOf, panelOf, textOf } from '../support/panel-hands.ts'

/** What the backend describes of the card of a ticket, and what its presses write. */
let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

let made = 0
const given = (): Promise<TicketCardView> =>
  desk.as('nora').call(createTicket, {
    body: {
      messageId: `<card-${++made}@ada.example>`,
      subject: 'Broken jar',
      from: 'Ada Lovell <ada@ada.example>',
      sentAt: desk.clock.now().toISOString(),
      text: 'The jar arrived broken.',
    },
  })

/** The described part of the card, as one card. */
const described = ({ number, sections, below }: TicketCardView): PanelCard => ({
  title: number,
  subtitle: null,
  sections: [...sections, ...below],
  say: null,
})

const see = (who: 'nora' | 'rhea', ticketId: string) => desk.as(who).call(getTicket, { params: { ticketId } })

test('tags are taken as they were typed, and those that a colleague added meanwhile stay', async () => {
  const { id, tags } = await given()
  const shown = tags.join(', ')
  const at = { params: { ticketId: id } }
  await desk.as('nora').call(tagTicket, { ...at, body: { tags: 'Glass, honey', shown } })
  await desk.as('sam').call(tagTicket, { ...at, body: { add: ['vip'] } })
  const both = await desk
    .as('nora')
    .call(tagTicket, { ...at, body: { tags: ' honey,, new one , new one', shown: 'glass, honey' } })
  expect(both.tags.toSorted()).toEqual(['honey', 'new-one', 'vip'])
  expect(fieldOf(described(both), 'tags')).toBe(both.tags.join(', '))
  const none = await desk.as('nora').call(tagTicket, { ...at, body: { tags: '', shown: both.tags.join(', ') } })
  expect(none.tags).toEqual([])
})

test('a tag with a comma in it, which only a program can set, is not torn apart by saving what a form showed', async () => {
  const { id } = await given()
  const at = { params: { ticketId: id } }
  await desk.as('nora').call(tagTicket, { ...at, body: { add: ['a,b'] } })
  const saved = await desk.as('nora').call(tagTicket, { ...at, body: { tags: 'a,b, c', shown: 'a,b' } })
  expect(saved.tags).toEqual(['a,b', 'c'])
})

test('a tag that is too long is named, and nothing is changed', async () => {
  const { id } = await given()
  const long = 'x'.repeat(41)
  const refused = await refusalOf(
    desk.as('nora').call(tagTicket, { params: { ticketId: id }, body: { tags: `glass, ${long}`, shown: '' } }),
  )
  expect(refused).toMatchObject({ status: 400, message: expect.stringContaining(long) })
  expect((await see('nora', id)).tags).toEqual([])
})

test('a form cannot send null: nobody and none say the same', async () => {
  const { id, version } = await given()
  const params = { ticketId: id }
  const given1 = await desk.as('nora').call(assignTicket, { params, body: { assigneeId: desk.staff.sam.id, version } })
  const free = await desk
    .as('nora')
    .call(assignTicket, { params, body: { assigneeId: 'nobody', version: given1.version } })
  expect(free.assignee).toBeNull()
  const set = await desk
    .as('nora')
    .call(categoriseTicket, { params, body: { category: 'billing', version: free.version } })
  expect(fieldOf(described(set), 'category')).toEqual(['billing'])
  const cleared = await desk
    .as('nora')
    .call(categoriseTicket, { params, body: { category: 'none', version: set.version } })
  expect(cleared.category).toBeNull()
  expect(fieldOf(described(cleared), 'category')).toEqual(['none'])
})

test('a category of another time stays in the drop-down of its ticket', async () => {
  const { id, version } = await given()
  const ada = desk.as('ada')
  const { items, ...before } = await ada.call(listCategories)
  const glass = { id: 'glass-breakage', labels: { en: 'Glass breakage' }, retired: false }
  const made = await ada.call(putCategories, { body: { version: before.version, items: [...items, glass] } })
  const params = { ticketId: id }
  const set = await desk.as('nora').call(categoriseTicket, { params, body: { category: 'Glass-Breakage', version } })
  expect(set.category).toBe('glass-breakage')
  await ada.call(putCategories, { body: { version: made.version, items: [...items, { ...glass, retired: true }] } })
  const retired = await desk.as('nora').call(getTicket, { params })
  expect(fieldOf(described(retired), 'category')).toEqual(['glass-breakage'])
  expect(retired.categories.at(-1)).toEqual({ id: 'glass-breakage', label: 'Glass breakage' })
  expect((await given()).categories.map((one) => one.id)).not.toContain('glass-breakage')
})

test('an answer from the card is answered with the card, which says that it is on its way', async () => {
  const mail = { from: 'cleo@home.example', to: SUPPORT, subject: 'Where is it?', text: 'Hello?' }
  const { messageId } = await desk.google.customers.write(mail)
  await desk.settle()
  const { ticket } = await desk.as('nora').call(lookUpTicket, { body: { messageId } })
  if (!ticket) throw new Error('The mail is no ticket')
  const card = await desk
    .as('nora')
    .call(answerTicket, { params: { ticketId: ticket.id }, body: { text: 'It is on its way.' } })
  expect(textOf(described(card))).toContain('The answer of Nora is on its way.')
  await desk.settle()
  const sent = await see('nora', ticket.id)
  expect(textOf(described(sent))).not.toContain('The answer of Nora')
  expect(sent).toMatchObject({ status: 'pending', unsent: [] })
})

test('who may only look gets buttons that say why they are off, and no fields', async () => {
  const { id } = await given()
  const card = described(await see('rhea', id))
  for (const label of ['Take', 'Add note', 'Send', 'Spam'])
    expect(buttonOf(card, label).off).toBe('Your role may look at tickets, not work on them.')
  for (const name of ['note', 'reply', 'status', 'tags']) expect(() => fieldOf(card, name)).toThrow('has no field')
})

test('a void ticket says so and is brought back before anything else', async () => {
  const { id, version } = await given()
  const voided = await desk.as('nora').call(voidTicket, { params: { ticketId: id }, body: { reason: 'spam', version } })
  const card = described(voided)
  expect(textOf(card)).toContain('Void: Spam. It counts in no list and no figure.')
  expect(buttonOf(card, 'Bring back').off).toBeNull()
  expect(buttonOf(card, 'Take').off).toBe('This ticket is void. Bring it back first.')
})

test('the timeline is a card, newest first, page by page; of another workspace it is not found', async () => {
  const ticket = await given()
  const params = { ticketId: ticket.id }
  let { version } = ticket
  for (let at = 0; at < 55; at++) {
    const priority = at % 2 ? ('low' as const) : ('high' as const)
    version = (await desk.as('nora').call(prioritiseTicket, { params, body: { priority, version } })).version
  }
  const first = await desk.as('nora').call(showTimeline, { params })
  expect(first.title).toBe(ticket.number)
  expect(textOf(first)).toContain('Priority Low to High')
  const older = await panelOf(desk, 'nora').press(first, 'Older')
  expect(textOf(older)).toContain('Created')
  expect(() => buttonOf(older, 'Older')).toThrow('has no button')
  const elsewhere = { ticketId: '00000000-0000-7000-8000-000000000001' }
  expect(await refusalOf(desk.as('nora').call(showTimeline, { params: elsewhere }))).toMatchObject({ status: 404 })
})
