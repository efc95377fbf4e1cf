import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { claimTicket, getClaim } from '../../shared/claims.ts'
import { type ActionInput, createCombinedAction, draftActionAnswer } from '../../shared/combined-actions.ts'
import { sendReply, startReplyDraft } from '../../shared/drafts.ts'
import { mergeTickets, undoRegrouping } from '../../shared/merging.ts'
import { getTicket, lookUpTicket } from '../../shared/tickets.ts'
import { formsAt } from '../support/action-forms.ts'
import { ordersOf } from '../support/action-orders.ts'
import { type StaffName, SUPPORT } from '../support/desk.ts'
import { noticesTo } from '../support/notice-mail.ts'
import { textOf } from '../support/panel-hands.ts'
import { randomFrom, seedOfRun } from '../support/random.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
beforeAll(async () => {
  desk = await startShopDesk()
})
afterAll(() => desk.stop())

let people = 0
const someone = () => `customer${++people}@home.example`

type Mail = { id: string; from: string; mail: string }

/** A customer writes; the mail is a ticket. */
async function wrote(from: string): Promise<Mail> {
  await desk.travel('1 min')
  const mail = { from, to: SUPPORT, subject: 'My order', text: 'Where is it?' }
  const { messageId } = await desk.google.customers.write(mail)
  await desk.settle()
  return { id: await ticketOf(messageId), from, mail: messageId }
}

async function ticketOf(messageId: string): Promise<string> {
  const { ticket } = await desk.as('vera').call(lookUpTicket, { body: { messageId } })
  if (!ticket) throw new Error(`No ticket has ${messageId}`)
  return ticket.id
}

async function pair(): Promise<[Mail, Mail]> {
  const from = someone()
  return [await wrote(from), await wrote(from)]
}

const merge = (survivor: { id: string }, merged: { id: string }) =>
  desk.as('vera').call(mergeTickets, { params: { ticketId: survivor.id }, body: { ticketIds: [merged.id] } })

async function undo(merged: { id: string }): Promise<void> {
  const events = await desk.events('ticket.merged')
  const newest = events.findLast(({ ticketId }) => ticketId === merged.id)
  if (!newest) throw new Error('It was not merged')
  const { regroupingId } = newest.payload as { regroupingId: string }
  await desk.as('vera').call(undoRegrouping, { params: { ticketId: merged.id, regroupingId } })
}

const isOn = (who: StaffName, { id }: { id: string }) =>
  desk.as(who).call(claimTicket, { params: { ticketId: id }, body: {} })

const claimOn = async ({ id }: { id: string }) =>
  (await desk.as('vera').call(getClaim, { params: { ticketId: id } })).claim

const holderOf = async (ticket: { id: string }) => (await claimOn(ticket))?.staff.name ?? null

const cardOf = ({ id }: { id: string }, who: StaffName = 'vera') =>
  desk.as(who).call(getTicket, { params: { ticketId: id } })

/** An answer that names nobody of the team. */
async function answeredNamelessly({ from, mail }: Mail, text: string, at = desk.clock.now()): Promise<void> {
  const headers = [`From: ${SUPPORT}`, `To: ${from}`, 'Subject: Re: My order', `In-Reply-To: ${mail}`].join('\r\n')
  desk.google.users.send('archive@fern.example', { bytes: Buffer.from(`${headers}\r\n\r\n${text}`), at })
}

test('whoever is on a ticket that goes into another one is on that one, since when they were', async () => {
  const [first, second] = await pair()
  await isOn('nora', second) // forgotten, and run out by the time of the merge
  await desk.travel('11 min')
  await isOn('sam', first)
  const before = await claimOn(first)
  await desk.travel('2 min')
  await merge(second, first)
  expect(await claimOn(first)).toBeNull()
  expect(await claimOn(second)).toEqual(before)
  await desk.as('sam').call(startReplyDraft, { params: { ticketId: first.id }, body: {} }) // from a card of before
  expect([await holderOf(first), await holderOf(second)]).toEqual([null, 'Sam'])
})

test('a merge that is taken back gives each claim back to the ticket that it was taken on, through two merges as well', async () => {
  const [first, second] = await pair()
  const third = await wrote(first.from)
  await isOn('nora', first)
  const before = await claimOn(first)
  await merge(second, first)
  await merge(third, second)
  expect(await claimOn(third)).toEqual(before)
  await undo(second)
  expect([await holderOf(second), await holderOf(third)]).toEqual(['Nora', null])
  await undo(first)
  expect([await claimOn(first), await holderOf(second)]).toEqual([before, null])
  await merge(second, first)
  await desk.travel('11 min')
  await isOn('sam', second)
  await undo(first)
  expect([await holderOf(first), await holderOf(second)]).toEqual([null, 'Sam'])
})

