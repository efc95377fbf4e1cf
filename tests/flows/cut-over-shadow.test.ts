import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { tidyTickets } from '../../backend/features/drafts/index.ts'
import { backfill } from '../../backend/features/intake/backfill/reading.ts'
import { resumeNotices } from '../../backend/features/notices/resuming.ts'
import { switchShadow } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { schedule } from '../../backend/schedule.ts'
import { sendReply, startReplyDraft, writeSavedReply } from '../../shared/drafts.ts'
import { addRule } from '../../shared/rules.ts'
import { writeClosing } from '../../shared/sending.ts'
import { listSuspectedSpam, releaseSuspectedSpam } from '../../shared/spam.ts'
import { getTicket, noteTicket } from '../../shared/tickets.ts'
import { addWebhook } from '../../shared/webhooks.ts'
import { ordersOf } from '../support/action-orders.ts'
import { actionsAt, everything } from '../support/action-plans.ts'
import { mailAt, someone } from '../support/customer-mail.ts'
import { noticesOf } from '../support/notice-desk.ts'
import { pastAt } from '../support/past-mail.ts'
import { startPushService } from '../support/push-service.ts'
import { event, ruleOf } from '../support/rule-desk.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'
import { visitor } from '../support/visitor.ts'
import { startReceiver } from '../support/webhook-receiver.ts'

let desk: ShopDesk
let mail: ReturnType<typeof mailAt>
let notices: ReturnType<typeof noticesOf>
let actions: ReturnType<typeof actionsAt>
let shop: ReturnType<typeof ordersOf>
let pushes: Awaited<ReturnType<typeof startPushService>>
let hooks: Awaited<ReturnType<typeof startReceiver>>
let phone: ReturnType<typeof pushes.browser>
beforeAll(async () => {
  desk = await startShopDesk({ env: { WEBHOOKS_TO_PRIVATE: 'true' }, connect: ['fern.myshopify.com'] })
  mail = mailAt(desk)
  notices = noticesOf(desk)
  actions = actionsAt(desk)
  shop = ordersOf(desk.fern)
  pushes = await startPushService()
  hooks = await startReceiver()
  phone = pushes.browser()
  await notices.switchOn('nora', phone)
  await notices.choose('nora', { mention: 'both' }, { quiet: false })
  await desk
    .as('ada')
    .call(addWebhook, { body: { name: 'Hook', url: `${hooks.url}/hook`, events: ['ticket.created', 'ticket.noted'] } })
  const savedReplyId = crypto.randomUUID()
  await desk.as('ada').call(writeSavedReply, {
    params: { savedReplyId },
    body: { title: 'Got it', text: 'We have your mail.' },
  })
  await desk.as('ada').call(addRule, {
    body: ruleOf({
      name: 'Answer',
      when: event('ticket_created'),
      acts: [
        { do: 'reply', savedReplyId },
        { do: 'tell', whom: desk.staff.nora.id, text: 'Look' },
      ],
    }),
  })
  await desk.settle()
})
afterAll(async () => {
  await pushes.close()
  await hooks.close()
  await desk.stop()
})

const WRITING = /\.(send|insert|import|modify|batchModify|trash|untrash|delete|batchDelete|create|update|patch)$/

/** Everything that ever left the desk, by the ledgers of those to whom it went. */
function ledgers() {
  const { google, fern, staff } = desk
  const accounts = ['archive@fern.example', ...Object.values(staff).map(({ email }) => email)]
  const calls = accounts.flatMap((account) => Object.entries(google.quota.of(account).calls))
  const counts = fern.shop.ledger().counts
  return {
    gmail: calls.filter(([method]) => WRITING.test(method)).reduce((sum, [, count]) => sum + count, 0),
    customers: google.customers.list().reduce((sum, { email }) => sum + google.customers.inbox(email).length, 0),
    shopify: [
      'refund.made',
      'money.refunded',
      'gift-card.made',
      'hold.placed',
      'order.cancelled',
      'notice',
      'tag.added',
    ].reduce((sum, kind) => sum + (counts[kind] ?? 0), 0),
    webhooks: hooks.at('/hook').length,
    pushes: phone.requests().length,
  }
}

