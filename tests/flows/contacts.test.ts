import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { addHandleTime } from '../../backend/features/tickets/index.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import {
  addCustomerAddress,
  createContactTicket,
  getHandleTime,
  logContact,
  openAddressForm,
  openContactForm,
  openContactTicketForm,
  openHandleTimeForm,
  setHandleTime,
} from '../../shared/contacts.ts'
import { sendReply } from '../../shared/drafts.ts'
import { mergeTickets } from '../../shared/merging.ts'
import { getTicket, listTickets, listTimeline, lookUpTicket, type TicketCardView } from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { fieldOf, panelOf, textOf } from '../support/panel-hands.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

const nora = () => desk.as('nora')
const panel = () => panelOf(desk, 'nora')
let people = 0
const someone = () => `caller${++people}@home.example`

const called = (who: { email?: string; phone?: string; name?: string }, more: { status?: 'open' | 'solved' } = {}) =>
  nora().call(createContactTicket, {
    body: {
      customer: { email: null, phone: null, name: null, ...who },
      channel: 'call',
      subject: 'Wrong colour',
      text: 'Wants blue instead of green.',
      minutes: 4,
      ...more,
    },
  })

const onCard = ({ sections, below }: TicketCardView) =>
  textOf({ title: '', subtitle: null, sections: [...sections, ...below], say: null })

test('a call is a ticket of whoever took it, with the words as a note and its time counted', async () => {
  const email = someone()
  const card = await called({ email, name: 'Ida Berg' })
  expect(card).toMatchObject({
    status: 'open',
    subject: 'Wrong colour',
    customer: { name: 'Ida Berg', email },
    assignee: { name: 'Nora' },
    messageCount: 1,
    messages: [{ direction: 'note', excerpt: 'Call, 4 min: Wants blue instead of green.', author: { name: 'Nora' } }],
  })
  expect(card.waitingSince).not.toBeNull()
  const time = await nora().call(getHandleTime, { params: { ticketId: card.id } })
  expect(time).toMatchObject({ seconds: 240, people: [{ name: 'Nora', seconds: 240 }] })
  const { items } = await nora().call(listTickets, { query: { view: 'mine', limit: 100 } })
  expect(items.map(({ id }) => id)).toContain(card.id)
})

test('a call that settled all waits for nobody', async () => {
  expect(await called({ name: 'Somebody' }, { status: 'solved' })).toMatchObject({
    status: 'solved',
    waitingSince: null,
  })
})

test('a caller who writes as well is one customer', async () => {
  const email = someone()
  const { messageId } = await desk.google.customers.write({ from: email, to: SUPPORT, subject: 'Hello', text: 'x' })
  await desk.settle()
  const { ticket } = await nora().call(lookUpTicket, { body: { messageId } })
  expect((await called({ email: email.toUpperCase() })).customer.id).toBe(ticket?.customer.id)
})

test('the same phone is the same customer, unless another name is said', async () => {
  const first = await called({ phone: '+45 70 12 34 56', name: 'Bo Holm' })
  const again = await called({ phone: '004570123456' })
  const other = await called({ phone: '70 12 34 56', name: 'Kim Holm' })
  expect(first.customer).toMatchObject({ name: 'Bo Holm', email: '' })
  expect(again.customer.id).toBe(first.customer.id)
  expect(other.customer).toMatchObject({ name: 'Kim Holm', email: '' })
  expect(other.customer.id).not.toBe(first.customer.id)
})

test('without an address nothing is answered by mail, the card says so, and an address opens the way', async () => {
  const card = await called({ phone: '+45 71 22 33 44', name: 'Per Dahl' })
  const params = { ticketId: card.id }
  expect(onCard(card)).toContain('No mail address is known')
  const refused = await refusalOf(nora().call(sendReply, { params, body: { text: 'Blue it is.' } }))
  expect(refused.message).toBe(
    'No mail address of this customer is known yet. Ask for it, then press «Add address» on the ticket.',
  )
  const form = await nora().call(openAddressForm, { params })
  const again = await panel().press(form, 'Save address', { email: 'per at home' })
  expect(textOf(again)).toContain('This is no mail address')
  expect(fieldOf(again, 'email')).toBe('per at home')
  const email = someone()
  await panel().press(again, 'Save address', { email })
  expect((await nora().call(getTicket, { params })).customer).toMatchObject({ id: card.customer.id, email })
  await nora().call(sendReply, { params, body: { text: 'Blue it is.' } })
  await desk.settle()
  expect(desk.google.customers.inbox(email)).toHaveLength(1)
})

test('an address that somebody has already makes the tickets theirs; a second address is refused', async () => {
  const email = someone()
  const known = await called({ email, name: 'Eva Lund' })
  const [one, two] = [await called({ phone: '+45 72 00 00 01' }), await called({ phone: '+45 72 00 00 01' })]
  const card = await nora().call(addCustomerAddress, { params: { ticketId: one.id }, body: { email } })
  expect(card.customer).toMatchObject({ id: known.customer.id, name: 'Eva Lund' })
  expect((await nora().call(getTicket, { params: { ticketId: two.id } })).customer.id).toBe(known.customer.id)
  expect((await called({ phone: '+45 72 00 00 01' })).customer.id).toBe(known.customer.id)
  const second = nora().call(addCustomerAddress, { params: { ticketId: one.id }, body: { email: someone() } })
  expect(await refusalOf(second)).toMatchObject({ code: 'already_done' })
})

