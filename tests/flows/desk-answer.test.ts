import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { claimTicket } from '../../shared/claims.ts'
import { listMessages } from '../../shared/tickets.ts'
import { beginBreak, getWork, logIn, logOut } from '../../shared/workforce.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { type TicketPages, ticketPages } from '../support/ticket-pages.ts'

let desk: Desk
let readers: TicketPages['readers']
let ticketOf: TicketPages['ticketOf']
let opened: TicketPages['opened']
let notesOn: TicketPages['notesOn']
beforeAll(async () => {
  desk = await startDesk()
  ;({ readers, ticketOf, opened, notesOn } = ticketPages(desk))
})
afterAll(() => desk.stop())

test('an answer is sent with what was chosen beside it, and both once', async () => {
  const { id } = await opened()
  const wrote = await readers.nora.press('Send', { reply: 'A new jar is on its way.', sending: 'solve' })
  expect(wrote.text).toContain('The answer is on its way')
  await desk.settle()
  expect((await ticketOf(id)).status).toBe('solved')
  const { items } = await desk.as('vera').call(listMessages, { params: { ticketId: id } })
  expect(items.filter(({ direction }) => direction === 'out').map(({ text }) => text.trim())).toEqual([
    expect.stringContaining('A new jar is on its way.'),
  ])
})

test('lines of an answer stay lines', async () => {
  const { id } = await opened()
  await readers.nora.press('Send', { reply: 'One.\r\nTwo.' })
  await desk.settle()
  const { items } = await desk.as('vera').call(listMessages, { params: { ticketId: id } })
  expect(items.find(({ direction }) => direction === 'out')?.text).toContain('One.\nTwo.')
})

test('a half-written answer outlives every other press on the page, and the enter key', async () => {
  const { id } = await opened()
  const typed = { reply: 'Dear Ada,\nhalf of it', note: 'Ask the warehouse' }
  await readers.nora.press('Take', typed)
  expect(readers.nora.field('reply')).toBe(typed.reply)
  expect(readers.nora.field('note')).toBe(typed.note)
  await readers.nora.press('Add note')
  expect(readers.nora.field('reply')).toBe(typed.reply)
  expect(readers.nora.field('note')).toBe('')
  await readers.nora.press('Stay here')
  expect(readers.nora.field('reply')).toBe(typed.reply)
  expect(await notesOn(id)).toEqual([typed.note])
})

test('it outlives the end of a break, which is told on the page of every ticket', async () => {
  const sam = readers.sam
  await desk.as('sam').call(logIn)
  await desk.as('sam').call(beginBreak, { body: { kind: 'lunch' } })
  const { path } = await opened()
  await sam.open(path)
  expect(sam.words()).toContain('Lunch since')
  await sam.press('I am back', { reply: 'Half of it' })
  expect(sam.words()).toContain('Welcome back.')
  expect(sam.words()).not.toContain('Lunch since')
  expect(sam.field('reply')).toBe('Half of it')
  expect((await desk.as('sam').call(getWork)).session).toMatchObject({ onBreak: null })
  await desk.as('sam').call(logOut)
})

test('it outlives a look at saved replies as well', async () => {
  const { number } = await opened()
  await readers.nora.press('Saved replies', { reply: 'Half of it' })
  expect(readers.nora.words()).toContain('Saved replies')
  await readers.nora.press('Ticket, with what you typed')
  expect(readers.nora.words()).toContain(number)
  expect(readers.nora.field('reply')).toBe('Half of it')
})

test('nothing is sent where nothing is written, and what is too long comes back', async () => {
  const { id } = await opened()
  const empty = await readers.nora.press('Send')
  expect(empty.status).toBe(400)
  expect(empty.text).toContain('Nothing is written yet.')
  const long = 'x'.repeat(20_001)
  const refused = await readers.nora.press('Add note', { note: long })
  expect(refused.status).toBe(400)
  expect(readers.nora.field('note')).toBe(long)
  expect(await notesOn(id)).toEqual([])
})

test('who is on a ticket is told, an answer under their claim is refused and kept, and one takes over with a word', async () => {
  const { id } = await opened()
  await desk.as('sam').call(claimTicket, { params: { ticketId: id }, body: {} })
  const refused = await readers.nora.press('Send', { reply: 'My answer' })
  expect(refused.status).toBe(409)
  expect(readers.nora.words()).toContain('Sam is on it since')
  expect(readers.nora.field('reply')).toBe('My answer')
  await readers.nora.press('Take over')
  await readers.nora.press('Take over', { word: 'I know her.' })
  expect(readers.nora.words()).toContain('You are on it until')
  expect(readers.nora.field('reply')).toBe('My answer')
  await readers.nora.press('Send')
  expect(readers.nora.words()).toContain('The answer is on its way')
})

test('a session that ended gives back what had been typed', async () => {
  await opened()
  const { path, fields } = readers.nora.sending('Send', { reply: 'An answer of more than thirty letters.' })
  readers.nora.browser.cookies.clear()
  const refused = await readers.nora.browser.post(path, fields)
  expect(refused.status).toBe(401)
  expect(refused.text).toContain('An answer of more than thirty letters.')
  expect(refused.text).not.toContain('/v1/tickets')
})
