import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import type { z } from 'zod'
import { createContactTicket, openContactTicketForm } from '../../shared/contacts.ts'
import { sendReply } from '../../shared/drafts.ts'
import {
  type CustomField,
  createField,
  fillTicketFields,
  getTicketFields,
  listFields,
  type NewField,
  showTicketFields,
  writeField,
} from '../../shared/fields.ts'
import { chooseSending } from '../../shared/sending.ts'
import { categoriseTicket, getTicket, listTimeline, moveTicket, type TicketCardView } from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { buttonsOf, fieldOf, panelOf, textOf } from '../support/panel-hands.ts'
import { visitor } from '../support/visitor.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

const nora = () => desk.as('nora')
const panel = () => panelOf(desk, 'nora')
let people = 0

/** A ticket of a customer of its own. */
const ticketOf = async (category: string | null = null): Promise<TicketCardView> => {
  const customer = { email: `field${++people}@home.example`, phone: null, name: null }
  const talk = { channel: 'call' as const, subject: 'Broken jar', text: 'Leaks.', minutes: 1 }
  const card = await nora().call(createContactTicket, { body: { customer, ...talk } })
  if (category === null) return card
  const at = { params: { ticketId: card.id }, body: { category, version: card.version } }
  return nora().call(categoriseTicket, at)
}

type Defined = z.input<typeof NewField>

const field = (more: Partial<Defined> & Pick<Defined, 'label' | 'kind'>): Promise<CustomField> =>
  desk.as('ada').call(createField, { body: { about: 'ticket', ...more } })

const keep = ({ label, categories, choices, position }: CustomField, more: object) => ({
  label,
  categories,
  choices,
  position,
  ...more,
})

const fill = ({ id: ticketId }: { id: string }, values: Record<string, string | null>) =>
  nora().call(fillTicketFields, { params: { ticketId }, body: { values } })

const onCard = ({ sections, below }: TicketCardView) =>
  textOf({ title: '', subtitle: null, sections: [...sections, ...below], say: null })

test('a field is asked for where its category is, filled in through the form, and read on the card', async () => {
  const serial = await field({ label: 'Serial number', kind: 'text', categories: ['product'] })
  const colour = await field({
    label: 'Colour',
    kind: 'choice',
    categories: ['product'],
    choices: [{ label: 'Green' }, { label: 'Blue' }],
  })
  const elsewhere = await ticketOf('billing')
  expect(onCard(elsewhere)).not.toContain('[Fields]')
  const ticket = await ticketOf('product')
  expect(onCard(ticket)).toContain('[Fields]')
  const params = { ticketId: ticket.id }
  const form = await nora().call(showTicketFields, { params })
  const green = colour.choices[0]?.id ?? ''
  const done = await panel().press(form, 'Save', {
    [`field.${serial.id}`]: ' SN-44 ',
    [`field.${colour.id}`]: green,
  })
  expect(done.say).toBe('Saved')
  expect(fieldOf(done, `field.${serial.id}`)).toBe('SN-44')
  expect(fieldOf(done, `field.${colour.id}`)).toEqual([green])
  const card = await nora().call(getTicket, { params })
  expect(onCard(card)).toContain('Serial number: SN-44')
  expect(onCard(card)).toContain('Colour: Green')
  const plain = await panel().press(done, 'Save', { [`field.${colour.id}`]: 'none' })
  const { items, changes } = await nora().call(getTicketFields, { params })
  expect(items.map(({ label, value, words }) => ({ label, value, words }))).toEqual([
    { label: 'Serial number', value: 'SN-44', words: 'SN-44' },
    { label: 'Colour', value: null, words: '' },
  ])
  expect(changes[0]).toMatchObject({ label: 'Colour', before: 'Green', after: '', by: 'Nora' })
  expect(JSON.stringify(plain)).toContain('- empties it')
  const emptied = await panel().press(plain, 'Save', { [`field.${serial.id}`]: ' - ' })
  expect(fieldOf(emptied, `field.${serial.id}`)).toBe('')
  expect(JSON.stringify(emptied)).not.toContain('- empties it')
  const { items: timeline } = await nora().call(listTimeline, { params })
  expect(timeline.map(({ words }) => words)).toEqual(
    expect.arrayContaining(['A field was filled in', 'A field was emptied']),
  )
})