async function during(work: () => Promise<void>) {
  const before = ledgers()
  await work()
  const after = ledgers()
  return Object.fromEntries(
    Object.entries(after).map(([name, count]) => [name, count - before[name as keyof typeof before]]),
  )
}

type Refusals = string[]

/** What was refused is said; anything else that goes wrong is wrong. */
async function tried(refusals: Refusals, act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
  } catch (error) {
    const { code } = error as { code?: string }
    if (code !== 'in_shadow') throw error
    refusals.push(code)
  }
}

/** A day of a desk: mails, automatic answers, an answer, a draft, a note that names somebody, a combined action, and all that recurs. */
async function aDay(): Promise<Refusals> {
  const refusals: Refusals = []
  const card = await mail.cardOfNew({ from: someone(), text: 'Where is my parcel?' })
  const on = { params: { ticketId: card.id } }
  await tried(refusals, () => desk.as('nora').call(sendReply, { ...on, body: { text: 'On its way' } }))
  await tried(refusals, () => desk.as('nora').call(startReplyDraft, { ...on, body: { savedReplyId: null } }))
  await desk.as('vera').call(noteTicket, { ...on, body: { text: '@nora please look' } })
  await desk.settle()
  const order = shop.delivered(shop.buy())
  await tried(refusals, () => actions.begin(order, everything(order)))
  await actions.leave()
  for (let hour = 0; hour < 24; hour += 6) {
    await desk.travel('6 h')
    for (const { job } of schedule)
      if (job.scope === 'workspace')
        await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, job as never, {} as never))
    await desk.settle()
  }
  return refusals
}

const shadow = (on: boolean, mailboxId: string | null = null) =>
  switchShadow(desk.ctx, desk.workspaceId, { mailboxId, on }, systemOf(desk.workspaceId))

const NOTHING = { gmail: 0, customers: 0, shopify: 0, webhooks: 0, pushes: 0 }

test('a day without shadow mode reaches everybody, so that the ledgers are known to count', async () => {
  const left = await during(async () => expect(await aDay()).toEqual([]))
  for (const [, count] of Object.entries(left)) expect(count).toBeGreaterThan(0)
})

test('a whole day in shadow mode reaches nobody: what a person asks for is refused in words, what the desk does by itself is counted', async () => {
  await shadow(true)
  const before = desk.google.quota.of('archive@fern.example').total
  const left = await during(async () => expect(await aDay()).toEqual(['in_shadow', 'in_shadow', 'in_shadow']))
  expect(left).toEqual(NOTHING)
  expect(desk.google.quota.of('archive@fern.example').total).toBeGreaterThan(before) // it still reads
  const page = await visitor(desk, 'vera').open('/settings/mailboxes/shadow')
  expect(page.text).toContain('in shadow mode since')
  for (const words of ['automatic answers', 'notices to the team', 'calls of webhooks'])
    expect(page.text).toContain(words)
})

test('the card of a ticket and the pages say that nothing is written outside', async () => {
  const card = await mail.cardOfNew({ from: someone(), text: 'Hello' })
  expect(JSON.stringify((await desk.as('nora').call(getTicket, { params: { ticketId: card.id } })).sections)).toContain(
    'Shadow mode',
  )
  expect((await visitor(desk, 'nora').open('/desk')).text).toContain('Shadow mode')
})

test('what was kept back in shadow mode is not made up for when it ends', async () => {
  await shadow(false)
  const left = await during(async () => {
    for (let minute = 0; minute < 3; minute++) {
      await desk.travel('2 min')
      for (const { job } of schedule)
        if (job.scope === 'workspace')
          await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, job as never, {} as never))
      await desk.settle()
    }
  })
  expect(left).toEqual(NOTHING)
  expect(await during(async () => expect(await aDay()).toEqual([]))).not.toEqual(NOTHING)
})

