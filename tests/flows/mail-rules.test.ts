import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { fileIgnoredMail, listIgnoredMails } from '../../shared/ignored-senders.ts'
import {
  addContactForm,
  addMailRule,
  listContactForms,
  listMailRules,
  type MailOutcome,
  type MailRule,
  moveMailRule,
  removeContactForm,
  removeMailRule,
  tryMailRule,
  writeMailRule,
} from '../../shared/mail-rules.ts'
import { archiveOf } from '../support/archive.ts'
import { refusalOf } from '../support/caller.ts'
import { mailAt, someone } from '../support/customer-mail.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { rawMail } from '../support/raw-mail.ts'
import { visitor } from '../support/visitor.ts'

let desk: Desk
let mail: ReturnType<typeof mailAt>
let archive: ReturnType<typeof archiveOf>
beforeAll(async () => {
  desk = await startDesk()
  mail = mailAt(desk)
  archive = archiveOf(desk)
})
afterAll(() => desk.stop())

const ada = () => desk.as('ada')
const rules = () => ada().call(listMailRules)

let sent = 0

/** Delivers a mail with these headers to the support address. */
async function arrives(headers: Record<string, string>, body = 'text', to = SUPPORT) {
  const id = `<machine${++sent}@out.example>`
  const from = headers['From'] ?? someone()
  const delivered = desk.google.deliver(
    rawMail({ From: from, To: to, Subject: 'News', 'Message-ID': id, ...headers }, body),
    { from: from.replace(/^.*<|>$/g, ''), to: [to] },
  )
  await desk.settle()
  const gmailId = archive.idOf(await delivered)
  return { id, gmailId, ticket: await mail.find(id), ending: await archive.endingOf(gmailId) }
}

async function add(name: string, matches: Partial<MailRule['matches']>, outcome: MailOutcome = 'ignored') {
  const { version } = await rules()
  const none = { recipients: [], labels: [], senders: [], kinds: [], subjects: [] }
  const body = { name, active: true, mailboxId: null, outcome, matches: { ...none, ...matches }, version }
  const { items } = await ada().call(addMailRule, { body })
  const rule = items.at(-1)
  if (rule?.name !== name) throw new Error('The new rule does not stand at the end')
  return rule
}

async function remove({ id }: { id: string }) {
  await ada().call(removeMailRule, { params: { mailRuleId: id }, body: { version: (await rules()).version } })
}

const NEWSLETTER = {
  'List-Unsubscribe': '<https://news.example/u>',
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  Precedence: 'bulk',
}

test('a desk begins with rules that its admin sees, for newsletters, couriers and shops', async () => {
  const { items, version } = await rules()
  expect(version).toBe(0)
  expect(items.every(({ preset, active }) => preset && active)).toBe(true)
  expect(items.map(({ name, outcome }) => [name, outcome])).toEqual([
    ['Disputes and chargebacks', 'ticket'],
    ['Answers to invitations', 'ignored'],
    ['Courier notices', 'quiet'],
    ['Shop and payment notices', 'ignored'],
    ['Reports on mail that is not ours', 'quiet'],
    ['Automatic answers to nothing that is here', 'quiet'],
    ['Newsletters and lists', 'ignored'],
  ])
})

test('a newsletter makes no ticket, is listed with the rule that ignored it, and is made a ticket by one press', async () => {
  const news = await arrives({ From: 'Deals <deals@news.example>', Subject: 'Sale', ...NEWSLETTER })
  expect(news).toMatchObject({ ticket: null, ending: { outcome: 'ignored', reason: 'mail_rule' } })
  const { items } = await desk.as('vera').call(listIgnoredMails, { query: { limit: 10 } })
  expect(items[0]).toMatchObject({ sender: 'deals@news.example', subject: 'Sale', rule: 'Newsletters and lists' })
  expect((await rules()).items.at(-1)).toMatchObject({ name: 'Newsletters and lists', ignored: 1 })
  await desk.as('vera').call(fileIgnoredMail, { params: { mailId: items[0]?.id ?? '' }, body: {} })
  await desk.settle()
  expect(await mail.find(news.id)).toMatchObject({ subject: 'Sale', status: 'new' })
})