test('of two people on tickets that become one, one stays and the other is told by mail, once', async () => {
  const [first, second] = await pair()
  await isOn('nora', first)
  await isOn('sam', second)
  const before = noticesTo(desk, 'nora').length
  await merge(second, first)
  await desk.settle()
  expect([await holderOf(first), await holderOf(second)]).toEqual([null, 'Sam'])
  const [notice, ...more] = noticesTo(desk, 'nora').slice(before)
  expect(more).toEqual([])
  expect(notice?.subject).toMatch(/^TKT-\d{6}: Sam is on it$/)
  expect(notice?.text).toContain('take it over with a word to Sam')
  const both = await pair()
  await isOn('nora', both[0])
  await isOn('nora', both[1])
  await merge(both[1], both[0])
  await desk.settle()
  expect(await holderOf(both[1])).toBe('Nora')
  expect(noticesTo(desk, 'nora')).toHaveLength(before + 1)
})

test('an answer that was sent before a merge and names nobody is of who was on its ticket then', async () => {
  const [first, second] = await pair()
  await isOn('sam', first)
  desk.clock.travel(60_000)
  const left = desk.clock.now()
  await desk.travel('12 min')
  await merge(second, first)
  await answeredNamelessly(first, 'Here.', left)
  await desk.settle()
  const { messages } = await cardOf(second)
  expect(messages.find(({ direction }) => direction === 'out')?.author.name).toBe('Sam')
})

test('a second answer inside a claim that names nobody is told to who is on it, once, and stands on the card', async () => {
  const [ticket] = await pair()
  await isOn('nora', ticket)
  const before = noticesTo(desk, 'nora').length
  for (const text of ['It left.', 'It left yesterday.', 'Sorry, today.']) {
    desk.clock.travel(60_000)
    await answeredNamelessly(ticket, text)
    await desk.settle()
  }
  expect(
    noticesTo(desk, 'nora')
      .map(({ text }) => text)
      .slice(before),
  ).toEqual([expect.stringContaining('does not say who wrote it')])
  const { sections } = await cardOf(ticket, 'nora')
  expect(textOf({ title: '', subtitle: null, sections, say: null })).toContain(
    'A second answer left meanwhile, and does not say whose it is.',
  )
  const doubled = (await desk.events('claim.doubled')).filter(({ ticketId }) => ticketId === ticket.id)
  expect(doubled.map(({ payload }) => payload)).toMatchObject([{ answeredById: null }])
})

test('an action goes on while its ticket is merged, and its answer lands in the ticket that stays', async () => {
  const order = ordersOf(desk.fern).delivered(ordersOf(desk.fern).buy())
  const on = await formsAt(desk).about(order)
  const other = await wrote('ada@home.example')
  const body = { reason: { code: 'goodwill' }, refund: { what: 'shipping' } } as unknown as ActionInput
  const params = { ticketId: on.ticketId, orderId: on.orderId }
  const action = await desk.as('nora').call(createCombinedAction, { params, body })
  await merge(other, { id: on.ticketId })
  for (let minute = 0; minute < 3; minute++) await desk.travel('61 s')
  await desk.settle()
  expect((await cardOf(other)).shop.orders.map(({ number }) => number)).toContain(order.name)
  const draft = await desk.as('nora').call(draftActionAnswer, { params: { actionId: action.id }, body: {} })
  expect(draft.text).toContain('We have refunded £5.00')
  await desk.as('nora').call(sendReply, { params: { ticketId: on.ticketId }, body: { text: draft.text } })
  await desk.settle()
  const { messages } = await cardOf(other)
  expect(messages.filter(({ direction }) => direction === 'out').map(({ author }) => author.name)).toEqual(['Nora'])
  expect(desk.google.customers.inbox('ada@home.example')).toHaveLength(1)
})

test('mail for both, merges, undos and claims at the same moment: nobody is refused for it, and no mail is lost', async () => {
  const seed = seedOfRun()
  process.stderr.write(`SEED=${seed}\n`)
  const random = randomFrom(seed)
  const [one, two] = await pair()
  let written = 2
  for (let round = 0; round < 8; round++) {
    const [survivor, merged] = random() < 0.5 ? [one, two] : [two, one]
    const mails = Array.from({ length: 6 }, (_, n) => ({
      from: one.from,
      to: SUPPORT,
      subject: 'My order',
      text: `more ${round}.${n}`,
      inReplyTo: (random() < 0.5 ? one : two).mail,
    }))
    await Promise.all(mails.map((mail) => desk.google.customers.write(mail)))
    written += mails.length
    const claiming = isOn(random() < 0.5 ? 'nora' : 'sam', random() < 0.5 ? one : two).catch((error) => error.code)
    const [, , said] = await Promise.all([desk.settle(), merge(survivor, merged), claiming])
    expect(['claimed', undefined]).toContain(typeof said === 'string' ? said : undefined)
    await Promise.all([desk.settle(), undo(merged)])
  }
  await desk.settle()
  const [here, there] = await Promise.all([cardOf(one), cardOf(two)])
  expect(here.messageCount + there.messageCount).toBe(written)
  const open = await inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) => tx.ticketClaim.groupBy({ by: ['ticketId'], where: { endedAt: null }, _count: true }),
    { reads: true },
  )
  expect(open.filter(({ _count }) => _count > 1)).toEqual([])
})