test('shadow mode of one mailbox is for its tickets alone', async () => {
  await shadow(true, desk.mailbox.mailboxId)
  const left = await during(async () => {
    const card = await mail.cardOfNew({ from: someone(), text: 'Where is it?' })
    await expect(
      desk.as('nora').call(sendReply, { params: { ticketId: card.id }, body: { text: 'There' } }),
    ).rejects.toMatchObject({ code: 'in_shadow' })
    await desk.as('vera').call(noteTicket, { params: { ticketId: card.id }, body: { text: '@nora look' } })
    await desk.settle()
  })
  expect(left).toEqual(NOTHING)
  const other = await during(async () => {
    await notices.mention('nora') // a ticket of no mailbox
  })
  expect(other).toMatchObject({ webhooks: 2, pushes: 1 })
  await shadow(false, desk.mailbox.mailboxId)
})

const ARCHIVE = 'archive@fern.example'

/** A mail that Gmail takes for spam. */
async function suspect(subject: string) {
  const to = 'support@fern.example'
  const sent = await desk.google.customers.write({ from: someone(), to, subject, text: 'x', spam: true })
  await desk.settle()
  const { items } = await desk.as('nora').call(listSuspectedSpam, { query: {} })
  const suspectedId = items.find((item) => item.subject === subject)?.id ?? ''
  const gmailId = sent.copies.find(({ mailbox }) => mailbox === ARCHIVE)?.id
  return {
    messageId: sent.messageId,
    release: () => desk.as('nora').call(releaseSuspectedSpam, { params: { suspectedId }, body: {} }),
    labels: () => desk.google.users.mails(ARCHIVE).find(({ id }) => id === gmailId)?.labels,
  }
}

test('un-spamming in shadow mode of one mailbox makes the ticket and leaves Gmail alone; what was pressed before waits for its end', async () => {
  const before = await suspect('Pressed before')
  await before.release()
  await shadow(true, desk.mailbox.mailboxId)
  await desk.settle()
  const during = await suspect('Pressed meanwhile')
  await during.release()
  await desk.settle()
  for (const one of [before, during]) {
    expect(await mail.find(one.messageId)).toMatchObject({ status: 'new' })
    expect(one.labels()).toContain('SPAM')
  }
  await shadow(false, desk.mailbox.mailboxId)
  for (let hour = 0; hour < 4; hour++) {
    await desk.travel('1 h')
    await desk.settle()
  }
  expect(before.labels()).not.toContain('SPAM')
  expect(during.labels()).toContain('SPAM')
})

test('from a mailbox in shadow mode nothing is mailed, also no notice and no automatic answer of a ticket that is not its own', async () => {
  await notices.choose('nora', { mention: 'mail' }, { quiet: false })
  await shadow(true, desk.mailbox.mailboxId)
  const sends = () => desk.google.quota.of(ARCHIVE).calls['gmail.users.messages.send'] ?? 0
  const [sent, told] = [sends(), notices.mailed('nora').length]
  await notices.mention('nora') // a ticket of no mailbox
  expect(sends()).toBe(sent)
  await shadow(false, desk.mailbox.mailboxId)
  await desk.travel('2 h')
  await desk.settle()
  expect(sends()).toBe(sent) // it is not made up for
  expect(notices.mailed('nora')).toHaveLength(told)
  await notices.mention('nora')
  expect(sends()).toBeGreaterThan(sent)
  expect(notices.mailed('nora').length).toBeGreaterThan(told)
})

test('a notice that was on its way before the shadow of its mailbox began waits for the end, and is mailed once then', async () => {
  await notices.choose('nora', { mention: 'mail' }, { quiet: false })
  const told = notices.mailed('nora').length
  desk.google.faults.add({ method: 'gmail.users.messages.send', kind: '503', user: ARCHIVE, times: 100 })
  await notices.mention('nora') // a ticket of no mailbox
  desk.google.faults.clear()
  await shadow(true, desk.mailbox.mailboxId)
  const later = async () => {
    for (let hour = 0; hour < 4; hour++) {
      await desk.travel('1 h')
      await desk.settle()
    }
  }
  await later()
  expect(notices.mailed('nora')).toHaveLength(told)
  await shadow(false, desk.mailbox.mailboxId)
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, resumeNotices, {}))
  await later()
  const since = notices.mailed('nora').slice(told)
  expect(since.filter((subject) => subject.includes('mentions you'))).toHaveLength(1)
})