test('a shop notice is ignored, but what it says of a dispute is a ticket, because that rule stands above', async () => {
  const from = 'Shopify <no-reply@shopify.com>'
  expect((await arrives({ From: from, Subject: '[Fern] Order #1001 placed' })).ticket).toBeNull()
  expect((await arrives({ From: from, Subject: 'A chargeback was opened: act now' })).ticket).not.toBeNull()
  expect((await arrives({ From: 'Maya <maya@shopify.com>', Subject: 'About your plan' })).ticket).not.toBeNull()
})

test('a courier notice is a quiet ticket: given to nobody, and no rule answers it', async () => {
  const notice = await arrives({ From: 'DHL <noreply@dhl.com>', Subject: 'Parcel 1 could not be delivered' })
  expect(notice.ticket).toMatchObject({ status: 'new', assignee: null })
  const [created] = (await desk.events('ticket.created')).filter(({ ticketId }) => ticketId === notice.ticket?.id)
  expect(created?.payload).toMatchObject({ quiet: true })
  const [received] = (await desk.events('mail.received')).filter(({ ticketId }) => ticketId === notice.ticket?.id)
  expect(received?.payload).toMatchObject({ automatic: true })
  const person = await arrives({ From: 'DHL <claims.team@dhl.com>', Subject: 'Your claim' })
  const [asked] = (await desk.events('ticket.created')).filter(({ ticketId }) => ticketId === person.ticket?.id)
  expect(asked?.payload).not.toHaveProperty('quiet')
})

test('an answer to an invitation is ignored, and an invitation is a ticket', async () => {
  const calendar = (method: string) =>
    `BEGIN:VCALENDAR\r\nMETHOD:${method}\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Call\r\nDTSTART:20261201T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`
  const headers = (method: string) => ({
    'Content-Type': `text/calendar; method=${method}; charset=utf-8`,
    Subject: 'Accepted: Call',
  })
  expect((await arrives(headers('REPLY'), calendar('REPLY'))).ticket).toBeNull()
  expect((await arrives(headers('REQUEST'), calendar('REQUEST'))).ticket).not.toBeNull()
})

test('an answer to a ticket that lives is heard, whatever rules say', async () => {
  const from = 'Ida <ida@orders.example>'
  const first = await arrives({ From: from, Subject: 'Where is it?' })
  const rule = await add('Orders', { senders: ['orders.example'] })
  expect((await arrives({ From: from, Subject: 'Another' })).ticket).toBeNull()
  const answer = await arrives({ From: from, Subject: 'Re: Where is it?', 'In-Reply-To': first.id })
  expect(answer.ticket?.id).toBe(first.ticket?.id)
  await remove(rule)
  expect((await arrives({ From: from, Subject: 'A third' })).ticket).not.toBeNull()
})

test.each([
  ['an address without a tag means it with any', ['jobs@fern.example'], 'jobs+berlin@fern.example', true],
  ['an address with a tag means that tag', ['support+jobs@fern.example'], SUPPORT, false],
  ['a tag alone is one of any address', ['+jobs'], 'support+jobs@fern.example', true],
  ['another recipient is another matter', ['jobs@fern.example'], SUPPORT, false],
])('recipients: %s', async (_what, recipients, to, fits) => {
  const rule = await add('Jobs', { recipients })
  const application = await arrives({ To: to, Subject: 'I apply' })
  await remove(rule)
  expect(application.ticket === null).toBe(fits)
})

test.each([
  ['a domain means all below it', ['ads.example'], 'x@mail.ads.example', 'x', true],
  ['and not another that ends alike', ['ads.example'], 'x@bigads.example', 'x', false],
  ['an address is that one', ['x@ads.example'], 'X@ADS.example', 'x', true],
])('senders: %s', async (_what, senders, from, subject, fits) => {
  const rule = await add('Ads', { senders })
  const ad = await arrives({ From: from, Subject: subject })
  await remove(rule)
  expect(ad.ticket === null).toBe(fits)
})