test('the record knows which field changed, and no value; the table holds none in the open either', async () => {
  const ticket = await ticketOf()
  const note = await field({ label: 'Allergy', kind: 'text' })
  await fill(ticket, { [note.id]: 'Hazelnuts, severe' })
  const [event] = (await desk.events('ticket.field_set')).filter(({ ticketId }) => ticketId === ticket.id)
  expect(event?.payload).toMatchObject({ fieldId: note.id, cleared: false })
  expect(JSON.stringify(event)).not.toContain('Hazelnuts')
  const owner = new pg.Client({ connectionString: desk.database.ownerUrl })
  await owner.connect()
  const { rows } = await owner.query(
    `select encode(value, 'escape') as value from desk.field_value where field_id = $1`,
    [note.id],
  )
  await owner.end()
  expect(rows).toHaveLength(1)
  expect(rows[0].value).not.toContain('Hazelnuts')
  await fill(ticket, { [note.id]: 'Hazelnuts, severe' })
  expect((await desk.events('ticket.field_set')).filter(({ ticketId }) => ticketId === ticket.id)).toHaveLength(1)
  await desk.as('ada').call(writeField, { params: { fieldId: note.id }, body: keep(note, { retired: true }) })
})

test.each([
  ['number', 'a dozen', 'Weight number: write a number, for example 12 or 12.5.'],
  ['date', '2026-02-30', 'Weight date: choose a day, for example 2026-11-30.'],
  ['choice', 'something', 'Weight choice: choose one from the list.'],
  ['text', 'x'.repeat(501), 'Weight text: at most 500 characters; this has 501.'],
] as const)(
  '%s: what it does not take is refused by its name, and everything typed is still there',
  async (kind, wrong, words) => {
    const choices = kind === 'choice' ? [{ label: 'Light' }] : []
    const weight = await field({ label: `Weight ${kind}`, kind, choices })
    const beside = await field({ label: `Beside ${kind}`, kind: 'text' })
    const ticket = await ticketOf()
    const form = await nora().call(showTicketFields, { params: { ticketId: ticket.id } })
    const again = await panel().press(form, 'Save', { [`field.${weight.id}`]: wrong, [`field.${beside.id}`]: 'kept' })
    expect(textOf(again)).toContain(words)
    expect(fieldOf(again, `field.${beside.id}`)).toBe('kept')
    const { items } = await nora().call(getTicketFields, { params: { ticketId: ticket.id } })
    expect(items.every(({ value }) => value === null)).toBe(true)
    for (const each of [weight, beside])
      await desk.as('ada').call(writeField, { params: { fieldId: each.id }, body: keep(each, { retired: true }) })
  },
)

test.each([
  ['007', '7'],
  ['12,50', '12.5'],
  ['-3.0', '-3'],
  ['-0', '0'],
])('the number %s is kept as %s', async (typed, kept) => {
  const count = await field({ label: `Pieces ${typed}`, kind: 'number' })
  const { items } = await fill(await ticketOf(), { [count.id]: typed })
  expect(items.find(({ fieldId }) => fieldId === count.id)?.value).toBe(kept)
  await desk.as('ada').call(writeField, { params: { fieldId: count.id }, body: keep(count, { retired: true }) })
})