test('three months of earlier mail reach nobody, start no clock and get no owner, with every rule, webhook and notice on', async () => {
  const past = pastAt(desk)
  await past.stood(
    Array.from({ length: 40 }, (_, n) => ({
      id: `quiet${n}`,
      days: 10 + n * 2,
      who: `quiet${n % 25}@home.example`,
      text: 'About FF-1001',
      ...(n % 5 === 0 && { byTeam: true }),
    })),
  )
  const left = await during(async () => {
    await past.start(3)
    await past.goOn()
    await backfill(desk.ctx, desk.workspaceId, desk.mailbox.mailboxId)
    await desk.travel('2 h')
    await desk.settle()
  })
  expect(await past.run()).toMatchObject({ state: 'done', taken: 40 })
  expect(left).toEqual(NOTHING)
  const seen = await past.read(async (tx) => {
    const where = { workspaceId: tx.workspaceId, customer: { email: { startsWith: 'quiet' } } }
    const tickets = await tx.ticket.findMany({ where, select: { id: true, status: true, assigneeId: true } })
    const ids = tickets.map(({ id }) => id)
    return {
      tickets,
      clocks: await tx.slaClock.count({ where: { workspaceId: tx.workspaceId, ticketId: { in: ids } } }),
      runs: await tx.ruleRun.count({ where: { workspaceId: tx.workspaceId, ticketId: { in: ids } } }),
      live: await tx.event.count({ where: { workspaceId: tx.workspaceId, ticketId: { in: ids }, historical: false } }),
    }
  })
  expect(seen.tickets).toHaveLength(40)
  expect(seen.tickets.every(({ status, assigneeId }) => status === 'closed' && assigneeId === null)).toBe(true)
  expect(seen).toMatchObject({ clocks: 0, runs: 0, live: 0 })
})

const tidy = async () => {
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, tidyTickets, {}))
  await desk.settle()
}

const statusOf = async (ticketId: string) => (await desk.as('nora').call(getTicket, { params: { ticketId } })).status

test('a customer is not reminded in shadow mode and not as soon as it ends; what nobody is written about still closes', async () => {
  const from = someone()
  const card = await mail.cardOfNew({ from, text: 'The lid is broken' })
  const on = { params: { ticketId: card.id } }
  await desk.as('nora').call(sendReply, { ...on, body: { text: 'Which lid?' } })
  await desk.settle()
  expect(await statusOf(card.id)).toBe('pending')
  const closing = { closeSolved: null, remindPending: 2, closeReminded: 5, texts: {} }
  await desk.as('ada').call(writeClosing, { body: closing })
  const inbox = () => desk.google.customers.inbox(from).length
  const before = inbox()
  const kept = () =>
    inWorkspace(
      desk.ctx,
      desk.workspaceId,
      (tx) => tx.withheldAct.count({ where: { workspaceId: tx.workspaceId, kind: 'gmail.reminder' } }),
      { reads: true },
    )
  const keptBefore = await kept()
  await shadow(true, desk.mailbox.mailboxId)
  await desk.travel('3 days')
  await tidy()
  const keptOnce = await kept()
  expect(keptOnce).toBeGreaterThan(keptBefore)
  await tidy()
  expect(await kept()).toBe(keptOnce) // who was left out counts as quiet anew
  await desk.travel('7 days')
  await tidy()
  expect(await statusOf(card.id)).toBe('pending') // who was not reminded is not closed for being silent
  await shadow(false, desk.mailbox.mailboxId)
  await tidy()
  expect(inbox()).toBe(before)
  await desk.travel('3 days')
  await tidy()
  expect(inbox()).toBe(before + 1)
  await shadow(true, desk.mailbox.mailboxId)
  await desk.travel('6 days')
  await tidy()
  expect(await statusOf(card.id)).toBe('closed') // reminded before the shadow; closing writes to nobody
  expect(inbox()).toBe(before + 1)
  await shadow(false, desk.mailbox.mailboxId)
  await desk.as('ada').call(writeClosing, { body: { ...closing, remindPending: null, closeReminded: null } })
})
