import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { sendReply } from '../../shared/drafts.ts'
import { eraseCustomer, listForgettingRuns, placeLegalHold } from '../../shared/retention.ts'
import { getTicket } from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { mailAt } from '../support/customer-mail.ts'
import { type Desk, type StaffName, startDesk } from '../support/desk.ts'
import { pageReader } from '../support/page-reader.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

const customerAt = (from: string) => mailAt(desk).cardOfNew({ from, text: 'Where is my jar?' })
const erase = (customerId: string, confirmation: string, by: StaffName = 'ada') =>
  desk.as(by).call(eraseCustomer, { params: { customerId }, body: { reason: 'customer_asked', confirmation } })

test('whoever types another address erases nobody', async () => {
  const { id, customer } = await customerAt('a@home.example')
  expect(await refusalOf(erase(customer.id, 'b@home.example'))).toMatchObject({
    code: 'needs_confirmation',
    message: expect.stringContaining('Type an address of this customer'),
  })
  expect((await desk.as('nora').call(getTicket, { params: { ticketId: id } })).customer.email).toBe('a@home.example')
})

test('only admins erase', async () => {
  const { customer } = await customerAt('c@home.example')
  for (const name of ['nora', 'vera', 'frank', 'rhea'] as const)
    expect(await refusalOf(erase(customer.id, 'c@home.example', name))).toMatchObject({ code: 'forbidden' })
})

test('a customer is not erased while an answer to them is under way; the words say on which ticket', async () => {
  const { id, number, customer } = await customerAt('d@home.example')
  await desk.as('nora').call(sendReply, { params: { ticketId: id }, body: { text: 'It is on its way.' } })
  expect(await refusalOf(erase(customer.id, 'd@home.example'))).toMatchObject({
    code: 'in_progress',
    message: `An answer or a request on ${number} is under way. Let it end, or stop it; then erase.`,
  })
  await desk.settle()
  await erase(customer.id, 'd@home.example')
  await desk.settle()
  expect(await refusalOf(desk.as('nora').call(getTicket, { params: { ticketId: id } }))).toMatchObject({
    code: 'not_found',
  })
})

test('what is held by law is not erased: neither by the ticket, nor by the customer', async () => {
  const { id, number, customer } = await customerAt('e@home.example')
  await desk.as('ada').call(placeLegalHold, { body: { about: 'ticket', subjectId: id, reason: 'Case 7' } })
  expect(await refusalOf(erase(customer.id, 'e@home.example'))).toMatchObject({
    code: 'forbidden',
    message: `Ticket ${number} is held by law. Lift the hold first.`,
  })
})

test('two who press at once begin one round', async () => {
  const { customer } = await customerAt('f@home.example')
  const [one, other] = await Promise.all([erase(customer.id, 'f@home.example'), erase(customer.id, 'f@home.example')])
  expect(one.id).toBe(other.id)
  await desk.settle()
  const { items } = await desk.as('vera').call(listForgettingRuns)
  expect(items.filter(({ customerId }) => customerId === customer.id)).toMatchObject([{ state: 'done' }])
})

test('who writes again after the erasure is a new customer, whose mail is kept', async () => {
  const { customer } = await customerAt('g@home.example')
  await erase(customer.id, 'g@home.example')
  await desk.settle()
  const again = await customerAt('g@home.example')
  expect(again.customer.id).not.toBe(customer.id)
  expect(again.customer.email).toBe('g@home.example')
})

test('an admin finds the customer on the page, sees what is refused and why, and erases', async () => {
  const { customer } = await customerAt('h@home.example')
  const reader = pageReader(desk, 'ada')
  await reader.open('/settings/retention?address=h@home.example')
  await reader.follow('h@home.example')
  await reader.press('Erase this customer', { reason: 'authority', confirmation: 'wrong' })
  expect(reader.words()).toContain('Type an address of this customer to confirm.')
  await reader.press('Make an export')
  expect(reader.words()).toContain('is being made')
  await reader.press('Erase this customer', { reason: 'authority', confirmation: 'h@home.example' })
  expect(reader.page().path).toBe('/settings/retention')
  await desk.settle()
  await reader.open('/settings/retention')
  expect(reader.words()).toContain('One customer (An authority or a court orders it), done')
  const left = await inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) => tx.customer.count({ where: { id: customer.id } }),
    { reads: true },
  )
  expect(left).toBe(0)
})

test('the page shows a preview before anything is saved, and a hold until it is lifted', async () => {
  const reader = pageReader(desk, 'ada')
  await reader.open('/settings/retention')
  expect(reader.words()).toContain('Everything is kept: no rule is set.')
  await reader.press('What would this touch?', { months: '12', mode: 'delete' })
  expect(reader.words()).toContain('This would touch 0 tickets')
  await reader.press('Save', { months: 'twelve', mode: 'delete' })
  expect(reader.words()).toContain('Write whole months, 1 to 240, or nothing to keep all.')
  await reader.press('Save', { months: '24', mode: 'anonymise' })
  expect(reader.words()).toContain('Finished tickets are anonymised 24 months after their last message.')
  await reader.follow('What is held by law')
  expect(reader.words()).toContain('Case 7')
  await reader.press('Lift')
  expect(reader.words()).toContain('Lifted')
})
