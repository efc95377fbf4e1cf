import { afterAll, beforeAll, expect, test } from '@jest/globals'
import {
  mergeTickets,
  openMergeForm,
  openRegroupCard,
  openRelatedForm,
  openSplitForm,
  splitTicket,
  undoRegrouping,
} from '../../shared/merging.ts'
import type { PanelButton, PanelPress, PanelSection } from '../../shared/panel.ts'
import { moveTicket, noteTicket, type TicketCardView } from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { someone } from '../support/customer-mail.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { mergingAt } from '../support/merging-desk.ts'
import { buttonOf, fieldOf, panelOf, textOf } from '../support/panel-hands.ts'

let desk: Desk
let at: ReturnType<typeof mergingAt>
beforeAll(async () => {
  desk = await startDesk()
  at = mergingAt(desk)
})
afterAll(() => desk.stop())

const nora = () => desk.as('nora')
const panel = () => panelOf(desk, 'nora')

const INVOICE = { subject: 'Also my invoice', text: 'What did I pay?' }

const onCard = ({ sections, below }: TicketCardView) =>
  textOf({ title: '', subtitle: null, sections: [...sections, ...below], say: null })

function pressOn(sections: PanelSection[], label: string): PanelPress {
  const row = sections.flatMap(({ widgets }) =>
    widgets.flatMap((each) => (each.kind === 'buttons' ? each.buttons : [])),
  )
  const found = row.find((button: PanelButton) => button.label === label)
  if (!found) throw new Error(`No button ${label}`)
  return found.press
}

test('an agent ticks another ticket of the customer, reads what moves, merges, and takes it back', async () => {
  const from = someone()
  const [one, two] = [await at.wrote(from), await at.wrote(from, { subject: 'Once more' })]
  const rare = await nora().call(openRegroupCard, { params: { ticketId: two.card.id } })
  expect(textOf(rare)).toContain('[Merge] [Split a mail out] [Link]')
  const form = await panel().press(rare, 'Merge')
  const review = await panel().press(form, 'Review', { tickets: [one.card.id] })
  expect(review.subtitle).toBe(`${one.card.number} into ${two.card.number}`)
  expect(textOf(review)).toContain('1 message')
  expect(textOf(review)).toContain('The customer waits since')
  const done = await panel().press(review, 'Merge')
  expect(done.say).toBe(`Merged into ${two.card.number}`)
  expect(onCard(await at.shown(two.card.id))).toContain(`Merged in: ${one.card.number}`)
  const back = await panel().press(done, 'Undo')
  expect(textOf(back)).toContain(`${one.card.number} is a ticket of its own again.`)
  expect(await at.shown(one.card.id)).toMatchObject({ voidReason: null, messageCount: 1 })
})

test('the other way round: another ticket is chosen to go on, and the review follows', async () => {
  const from = someone()
  const [one, two] = [await at.wrote(from), await at.wrote(from, { subject: 'Once more' })]
  const form = await nora().call(openMergeForm, { params: { ticketId: two.card.id } })
  const review = await panel().press(form, 'Review', { numbers: one.card.number.toLowerCase() })
  expect(fieldOf(review, 'survivor')).toEqual([two.card.id])
  const pick = review.sections.flatMap(({ widgets }) => widgets).find((widget) => widget.kind === 'pick')
  if (pick?.kind !== 'pick' || pick.press?.kind !== 'call') throw new Error('Nothing to choose')
  const turned = await panel().follow(pick.press, { survivor: one.card.id })
  expect(turned.subtitle).toBe(`${two.card.number} into ${one.card.number}`)
  const done = await panel().press(turned, 'Merge', { survivor: one.card.id })
  expect(done.subtitle).toContain(one.card.number)
  expect((await at.shown(two.card.id)).voidReason).toBe('merged')
})