test('words of the subject are whole words, and two lists have both to fit', async () => {
  const rule = await add('Cases', { subjects: ['case'], senders: ['bank.example'] })
  expect((await arrives({ From: 'a@bank.example', Subject: 'Showcase' })).ticket).not.toBeNull()
  expect((await arrives({ From: 'a@other.example', Subject: 'Your CASE: 7' })).ticket).not.toBeNull()
  expect((await arrives({ From: 'a@bank.example', Subject: 'Your CASE: 7' })).ticket).toBeNull()
  await remove(rule)
})

test('rules are switched off, moved and edited, each change with what it was before; nobody overwrites unseen', async () => {
  const before = await rules()
  const newsletters = before.items.find(({ name }) => name === 'Newsletters and lists')
  if (!newsletters) throw new Error('No rule for newsletters')
  const { id, position: _p, preset: _q, ignored: _i, ...definition } = newsletters
  const write = (version: number, active: boolean) =>
    ada().call(writeMailRule, { params: { mailRuleId: id }, body: { ...definition, active, version } })
  await write(before.version, false)
  expect((await arrives({ From: 'deals@news.example', ...NEWSLETTER })).ticket).not.toBeNull()
  expect((await refusalOf(write(before.version, true))).code).toBe('stale_version')
  const { version } = await rules()
  const moved = await ada().call(moveMailRule, { params: { mailRuleId: id }, body: { position: 1, version } })
  expect(moved.items[0]).toMatchObject({ name: 'Newsletters and lists', active: false, position: 1 })
  const changes = await visitor(desk, 'ada').open('/settings/changes')
  expect(changes.text).toContain('Which mail becomes a ticket')
  await ada().call(moveMailRule, {
    params: { mailRuleId: id },
    body: { position: moved.items.length, version: moved.version },
  })
  await write((await rules()).version, true)
})

test('a rule that asks for nothing, or for what is no address, is refused in words', async () => {
  const { version } = await rules()
  const none = { recipients: [], labels: [], senders: [], kinds: [], subjects: [] }
  const tried = (matches: object) =>
    refusalOf(
      ada().call(addMailRule, {
        body: {
          name: 'X',
          active: true,
          mailboxId: null,
          outcome: 'ignored',
          matches: { ...none, ...matches },
          version,
        },
      }),
    )
  expect((await tried({})).message).toContain('Say which mail it is about')
  expect((await tried({ senders: ['not an address'] })).message).toContain('neither an address')
  expect((await tried({ recipients: ['nobody'] })).message).toContain('is no recipient')
  expect((await tried({ subjects: ['!!'] })).message).toContain('has no word')
  const agent = desk.as('nora').call(addMailRule, {
    body: {
      name: 'X',
      active: true,
      mailboxId: null,
      outcome: 'ignored',
      matches: { ...none, senders: ['x.example'] },
      version,
    },
  })
  expect((await refusalOf(agent)).code).toBe('forbidden')
})

test('a trial says what a rule would have done with the last mails, and changes nothing', async () => {
  await arrives({ From: 'one@trial.example', Subject: 'First' })
  const second = await arrives({ From: 'two@trial.example', Subject: 'Second' })
  const before = await rules()
  const trial = await desk.as('vera').call(tryMailRule, {
    body: {
      name: 'T',
      active: true,
      mailboxId: null,
      outcome: 'ignored',
      matches: { recipients: [], labels: [], senders: ['trial.example'], kinds: [], subjects: [] },
    },
  })
  expect(trial.items.map(({ sender, subject, was, would }) => [sender, subject, was, would])).toEqual([
    ['two@trial.example', 'Second', 'ticket', 'ignored'],
    ['one@trial.example', 'First', 'ticket', 'ignored'],
  ])
  expect(trial.looked).toBeGreaterThan(10)
  expect(trial.answers).toBeGreaterThan(0)
  expect(await rules()).toEqual(before)
  expect((await mail.find(second.id))?.status).toBe('new')
})