test('a call that is solved at once says what is still needed, and keeps what was typed until it is known', async () => {
  const reason = await field({ label: 'Reason', kind: 'text', required: true })
  const customer = { email: null, phone: null, name: 'Per Dahl' }
  const talk = { channel: 'call' as const, subject: 'Lost jar', text: 'Gone.', minutes: 1, status: 'solved' as const }
  const before = (await desk.events('ticket.created')).length
  expect(await refusalOf(nora().call(createContactTicket, { body: { customer, ...talk } }))).toMatchObject({
    code: 'move_not_allowed',
    message: expect.stringMatching(/^Fill in «Reason» first: .* Create it with «We still owe something»/),
  })
  const form = await nora().call(openContactTicketForm)
  const typed = { name: 'Per Dahl', subject: 'Lost jar', text: 'Gone.' }
  const kept = await panel().press(form, 'Create ticket', { ...typed, status: 'solved' })
  expect(textOf(kept)).toContain('Fill in «Reason» first')
  expect([fieldOf(kept, 'text'), fieldOf(kept, 'status')]).toEqual(['Gone.', ['solved']])
  expect(await desk.events('ticket.created')).toHaveLength(before)
  const made = await panel().press(kept, 'Create ticket', { ...typed, status: 'open' })
  expect(made.title).toMatch(/created$/)
  await desk.as('ada').call(writeField, { params: { fieldId: reason.id }, body: keep(reason, { retired: true }) })
})

test('solving says what is still needed, by hand and when sending; then it goes', async () => {
  const batch = await field({ label: 'Batch', kind: 'text', categories: ['technical'], required: true })
  const ticket = await ticketOf('technical')
  const params = { ticketId: ticket.id }
  expect(onCard(ticket)).toContain('Needed before solving: Batch: Fill in')
  const solve = (version: number) => nora().call(moveTicket, { params, body: { status: 'solved' as const, version } })
  const refused = await refusalOf(solve(ticket.version))
  expect(refused).toMatchObject({ code: 'move_not_allowed' })
  expect(refused.message).toContain('Fill in «Batch» first')
  expect(await refusalOf(nora().call(chooseSending, { params, body: { when: 'solve' } }))).toMatchObject({
    code: 'move_not_allowed',
  })
  expect(await nora().call(getTicket, { params })).toMatchObject({ status: 'open', version: ticket.version })
  await fill(ticket, { [batch.id]: 'B-7' })
  const card = await nora().call(getTicket, { params })
  expect(onCard(card)).not.toContain('Needed before solving')
  expect((await solve(card.version)).status).toBe('solved')
})

test('an answer that would have solved the ticket waits for its customer while something is needed', async () => {
  const ticket = await ticketOf()
  const params = { ticketId: ticket.id }
  await nora().call(chooseSending, { params, body: { when: 'solve' } })
  const later = await field({ label: 'Found out later', kind: 'text', required: true })
  await nora().call(sendReply, { params, body: { text: 'All is well.' } })
  await desk.settle()
  expect((await nora().call(getTicket, { params })).status).toBe('pending')
  await desk.as('ada').call(writeField, { params: { fieldId: later.id }, body: keep(later, { retired: true }) })
  const other = await ticketOf()
  await nora().call(chooseSending, { params: { ticketId: other.id }, body: { when: 'solve' } })
  await nora().call(sendReply, { params: { ticketId: other.id }, body: { text: 'All is well.' } })
  await desk.settle()
  expect((await nora().call(getTicket, { params: { ticketId: other.id } })).status).toBe('solved')
})

