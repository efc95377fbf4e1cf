import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { addCustomerAddress, createContactTicket } from '../../shared/contacts.ts'
import {
  getCustomer,
  listCustomerDocuments,
  listCustomerOrders,
  listCustomerTickets,
  renameCustomer,
  showCustomer,
  showCustomerForm,
  showCustomerHistory,
} from '../../shared/customers.ts'
import { createField, fillCustomerFields, getCustomerFields, writeField } from '../../shared/fields.ts'
import { makeCustomerTask } from '../../shared/tasks.ts'
import { lookUpTicket, moveTicket } from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { mailAt } from '../support/customer-mail.ts'
import { SUPPORT } from '../support/desk.ts'
import { buttonsOf, fieldOf, panelOf, textOf } from '../support/panel-hands.ts'
import { recordHands } from '../support/record-hands.ts'
import { FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
beforeAll(async () => {
  desk = await startShopDesk({ connect: [FERN] })
})
afterAll(() => desk.stop())

const { next, nora, called, day, onCard } = recordHands(() => desk)

test('what is kept about a caller goes along when they turn out to be a customer that we know', async () => {
  const email = `known${next()}@home.example`
  const known = await called({ email, name: 'Eva Lund' })
  const body = {
    customer: { email: null, phone: '+45 72 11 22 33', name: null },
    channel: 'call' as const,
    subject: 'Receipt',
    text: 'x',
    minutes: 1,
  }
  const ticket = await nora().call(createContactTicket, { body })
  await nora().call(makeCustomerTask, {
    params: { customerId: ticket.customer.id },
    body: { words: 'Send the receipt', dueOn: day(5), assigneeId: null },
  })
  const born = await desk.as('ada').call(createField, { body: { about: 'customer', label: 'Birthday', kind: 'date' } })
  await nora().call(fillCustomerFields, {
    params: { customerId: ticket.customer.id },
    body: { values: { [born.id]: '1990-03-31' } },
  })
  const params = { ticketId: ticket.id }
  const card = await nora().call(addCustomerAddress, { params, body: { email } })
  expect(card.customer.id).toBe(known.customer.id)
  expect(onCard(card)).toContain('Send the receipt')
  const record = textOf(await nora().call(showCustomer, { params: { customerId: known.customer.id } }))
  for (const words of ['Birthday: 1990-03-31', 'Phone: +45 72 11 22 33']) expect(record).toContain(words)
})

test('the customer is one press from the ticket: name, ways to write, language; the press leads back', async () => {
  const email = `whole${next()}@home.example`
  const ticket = await called({ email, phone: '+45 33 44 55 66', name: 'Ida Berg' })
  const about = ticket.sections
    .flatMap(({ widgets }) => widgets)
    .find((widget) => widget.kind === 'fact' && widget.label === 'Customer')
  if (about?.kind !== 'fact' || about.press?.kind !== 'call') throw new Error('The customer cannot be pressed')
  const card = await panelOf(desk, 'nora').follow(about.press)
  expect(card).toMatchObject({ title: 'Ida Berg', subtitle: email })
  expect(textOf(card)).toContain('Phone: +45 33 44 55 66')
  expect(textOf(card)).toContain('Tickets: 1, of them 1 open')
  expect(buttonsOf(card).find(({ label }) => label === 'Back to the ticket')?.press).toEqual({
    kind: 'ticket',
    ticketId: ticket.id,
  })
  expect(await nora().call(getCustomer, { params: { customerId: ticket.customer.id } })).toMatchObject({
    name: 'Ida Berg',
    addresses: [email],
    tier: 'standard',
    tickets: 1,
    openTickets: 1,
  })
  const reader = await desk.as('rhea').call(showCustomer, { params: { customerId: ticket.customer.id } })
  expect(buttonsOf(reader).map(({ label }) => label)).toEqual(['History', 'Documents', 'Tasks'])
})

test('a customer is called otherwise and their fields are filled in, in one form that keeps what was typed', async () => {
  const size = await desk.as('ada').call(createField, {
    body: { about: 'customer', label: 'Shoe size', kind: 'number', required: true },
  })
  const ticket = await called({ name: 'A. Lovell' })
  const params = { customerId: ticket.customer.id }
  const form = await nora().call(showCustomerForm, { params, query: { ticket: ticket.id } })
  const panel = panelOf(desk, 'nora')
  const wrong = await panel.press(form, 'Save', { name: 'Ada Lovell', [`field.${size.id}`]: 'large' })
  expect(textOf(wrong)).toContain('Shoe size: write a number')
  expect([fieldOf(wrong, 'name'), fieldOf(wrong, `field.${size.id}`)]).toEqual(['Ada Lovell', 'large'])
  const nameless = await panel.press(wrong, 'Save', { name: ' ', [`field.${size.id}`]: '38' })
  expect(textOf(nameless)).toContain('A customer needs a name')
  const solve = (version: number) =>
    nora().call(moveTicket, { params: { ticketId: ticket.id }, body: { status: 'solved' as const, version } })
  expect((await refusalOf(solve(ticket.version))).message).toContain('«Shoe size»')
  const saved = await panel.press(nameless, 'Save', { name: 'Ada Lovell', [`field.${size.id}`]: '38' })
  expect(saved).toMatchObject({ title: 'Ada Lovell', say: 'Saved' })
  expect(textOf(saved)).toContain('Shoe size: 38')
  expect((await solve(ticket.version)).customer.name).toBe('Ada Lovell')
  await nora().call(renameCustomer, { params, body: { name: 'Ada Lovell' } })
  const renamed = (await desk.events('customer.renamed')).filter(({ payload }) =>
    JSON.stringify(payload).includes(params.customerId),
  )
  expect(renamed).toHaveLength(1)
  expect(JSON.stringify(renamed)).not.toContain('Lovell')
  const { changes } = await nora().call(getCustomerFields, { params })
  expect(changes).toMatchObject([{ label: 'Shoe size', before: '', after: '38', by: 'Nora' }])
  const { about: _, kind: __, id: fieldId, ...kept } = size
  await desk.as('ada').call(writeField, { params: { fieldId }, body: { ...kept, retired: true } })
})

test('documents of all their mails are read newest first to the last, and open by their link', async () => {
  const email = `papers${next()}@home.example`
  for (let n = 0; n < 3; n++) {
    const attachments = [0, 1].map((m) => ({
      filename: `paper-${n}-${m}.txt`,
      contentType: 'text/plain',
      content: `Page ${n} ${m}`,
    }))
    await desk.google.customers.write({
      from: email,
      to: SUPPORT,
      subject: `Papers ${n}`,
      text: 'See there.',
      attachments,
    })
    await desk.travel('1 min')
    await desk.settle()
  }
  const { messageId } = await desk.google.customers.write({
    from: email,
    to: SUPPORT,
    subject: 'No paper',
    text: 'Nothing.',
  })
  await desk.settle()
  const { ticket } = await nora().call(lookUpTicket, { body: { messageId } })
  const params = { customerId: ticket?.customer.id ?? '' }
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await nora().call(listCustomerDocuments, { params, query: { limit: 4, ...(cursor && { cursor }) } })
    seen.push(...page.items.map(({ name }) => name))
    cursor = page.next ?? undefined
    const [first] = page.items
    const bytes = await fetch((first?.url ?? '').replace('https://desk.example', desk.url))
    expect(await bytes.text()).toBe(`Page ${first?.name.slice(6, 7)} ${first?.name.slice(8, 9)}`)
  } while (cursor)
  expect(seen.map((name) => name.slice(0, 7))).toEqual([
    'paper-2',
    'paper-2',
    'paper-1',
    'paper-1',
    'paper-0',
    'paper-0',
  ])
  expect(new Set(seen).size).toBe(6)
  const card = await nora().call(showCustomer, { params })
  const documents = await panelOf(desk, 'nora').press(card, 'Documents')
  expect(textOf(documents)).toContain('paper-2-1.txt')
})

