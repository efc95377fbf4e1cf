import { afterAll, beforeAll, expect, test } from '@jest/globals'
import {
  ActionInput,
  approveAction,
  createCombinedAction,
  draftActionAnswer,
  startActionDraft,
} from '../../shared/combined-actions.ts'
import { createContactTicket } from '../../shared/contacts.ts'
import { sendReply, startReplyDraft, writeSavedReply } from '../../shared/drafts.ts'
import { createField, fillTicketFields } from '../../shared/fields.ts'
import { listPayouts, markPayoutPaid } from '../../shared/finance.ts'
import { eraseCustomer, getForgettingRun } from '../../shared/retention.ts'
import { addRule } from '../../shared/rules.ts'
import { makeTicketTask } from '../../shared/tasks.ts'
import { noteTicket } from '../../shared/tickets.ts'
import { ON_DELIVERY } from '../../workbench/emulators/shopify/world/paying.ts'
import { formsAt } from '../support/action-forms.ts'
import { ordersOf } from '../support/action-orders.ts'
import { actionsAt, firstLine } from '../support/action-plans.ts'
import { approvalsAt } from '../support/approvals.ts'
import { type Books, booksOf } from '../support/books.ts'
import { SUPPORT } from '../support/desk.ts'
import { rawMail } from '../support/raw-mail.ts'
import { FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'
import { addressOf } from '../support/shop-hands.ts'
import { dumpOf, type WholeDump } from '../support/whole-dump.ts'

const ADDRESS = 'philippa.haselnuss@home.example'
const NAME = 'Philippa Haselnuss'
const PHONE = '+44 20 7946 0991'
/** Words that stand nowhere else, by where somebody wrote them or what made them. */
const SECRETS = {
  street: 'Eichelhaeherweg',
  reason: 'kirschwassersee',
  cardMessage: 'himmelschluessel',
  payeeName: 'Haselnuss-Kontoinhaberin',
  account: 'GB33BUKB20201555555555',
  approval: 'siebenschlaefer',
  field: 'fingerhutfeld',
  task: 'silberdistelberg',
  note: 'wollgrasmoor',
  call: 'sternmoosgarten',
  reply: 'lerchensporntal',
  suggestion: 'bitterkleeteich',
  quarantined: 'eisvogelbucht',
  spam: 'schachtelhalmufer',
  returned: 'mauerpfefferhang',
} as const

let desk: ShopDesk
let books: Books
let before: WholeDump
let after: WholeDump
let booksBefore: Record<string, string>[]
let booksAfter: Record<string, string>[]
let rowsBefore: Awaited<ReturnType<typeof rowsOfTheirs>>
let run: Awaited<ReturnType<typeof erase>>

beforeAll(async () => {
  desk = await startShopDesk({ connect: [FERN] })
  books = booksOf(desk)
  await tellAll()
  await books.tick()
  before = await dumpOf(desk)
  booksBefore = await books.lines(desk.shopId(FERN))
  rowsBefore = await rowsOfTheirs()
  run = await erase()
  await books.tick()
  after = await dumpOf(desk)
  booksAfter = await books.lines(desk.shopId(FERN))
})
afterAll(() => desk.stop())

async function tellAll() {
  const [nora, ada, vera] = [desk.as('nora'), desk.as('ada'), desk.as('vera')]
  await answeredByItself()
  const ticketId = await madeRight()
  const params = { ticketId }
  await nora.call(noteTicket, { params, body: { text: `@sam look at ${SECRETS.note}, ${NAME} waits` } })
  const dueOn = desk.clock.now().toISOString().slice(0, 10)
  await nora.call(makeTicketTask, { params, body: { words: `Ask ${SECRETS.task}`, dueOn, assigneeId: null } })
  const field = await ada.call(createField, { body: { about: 'ticket', label: 'Where', kind: 'text' } })
  await nora.call(fillTicketFields, { params, body: { values: { [field.id]: SECRETS.field } } })
  const caller = { email: ADDRESS, phone: PHONE, name: NAME }
  const talk = { channel: 'call', minutes: 2, text: `They said ${SECRETS.call}`, subject: 'A call' } as const
  await vera.call(createContactTicket, { body: { ...talk, customer: caller } })
  await nora.call(startReplyDraft, { params, body: {} })
  await nora.call(sendReply, { params, body: { text: `Dear ${NAME}, ${SECRETS.reply}.` } })
  await desk.settle()
  await returned(desk.google.customers.inbox(ADDRESS).at(-1)?.messageId ?? '')
  await doubtful()
  desk.fern.buy({ email: null, phone: PHONE })
  await desk.settle()
}

/** A rule answers each new ticket; the brake lets none but the first through. */
async function answeredByItself() {
  const savedReplyId = '01890000-0000-7000-8000-00000000000a'
  await desk.as('vera').call(writeSavedReply, {
    params: { savedReplyId },
    body: { title: 'We have it', text: 'We have {ticket}.' },
  })
  const acts = [{ do: 'reply' as const, savedReplyId }]
  const when = { on: 'event' as const, event: 'ticket_created' as const }
  await desk.as('ada').call(addRule, { body: { name: 'Confirm', all: [], any: [], on: true, when, acts } })
}

/** An order paid in cash, on which everything was made right after a second person agreed; and a form that nobody sent. */
async function madeRight(): Promise<string> {
  const shop = ordersOf(desk.fern)
  const approvals = approvalsAt(desk)
  const forms = formsAt(desk)
  const buyer = desk.fern.customer({ firstName: 'Philippa', lastName: 'Haselnuss', email: ADDRESS, phone: PHONE })
  const home = { ...addressOf('Philippa', 'Haselnuss'), address1: `4 ${SECRETS.street}` }
  const basket = { customerId: buyer.id, email: ADDRESS, shippingAddress: home }
  const order = shop.delivered(shop.collected(shop.buy({ ...basket, paid: [ON_DELIVERY] })))
  const other = shop.delivered(shop.buy(basket))
  await approvals.strict()
  const { ticketId, orderId } = await forms.about(order, ADDRESS)
  const nora = desk.as('nora')
  const body = ActionInput.parse({
    reason: { code: 'spilled', text: SECRETS.reason },
    reship: {
      lines: [{ lineId: firstLine(order), quantity: 1 }],
      address: {
        firstName: 'Philippa',
        lastName: 'Haselnuss',
        address1: `4 ${SECRETS.street}`,
        city: 'London',
        zip: 'SE1 7PB',
        country: 'GB',
      },
      method: 'Standard',
    },
    refund: {
      what: 'amount',
      amount: { minor: 700, currency: 'GBP' },
      to: 'payout',
      payee: { name: SECRETS.payeeName, account: SECRETS.account },
    },
    giftCard: { amount: { minor: 500, currency: 'GBP' }, message: SECRETS.cardMessage },
  })
  const { id: actionId } = await nora.call(createCombinedAction, { params: { ticketId, orderId }, body })
  await desk.settle()
  await desk.as('ada').call(approveAction, { params: { actionId }, body: { word: `Fine, ${SECRETS.approval}` } })
  const actions = actionsAt(desk)
  await actions.leave()
  await actions.pass(1)
  expect((await actions.row(actionId)).state).toBe('done')
  await nora.call(draftActionAnswer, { params: { actionId }, body: {} })
  const open = await forms.about(other, ADDRESS)
  await nora.call(startActionDraft, {
    params: { ticketId: open.ticketId, orderId: open.orderId },
    body: { start: 'late' },
  })
  await desk.settle()
  return ticketId
}

/** The answer to them comes back: no such mailbox. */
async function returned(messageId: string) {
  const headers = {
    From: 'Mail Delivery System <MAILER-DAEMON@mx.out.example>',
    To: SUPPORT,
    'Message-ID': '<report1@mx.out.example>',
    Subject: 'Undelivered Mail Returned to Sender',
    'Content-Type': 'multipart/report; report-type=delivery-status; boundary=r',
    'Auto-Submitted': 'auto-replied',
  }
  const body = [
    '--r',
    'Content-Type: text/plain',
    '',
    `<${ADDRESS}>: host mx.out.example said: ${SECRETS.returned}`,
    '--r',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.out.example',
    '',
    `Final-Recipient: rfc822; ${ADDRESS}`,
    'Action: failed',
    'Status: 5.1.1',
    '--r',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${messageId}`,
    `To: ${ADDRESS}`,
    '--r--',
    '',
  ].join('\r\n')
  desk.google.deliver(rawMail(headers, body), { from: 'mailer-daemon@mx.out.example', to: [SUPPORT] })
  await desk.settle()
}

/** A mail under a known subject, one that no parser reads, and one that Gmail takes for spam. */
async function doubtful() {
  const from = { from: ADDRESS, name: NAME, to: SUPPORT }
  await desk.travel('2 h')
  for (const text of ['One', 'Two']) {
    await desk.google.customers.write({ ...from, subject: SECRETS.suggestion, text })
    await desk.settle()
  }
  const bomb = rawMail(
    {
      From: `${NAME} <${ADDRESS}>`,
      To: SUPPORT,
      Subject: `Bomb ${SECRETS.quarantined}`,
      'Message-ID': '<bomb1@home.example>',
      'Content-Type': 'multipart/mixed; boundary=b',
    },
    `${'--b\r\nContent-Type: text/plain\r\n\r\nx\r\n'.repeat(12_000)}--b--`,
  )
  desk.google.deliver(bomb, { from: ADDRESS, to: [SUPPORT] })
  await desk.google.customers.write({ ...from, subject: 'Win', text: `A ${SECRETS.spam}`, spam: true })
}

async function erase() {
  const customerId = await desk.read(
    async (tx) => (await tx.customer.findFirstOrThrow({ where: { email: ADDRESS } })).id,
  )
  const body = { reason: 'customer_asked', confirmation: ADDRESS } as const
  const asked = await desk.as('ada').call(eraseCustomer, { params: { customerId }, body })
  await desk.settle()
  return desk.as('ada').call(getForgettingRun, { params: { runId: asked.id } })
}

/** Rows that hold no words. */
const rowsOfTheirs = () =>
  desk.read(async (tx) => ({
    mentions: await tx.mention.count(),
    suggestions: await tx.ticketSuggestion.count(),
    orders: await tx.shopOrder.count(),
  }))

const NEEDLES = [ADDRESS, 'haselnuss', '79460991', '7946 0991', ...Object.values(SECRETS)]
/** Whom finance still has to pay: without, nobody could. */
const TO_PAY = 'desk.payout.payee, opened'

test('before the erasure each of their traces is found, and each kind of place held one', () => {
  expect(NEEDLES.filter((needle) => before.placesOf(needle).length === 0)).toEqual([])
  const places = NEEDLES.flatMap((needle) => before.placesOf(needle))
  const kinds = [
    'desk.action_approval.word, opened',
    'desk.action_draft.content, opened',
    'desk.automatic_mail.email_key',
    'desk.combined_action.content, opened',
    'desk.combined_action.email_key',
    'desk.compensation.email_key',
    'desk.delivery_failure.email_key',
    'desk.field_value.value, opened',
    'desk.journal_entry.request, opened',
    'desk.known_sender.key',
    'desk.order_key.key',
    'desk.payout.payee, opened',
    'desk.quarantined_mail.content, opened',
    'desk.search_document.lexemes',
    'desk.shop_customer.document, opened',
    'desk.shop_order.document, opened',
    'desk.shop_order.summary, opened',
    'desk.suspected_mail.content, opened',
    'desk.task.words, opened',
  ]
  expect(kinds.filter((kind) => !places.includes(kind))).toEqual([])
})

test('after it nothing is left in the database, among the objects and in the lake, but whom finance still has to pay', () => {
  expect(run).toMatchObject({ state: 'done', failed: 0, failures: [] })
  const left = NEEDLES.flatMap((needle) => after.placesOf(needle).map((place) => `${needle} in ${place}`))
  expect(left.filter((one) => !one.endsWith(` in ${TO_PAY}`))).toEqual([])
  expect(after.placesOf(SECRETS.account)).toEqual([TO_PAY])
})

test('suggestions are gone, and so is an order that only their number leads to', async () => {
  expect(rowsBefore).toEqual({ mentions: 1, suggestions: 1, orders: 4 })
  // The ticket that the books name stays as an empty row, and with it that Sam was called to it.
  expect(await rowsOfTheirs()).toEqual({ mentions: 1, suggestions: 0, orders: 0 })
})

test('the books say to the cent what they said before', () => {
  expect(booksBefore.length).toBeGreaterThanOrEqual(4)
  expect(booksAfter).toEqual(booksBefore)
})

test('once finance has paid, nobody knows to whom any more, and the books say that it was paid', async () => {
  const frank = desk.as('frank')
  const [open] = (await frank.call(listPayouts)).items
  expect(open).toMatchObject({ payee: { account: SECRETS.account }, amount: { minor: 700 } })
  await frank.call(markPayoutPaid, { params: { payoutId: open?.id ?? '' }, body: { reference: 'TX 9' } })
  await books.tick()
  const paid = await dumpOf(desk)
  expect(NEEDLES.flatMap((needle) => paid.placesOf(needle))).toEqual([])
  const lines = await books.lines(desk.shopId(FERN))
  expect(lines.filter(({ payout_state: state }) => state === 'paid')).toMatchObject([{ payout_reference: 'TX 9' }])
})