test('the card of a merged ticket says where it goes on, and undoes the merge by one press', async () => {
  const from = someone()
  const [one, two] = [await at.wrote(from), await at.wrote(from, { subject: 'Once more' })]
  const form = await nora().call(openMergeForm, { params: { ticketId: two.card.id } })
  await panel().press(await panel().press(form, 'Review', { tickets: [one.card.id] }), 'Merge')
  const card = await at.shown(one.card.id)
  expect(onCard(card)).toContain(`Merged into ${two.card.number}. Its mail is there, and answers to it go there.`)
  expect(pressOn(card.sections, `Open ${two.card.number}`)).toMatchObject({ kind: 'open', ticketId: two.card.id })
  const press = pressOn(card.sections, 'Undo merge')
  if (press.kind !== 'change') throw new Error('Undo changes the ticket')
  const [, ticketId = '', regroupingId = ''] = /tickets\/([^/]+)\/regroupings\/([^/]+)$/.exec(press.path) ?? []
  expect(await nora().call(undoRegrouping, { params: { ticketId, regroupingId }, key: press.key })).toMatchObject({
    id: one.card.id,
    voidReason: null,
  })
})

test.each([
  ['nothing chosen', '', 'Tick a ticket, or type the number of one.'],
  ['words', 'the other one', 'is no ticket number'],
  ['a number that nobody has', 'TKT-999999', 'There is no ticket TKT-999999. Check the number.'],
])('a merge of %s comes back with what was typed and what to do', async (_what, numbers, words) => {
  const { card } = await at.wrote(someone())
  const form = await nora().call(openMergeForm, { params: { ticketId: card.id } })
  const again = await panel().press(form, 'Review', { numbers })
  expect(again.title).toBe('Merge')
  expect(textOf(again)).toContain(words)
  expect(fieldOf(again, 'numbers')).toBe(numbers)
})

test('a ticket is not merged into itself, and a closed one does not go on; another choice mends it', async () => {
  const from = someone()
  const [one, two] = [await at.wrote(from), await at.wrote(from, { subject: 'Once more' })]
  const form = await nora().call(openMergeForm, { params: { ticketId: one.card.id } })
  expect(textOf(await panel().press(form, 'Review', { numbers: one.card.number }))).toContain('into itself')
  await nora().call(moveTicket, {
    params: { ticketId: one.card.id },
    body: { status: 'closed', version: one.card.version },
  })
  const review = await panel().press(form, 'Review', { tickets: [two.card.id] })
  expect(textOf(review)).toContain(`${one.card.number} is closed. Reopen it first, or let the other ticket go on.`)
  expect(buttonOf(review, 'Merge').off).toContain('is closed')
})

test('tickets of different customers ask for a word first', async () => {
  const [one, two] = [await at.wrote(someone()), await at.wrote(someone())]
  const form = await nora().call(openMergeForm, { params: { ticketId: two.card.id } })
  const review = await panel().press(form, 'Review', { numbers: one.card.number })
  expect(textOf(review)).toContain(
    `will get no answer from this ticket: answers go to ${two.card.customer.email} only.`,
  )
  const asked = await panel().press(review, 'Merge')
  expect(textOf(asked)).toContain('These are of different customers.')
  const done = await panel().press(asked, 'Merge', { across: 'yes' })
  expect(done.title).toBe('Merged')
})

test('a mail is split out with all that answers it; the rest stands by what is left', async () => {
  const from = someone()
  const first = await at.wrote(from)
  const second = await at.wrote(from, { inReplyTo: first.messageId, ...INVOICE })
  const third = await at.wrote(from, { inReplyTo: second.messageId, subject: 'Re: Also my invoice' })
  await nora().call(noteTicket, { params: { ticketId: first.card.id }, body: { text: 'Two things' } })
  const form = await nora().call(openSplitForm, { params: { ticketId: first.card.id } })
  const message = (await at.shown(first.card.id)).messages.find(({ excerpt }) => excerpt === INVOICE.text)
  const done = await panel().press(form, 'Split out', { message: message?.id ?? '' })
  const part = await at.cardOf(third.messageId)
  expect(part).toMatchObject({ subject: 'Also my invoice', messageCount: 2, status: 'new', customer: { email: from } })
  expect(part.waitingSince).toBe(second.card.lastMessageAt)
  expect(await at.shown(first.card.id)).toMatchObject({ messageCount: 2, waitingSince: first.card.waitingSince })
  expect(onCard(await at.shown(first.card.id))).toContain(`Split out: ${part.number}`)
  const back = await panel().press(done, 'Undo')
  expect(textOf(back)).toContain(`is back in ${first.card.number}`)
  expect(await at.shown(first.card.id)).toMatchObject({
    messageCount: 4,
    status: 'new',
    waitingSince: first.card.waitingSince,
  })
  expect((await at.cardOf(third.messageId)).id).toBe(first.card.id)
})