test('all tickets of a customer are in their history, page by page, with how they stand', async () => {
  const email = `often${next()}@home.example`
  const made = []
  for (let n = 0; n < 18; n++) {
    made.push(await called({ email }))
    await desk.travel('1 min')
  }
  const params = { customerId: made[0]?.customer.id ?? '' }
  const pages = []
  let cursor: string | undefined
  do {
    const page = await nora().call(listCustomerTickets, { params, query: { limit: 7, ...(cursor && { cursor }) } })
    pages.push(page.items.map(({ id }) => id))
    cursor = page.next ?? undefined
  } while (cursor)
  expect(pages.map(({ length }) => length)).toEqual([7, 7, 4])
  expect(pages.flat()).toEqual(made.map(({ id }) => id).reverse())
  const card = await nora().call(showCustomerHistory, { params })
  expect(textOf(card)).toContain(`${made[17]?.number} · Open: Broken jar`)
  expect(textOf(card)).not.toContain(made[0]?.number)
  const older = await panelOf(desk, 'nora').press(card, 'Older tickets')
  expect(textOf(older)).toContain(made[0]?.number)
  expect(buttonsOf(older).map(({ label }) => label)).not.toContain('Older tickets')
})

test('what a customer bought and got back is in their history, as far as the mail of the ticket proves who they are', async () => {
  const email = `buyer${next()}@home.example`
  const { id: shopifyCustomer } = desk.fern.customer({ email })
  for (let n = 0; n < 7; n++) desk.fern.buy({ customerId: shopifyCustomer })
  const refunded = desk.fern.buy({ customerId: shopifyCustomer })
  await desk.settle()
  desk.fern.refund(refunded.id, 300)
  desk.fern.giftCard({ code: 'ccgc0000ida1', minor: 2_000, customerId: shopifyCustomer })
  await desk.travel('5 min')
  await desk.tick()
  const mail = mailAt(desk)
  const forged = await mail.cardOfNew({ from: email, text: 'Refund me.', authentication: 'none' })
  const panel = panelOf(desk, 'nora')
  const params = { customerId: forged.customer.id }
  const from = (ticket: string) => nora().call(showCustomerHistory, { params, query: { ticket } })
  const told = textOf(await from(forged.id))
  expect(told).toContain(refunded.name)
  expect(told).not.toContain('£')
  const proved = await mail.cardOfNew({ from: email, text: 'Where is it?', subject: 'My parcel' })
  expect(proved.customer.id).toBe(forged.customer.id)
  const card = await from(proved.id)
  expect(textOf(card)).toContain('£23.00: £3.00 refunds (1) · £20.00 gift cards (1)')
  expect(textOf(card)).toMatch(new RegExp(`${refunded.name} .*: Partially refunded · Unfulfilled: £`))
  expect(textOf(await from(forged.id))).not.toContain('£')
  const all = await panel.press(card, 'All orders')
  expect(textOf(all).match(/FF-/g)).toHaveLength(8)
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await nora().call(listCustomerOrders, { params, query: { limit: 3, ...(cursor && { cursor }) } })
    seen.push(...page.items.map(({ number }) => number))
    cursor = page.next ?? undefined
  } while (cursor)
  expect(new Set(seen).size).toBe(8)
  expect(seen).toHaveLength(8)
})