test('the form keeps what was typed until all is there that a ticket needs', async () => {
  const form = await nora().call(openContactTicketForm)
  const typed = { text: 'Asks for a receipt', subject: 'Receipt', minutes: 'ten' }
  const nobody = await panel().press(form, 'Create ticket', { ...typed, minutes: '10' })
  expect(textOf(nobody)).toContain('Say who it is: an address, a phone number or a name.')
  expect([fieldOf(nobody, 'text'), fieldOf(nobody, 'subject')]).toEqual([typed.text, typed.subject])
  const wrong = await panel().press(nobody, 'Create ticket', { ...typed, name: 'Ulla' })
  expect(textOf(wrong)).toContain('Minutes: write a whole number')
  expect(fieldOf(wrong, 'minutes')).toBe('ten')
  const short = await panel().press(wrong, 'Create ticket', { ...typed, minutes: '10', phone: '12' })
  expect(textOf(short)).toContain('This phone number is too short.')
  const done = await panel().press(short, 'Create ticket', {
    ...typed,
    minutes: '10',
    name: 'Ulla',
    channel: 'walk_in',
  })
  expect(done.title).toMatch(/^TKT-\d{6} created$/)
  expect(textOf(done)).toContain('Customer: Ulla: No mail address yet')
})

test('a talk on a ticket is a note with its time', async () => {
  const { id: ticketId } = await called({ email: someone() })
  const form = await nora().call(openContactForm, { params: { ticketId } })
  expect(textOf(await panel().press(form, 'Log it', { minutes: '3' }))).toContain('Write what was said')
  await panel().press(form, 'Log it', { channel: 'walk_in', text: 'Showed the jar', minutes: '3' })
  const card = await nora().call(getTicket, { params: { ticketId } })
  expect(card).toMatchObject({ messageCount: 2, messages: [{ excerpt: 'Visit, 3 min: Showed the jar' }, {}] })
  expect((await nora().call(getHandleTime, { params: { ticketId } })).seconds).toBe(7 * 60)
  expect((await desk.events('contact.logged')).at(-1)?.payload).toMatchObject({ channel: 'walk_in', seconds: 180 })
  const { items } = await nora().call(listTimeline, { params: { ticketId } })
  const words = items.filter(({ type }) => type === 'contact.logged').map((entry) => entry.words)
  expect(words).toEqual(['Visit logged by Nora, 3 min', 'Call logged by Nora, 4 min'])
})

test.each([-1, 241, 1.5])('a talk of %d minutes is refused', async (minutes) => {
  const { id: ticketId } = await called({ email: someone() })
  const call = nora().call(logContact, { params: { ticketId }, body: { channel: 'call', text: 'x', minutes } })
  expect((await refusalOf(call)).code).toBe('invalid_request')
})

test('a person corrects their own time and nobody else does; less than nothing and more than a day are refused', async () => {
  const { id: ticketId } = await called({ email: someone() })
  await desk
    .as('sam')
    .call(logContact, { params: { ticketId }, body: { channel: 'call', text: 'Called back', minutes: 5 } })
  const time = await nora().call(setHandleTime, { params: { ticketId }, body: { minutes: 20 } })
  expect(time.people).toMatchObject([
    { name: 'Nora', seconds: 1_200 },
    { name: 'Sam', seconds: 300 },
  ])
  for (const minutes of [-1, 1_441])
    expect((await refusalOf(nora().call(setHandleTime, { params: { ticketId }, body: { minutes } }))).code).toBe(
      'invalid_request',
    )
  const form = await nora().call(openHandleTimeForm, { params: { ticketId } })
  expect(textOf(form)).toContain('Together: 25 min')
  expect(textOf(await panel().press(form, 'Save', { minutes: '2 hours' }))).toContain('write a whole number')
  expect(textOf(await panel().press(form, 'Save', { minutes: '30' }))).toContain('Together: 35 min')
  expect((await desk.events('handle_time.set')).at(-1)?.payload).toMatchObject({ seconds: 1_800, before: 1_200 })
})

test('time that a claim brings adds up, never below nothing nor above four hours at once, and a merge keeps it', async () => {
  const email = someone()
  const [one, two] = [await called({ email }), await called({ email })]
  const add = (ticketId: string, seconds: number) =>
    inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
      addHandleTime(tx, [{ ticketId, staffId: desk.staff.nora.id, seconds }]),
    )
  await add(one.id, 60)
  await add(one.id, -500)
  await add(two.id, 100_000)
  expect((await nora().call(getHandleTime, { params: { ticketId: one.id } })).seconds).toBe(300)
  expect((await nora().call(getHandleTime, { params: { ticketId: two.id } })).seconds).toBe(240 + 14_400)
  await nora().call(mergeTickets, { params: { ticketId: two.id }, body: { ticketIds: [one.id] } })
  expect((await nora().call(getHandleTime, { params: { ticketId: two.id } })).seconds).toBe(300 + 240 + 14_400)
  const three = await called({ email })
  await nora().call(mergeTickets, { params: { ticketId: three.id }, body: { ticketIds: [two.id] } })
  expect((await nora().call(getHandleTime, { params: { ticketId: three.id } })).seconds).toBe(300 + 480 + 14_400)
  const form = await nora().call(openContactForm, { params: { ticketId: one.id } })
  const kept = await panel().press(form, 'Log it', { text: 'Called once more' })
  expect([textOf(kept), fieldOf(kept, 'text')]).toEqual([expect.stringContaining('Log it there.'), 'Called once more'])
  const refused = await refusalOf(
    nora().call(logContact, { params: { ticketId: one.id }, body: { channel: 'call', text: 'x', minutes: 1 } }),
  )
  expect(refused.message).toContain('was merged into another one')
})

test('who only reads makes no ticket of a call', async () => {
  const refused = await refusalOf(desk.as('rhea').call(openContactTicketForm))
  expect(refused.code).toBe('forbidden')
})