test('what came to the new ticket goes back with it, and later answers find their way', async () => {
  const from = someone()
  const first = await at.wrote(from)
  const second = await at.wrote(from, { inReplyTo: first.messageId, ...INVOICE })
  const message = (await at.shown(first.card.id)).messages[0]
  const part = await nora().call(splitTicket, {
    params: { ticketId: first.card.id },
    body: { messageId: message?.id ?? '' },
  })
  await at.wrote(from, { inReplyTo: second.messageId })
  expect((await at.shown(part.id)).messageCount).toBe(2)
  const split = (await desk.events('ticket.split_off')).find(({ ticketId }) => ticketId === part.id)
  if (!split) throw new Error('Nothing was split off')
  const { regroupingId } = split.payload as { regroupingId: string }
  await nora().call(undoRegrouping, { params: { ticketId: part.id, regroupingId } })
  const again = await at.wrote(from, { inReplyTo: second.messageId })
  expect(again.card).toMatchObject({ id: first.card.id, messageCount: 4 })
})

test('what went further since is taken back first, newest first', async () => {
  const from = someone()
  const [first, other] = [await at.wrote(from), await at.wrote(from, { subject: 'Once more' })]
  await at.wrote(from, { inReplyTo: first.messageId, ...INVOICE })
  await nora().call(mergeTickets, { params: { ticketId: other.card.id }, body: { ticketIds: [first.card.id] } })
  const message = (await at.shown(other.card.id)).messages.find(({ excerpt }) => excerpt === INVOICE.text)
  const part = await nora().call(splitTicket, {
    params: { ticketId: other.card.id },
    body: { messageId: message?.id ?? '' },
  })
  const third = await at.wrote(from, { subject: 'And again' })
  await nora().call(mergeTickets, { params: { ticketId: part.id }, body: { ticketIds: [third.card.id] } })
  const undo = async (type: string, ticketId: string) => {
    const made = (await desk.events(type)).find((event) => event.ticketId === ticketId)
    if (!made) throw new Error(`No ${type}`)
    const { regroupingId } = made.payload as { regroupingId: string }
    return nora().call(undoRegrouping, { params: { ticketId, regroupingId } })
  }
  expect((await refusalOf(undo('ticket.merged', first.card.id))).message).toBe(
    `A mail of it was split out into ${part.number} since. Undo that first.`,
  )
  expect((await refusalOf(undo('ticket.split_off', part.id))).message).toBe(
    `${third.card.number} was merged into it since. Undo that first.`,
  )
  await undo('ticket.merged', third.card.id)
  await undo('ticket.split_off', part.id)
  await undo('ticket.merged', first.card.id)
  expect(await at.shown(first.card.id)).toMatchObject({ messageCount: 2, status: 'new' })
})

test('a ticket of one mail is not split, nor is a note, and the form says why', async () => {
  const from = someone()
  const { card } = await at.wrote(from)
  const form = await nora().call(openSplitForm, { params: { ticketId: card.id } })
  expect(buttonOf(form, 'Split out').off).toContain('one mail only')
  const noted = await nora().call(noteTicket, { params: { ticketId: card.id }, body: { text: 'A note' } })
  const refused = await refusalOf(
    nora().call(splitTicket, { params: { ticketId: card.id }, body: { messageId: noted.messages[0]?.id ?? '' } }),
  )
  expect(refused.message).toContain('A note stays with its ticket.')
})

test('a ticket is linked by its number, shown on both, and unlinked', async () => {
  const [one, two] = [await at.wrote(someone()), await at.wrote(someone())]
  const form = await nora().call(openRelatedForm, { params: { ticketId: one.card.id } })
  const wrong = await panel().press(form, 'Link', { number: one.card.number })
  expect(textOf(wrong)).toContain('cannot be linked to itself')
  const done = await panel().press(wrong, 'Link', { number: two.card.number })
  expect(done.say).toBe(`Linked with ${two.card.number}`)
  expect(onCard(await at.shown(one.card.id))).toContain(`Related: ${two.card.number}`)
  expect(onCard(await at.shown(two.card.id))).toContain(`Related: ${one.card.number}`)
})

test('who only reads sees the ways and why they are closed', async () => {
  const { card } = await at.wrote(someone())
  const rare = await desk.as('rhea').call(openRegroupCard, { params: { ticketId: card.id } })
  expect(buttonOf(rare, 'Merge').off).toContain('may look at tickets')
})