test('what is retired keeps its values and is not asked for; a choice that is left out stays where it was chosen', async () => {
  const size = await field({ label: 'Size', kind: 'choice', choices: [{ label: 'Small' }, { label: 'Large' }] })
  const [small, large] = size.choices
  const ticket = await ticketOf()
  await fill(ticket, { [size.id]: small?.id ?? '' })
  const without = { ...keep(size, {}), choices: [{ ...large, label: 'Big' }] }
  const changed = await desk.as('ada').call(writeField, { params: { fieldId: size.id }, body: without })
  expect(changed.choices).toEqual([
    { id: large?.id, label: 'Big', retired: false },
    { id: small?.id, label: 'Small', retired: true },
  ])
  expect(await refusalOf(fill(await ticketOf(), { [size.id]: small?.id ?? '' }))).toMatchObject({
    message: 'Size: choose one from the list.',
  })
  const other = await field({ label: 'Wrapped', kind: 'text' })
  const open = await nora().call(showTicketFields, { params: { ticketId: ticket.id } })
  expect((await panel().press(open, 'Save', { [`field.${other.id}`]: 'in paper' })).say).toBe('Saved')
  const kept = await nora().call(getTicketFields, { params: { ticketId: ticket.id } })
  expect(kept.items.find(({ fieldId }) => fieldId === size.id)?.words).toBe('Small')
  await desk.as('ada').call(writeField, { params: { fieldId: size.id }, body: { ...keep(changed, { retired: true }) } })
  const form = await nora().call(showTicketFields, { params: { ticketId: ticket.id } })
  expect(textOf(form)).toContain('Not asked for any more\nSize: Small')
  expect(await refusalOf(fill(ticket, { [size.id]: null }))).toMatchObject({
    message: 'Size: this field is not asked for any more.',
  })
  const fresh = await nora().call(showTicketFields, { params: { ticketId: (await ticketOf()).id } })
  expect(textOf(fresh)).not.toContain('Size')
})

test('a void ticket, a foreign field and an unknown ticket are refused; a reader reads', async () => {
  const ticket = await ticketOf()
  const strange = '01890000-0000-7000-8000-000000000000'
  expect(await refusalOf(fill(ticket, { [strange]: 'x' }))).toMatchObject({ code: 'invalid_request' })
  expect(await refusalOf(fill({ id: strange }, {}))).toMatchObject({ code: 'not_found' })
  const lid = await field({ label: 'Lid', kind: 'text' })
  await fill(ticket, { [lid.id]: 'dented' })
  const read = await desk.as('rhea').call(showTicketFields, { params: { ticketId: ticket.id } })
  expect(textOf(read)).toContain('Lid: dented')
  expect(buttonsOf(read).map(({ label }) => label)).toEqual(['Back to the ticket'])
  const write = desk.as('rhea').call(fillTicketFields, { params: { ticketId: ticket.id }, body: { values: {} } })
  expect(await refusalOf(write)).toMatchObject({ code: 'forbidden' })
})

test('an admin defines fields on a page; what does not fit comes back with what was typed, and changes are noted', async () => {
  const ada = visitor(desk, 'ada')
  expect((await ada.open('/settings')).text).toContain('href="/settings/fields"')
  const twice = await ada.send('/settings/fields/new', {
    label: 'Warehouse',
    kind: 'choice',
    choices: 'North\nnorth',
    position: '3',
  })
  expect(twice.text).toContain('A choice is named twice')
  expect(twice.text).toContain('value="Warehouse"')
  const saved = await ada.send('/settings/fields/new', {
    label: 'Warehouse',
    kind: 'choice',
    choices: 'North\nSouth',
  })
  expect(saved).toMatchObject({ status: 200, path: '/settings/fields?saved=1' })
  const { items } = await nora().call(listFields)
  const made = items.find(({ label }) => label === 'Warehouse')
  expect(made?.choices.map(({ label }) => label)).toEqual(['North', 'South'])
  const path = `/settings/fields/change/${made?.id}`
  expect((await ada.open(path)).text).toContain('North\nSouth')
  await ada.send(path, { label: 'Stock', choices: 'South', position: '0', retired: 'on' })
  const after = (await nora().call(listFields)).items.find(({ id }) => id === made?.id)
  expect(after).toMatchObject({
    label: 'Stock',
    retired: true,
    choices: [{ label: 'South' }, { label: 'North', retired: true }],
  })
  expect((await ada.open('/settings/changes')).text).toContain('Custom fields')
  const again = await refusalOf(field({ label: 'batch', kind: 'text' }))
  expect(again.message).toBe('«batch» is a field already. Give this one another name.')
  expect(
    (await visitor(desk, 'vera').send('/settings/fields/new', { label: 'X', kind: 'text' }, '/settings/fields/new'))
      .status,
  ).toBe(403)
})