test('a label means the mail it is on, also one that is put on after the mail was ignored', async () => {
  const gmail = await (await import('../../backend/features/intake/index.ts')).openMailbox(
    desk.ctx,
    desk.workspaceId,
    (await archive.mailbox()).id,
  )
  const label = await gmail.createLabel('For the desk')
  const wanted = await add('Wanted all the same', { labels: ['for the desk'] }, 'ticket')
  const { version } = await rules()
  await ada().call(moveMailRule, { params: { mailRuleId: wanted.id }, body: { position: 1, version } })
  await desk.settle()
  const news = await arrives({ From: 'deals@news.example', Subject: 'Later', ...NEWSLETTER })
  expect(news.ticket).toBeNull()
  await gmail.modify(news.gmailId, { add: [label.id], remove: [] })
  await archive.poll()
  expect(await mail.find(news.id)).toMatchObject({ subject: 'Later', status: 'new' })
  const other = await arrives({ From: 'deals@news.example', Subject: 'Other', ...NEWSLETTER })
  const made = await gmail.createLabel('Something else')
  await gmail.modify(other.gmailId, { add: [made.id], remove: [] })
  await archive.poll()
  expect(await archive.endingOf(other.gmailId)).toMatchObject({ outcome: 'ignored', reason: 'mail_rule' })
  await remove(wanted)
})

test('mail of a listed contact form is of whoever is in Reply-To; of any other sender it is its own', async () => {
  const form = { From: 'Web form <forms@web.example>', 'Reply-To': 'Ada <ada.l@home.example>', Subject: 'Contact form' }
  expect((await arrives(form)).ticket?.customer.name).toBe('Web form')
  await ada().call(addContactForm, { body: { sender: 'forms@web.example' } })
  const [first, second] = [await arrives(form), await arrives({ ...form, 'Reply-To': 'Bo <bo@home.example>' })]
  expect(first.ticket?.customer.name).toBe('Ada')
  expect(second.ticket?.customer.name).toBe('Bo')
  expect(second.ticket?.id).not.toBe(first.ticket?.id)
  expect((await ada().call(listContactForms)).items).toMatchObject([{ sender: 'forms@web.example', by: 'Ada' }])
  expect((await refusalOf(ada().call(addContactForm, { body: { sender: 'gmail.com' } }))).message).toContain(
    'mail provider',
  )
  const forged = await arrives({ ...form, 'Reply-To': 'Nora <nora@fern.example>' })
  expect(forged.ticket?.tags).toEqual(['unverified-sender'])
  expect(await ada().call(removeContactForm, { body: { sender: 'forms@web.example' } })).toEqual({ removed: true })
})

test('the pages show the rules in words, try one, save it, and keep what was typed wrong', async () => {
  const page = visitor(desk, 'ada')
  const rulesPage = await page.open('/settings/mail-rules')
  expect(rulesPage.text).toContain('Courier notices')
  expect(rulesPage.text).toContain('a ticket without automatic answer and notice')
  const version = String((await rules()).version)
  const typed = { version, name: 'Trial', active: 'on', senders: 'trial.example', outcome: 'ignored', mailbox: '' }
  const tried = await page.send('/settings/mail-rules/new', { ...typed, do: 'try' })
  expect(tried.text).toContain('this rule would have decided 2')
  const wrong = await page.send('/settings/mail-rules/new', { ...typed, senders: 'not an address', do: 'save' })
  expect(wrong.text).toContain('neither an address')
  expect(wrong.text).toContain('not an address')
  expect((await page.send('/settings/mail-rules/new', { ...typed, do: 'save' })).path).toBe(
    '/settings/mail-rules?saved=1',
  )
  expect((await arrives({ From: 'three@trial.example' })).ticket).toBeNull()
})
