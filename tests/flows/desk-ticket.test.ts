import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { assignTicket, listMessages, moveTicket, noteTicket, tagTicket } from '../../shared/tickets.ts'
import { someone } from '../support/customer-mail.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { type TicketPages, ticketPages } from '../support/ticket-pages.ts'
import { until } from '../support/until.ts'

let desk: Desk
let mail: TicketPages['mail']
let readers: TicketPages['readers']
let ticketOf: TicketPages['ticketOf']
let opened: TicketPages['opened']
beforeAll(async () => {
  desk = await startDesk()
  ;({ mail, readers, ticketOf, opened } = ticketPages(desk))
})
afterAll(() => desk.stop())

test('the page of a ticket shows what its card in the panel shows, with the whole mail', async () => {
  const { number, from } = await opened(`First line.\n\nSecond line.\n${'Very long. '.repeat(60)}The end of it.`)
  const page = readers.nora.page()
  expect(page.status).toBe(200)
  expect(page.text).toContain('First line.\n\nSecond line.')
  const words = readers.nora.words()
  expect(words).toContain(`${number} · New`)
  expect(words).toContain('About my order')
  expect(words).toContain(from)
  expect(words).toContain('Assignee Nobody')
  expect(words).toContain('The end of it.')
})

test('the page and the card show what is new in a mail, and all that it quotes is one press away', async () => {
  const quoted = 'On Mon, 2 Nov 2026 at 10:00, Shop <shop@fern.example> wrote:\n> The jars are on their way.'
  const { id, path } = await opened(`Two of them were broken.\n\n${quoted}`)
  const short = readers.nora.words()
  expect(short).toContain('Two of them were broken.')
  expect(short).not.toContain('on their way')
  const whole = /href="([^"]+)">With what it quotes</.exec(readers.nora.page().text)?.[1] ?? ''
  expect(whole).toContain(path)
  await readers.nora.open(whole.split('#')[0]?.replaceAll('&amp;', '&') ?? '')
  expect(readers.nora.words()).toContain('> The jars are on their way.')
  expect((await ticketOf(id)).messages[0]?.excerpt).toBe('Two of them were broken.')
  const { items } = await desk.as('vera').call(listMessages, { params: { ticketId: id } })
  expect(items[0]?.text).toContain('> The jars are on their way.')
})

test('what a customer writes is text, whatever it looks like, also in the subject and in a name of theirs', async () => {
  const { id } = await mail.cardOfNew({
    from: someone(),
    subject: '<img src=x onerror=alert(1)>',
    text: '<script>alert(1)</script> & "quotes" {{2026-11-20T14:05:00.000Z}}',
  })
  const { text } = await readers.nora.open(`/desk/tickets/${id}`)
  expect(readers.nora.words()).toContain('<script>alert(1)</script> & "quotes" {{2026-11-20T14:05:00.000Z}}')
  expect(text).not.toContain('<script>alert')
  expect(text).not.toContain('<img')
})

test('a time that is none, in braces as cards write times, stays what the customer wrote: on the ticket, in lists, in a search', async () => {
  const none = '{{2026-99-99T99:99:99.999Z}}'
  const from = `"Ada ${none}" <${someone()}>`
  const { id, number } = await mail.cardOfNew({ from, subject: `Jar ${none}`, text: none })
  for (const path of [`/desk/tickets/${id}`, '/desk/queues/unassigned', `/desk/search?q=${number}`]) {
    expect({ path, status: (await readers.nora.open(path)).status }).toEqual({ path, status: 200 })
    expect(readers.nora.words()).toContain(`Ada ${none}`)
  }
})

test('take, and the page says so; a second press of the same button does nothing more', async () => {
  const { id, number, path } = await opened()
  const { path: to, fields } = readers.nora.sending('Take')
  const answers = await Promise.all([readers.nora.browser.post(to, fields), readers.nora.browser.post(to, fields)])
  for (const { status, path: at, text } of answers) {
    expect([status, at.startsWith(`${path}?said=`)]).toEqual([200, true])
    expect(text).toContain(`${number} is yours`)
  }
  expect((await ticketOf(id)).assignee?.name).toBe('Nora')
  expect((await desk.events('ticket.assigned')).filter(({ ticketId }) => ticketId === id)).toHaveLength(1)
})

test('another press from a page that was used up does nothing, and says so in plain words', async () => {
  const { id } = await opened()
  const note = readers.nora.sending('Add note', { note: 'Once.' })
  const spam = readers.nora.sending('Spam')
  await readers.nora.browser.post(note.path, note.fields)
  const refused = await readers.nora.browser.post(spam.path, spam.fields)
  expect(refused.status).toBe(409)
  expect(refused.text).toContain('Something was already saved from that page.')
  expect(refused.text).toContain('Internal note added')
  expect((await ticketOf(id)).voidReason).toBeNull()
})

test('what an address says was said is believed only when it is from us, and by whom it was said to', async () => {
  const { path, number } = await opened()
  const forged = await readers.nora.open(`${path}?said=Call+this+number&sign=abc`)
  expect(forged.text).not.toContain('Call this number')
  const { path: told } = await readers.nora.press('Take')
  for (const [name, isTold] of [
    ['nora', true],
    ['sam', false],
  ] as const) {
    await readers[name].open(told)
    expect({ name, isTold: readers[name].words().includes(`${number} is yours`) }).toEqual({ name, isTold })
  }
})

test('status, priority and category are set one by one', async () => {
  const { id } = await opened()
  await readers.nora.press('Set Priority', { priority: 'urgent' })
  expect(readers.nora.words()).toContain('Priority set')
  await readers.nora.press('Set Category', { category: 'billing' })
  await readers.nora.press('Set Status', { status: 'pending' })
  expect(await ticketOf(id)).toMatchObject({ priority: 'urgent', category: 'billing', status: 'pending' })
})

test('several drop-downs that were changed are done with the button beside them', async () => {
  const { id } = await opened()
  await readers.nora.press('Save tags', { status: 'on_hold', priority: 'high', tags: 'vip, glass' })
  expect(await ticketOf(id)).toMatchObject({ status: 'on_hold', priority: 'high', tags: ['vip', 'glass'] })
})

test('a colleague was faster: the page says what they did, shows the newest, and keeps what was typed', async () => {
  const { id } = await opened()
  const { version } = await ticketOf(id)
  await desk.as('sam').call(assignTicket, {
    params: { ticketId: id },
    body: { assigneeId: desk.staff.sam.id, version },
  })
  await desk.as('sam').call(noteTicket, { params: { ticketId: id }, body: { text: 'I call her.' } })
  const refused = await readers.nora.press('Take', { note: 'Not sent yet' })
  expect(refused.status).toBe(409)
  const words = readers.nora.words()
  expect(words).toContain('Sam has it now')
  expect(words).toMatch(/What changed meanwhile.*Internal note added Sam.*Given to Sam Sam/)
  expect(words).toContain('I call her.')
  expect(readers.nora.field('note')).toBe('Not sent yet')
  await readers.nora.press('Take')
  expect((await ticketOf(id)).assignee?.name).toBe('Nora')
})

test('a status that somebody else set first is not set back by a page that is old', async () => {
  const { id } = await opened()
  const { version } = await ticketOf(id)
  await desk.as('sam').call(moveTicket, { params: { ticketId: id }, body: { status: 'solved', version } })
  const refused = await readers.nora.press('Set Status', { status: 'pending' })
  expect(refused.status).toBe(409)
  expect(readers.nora.words()).toContain('New to Solved Sam')
  expect(readers.nora.field('status')).toBe('solved')
  expect((await ticketOf(id)).status).toBe('solved')
})

test('a page that is opened while its ticket changes shows one moment of it: nobody is refused for what they were shown', async () => {
  const { id } = await opened()
  const owner = await ownerOf(desk.database)
  try {
    await owner.query('begin')
    await owner.query('lock table desk.message in access exclusive mode')
    const page = readers.nora.open(`/desk/tickets/${id}`) // of four statements two wait
    await until('both to wait', async () => {
      const { rowCount } = await owner.query(
        `select from pg_locks where not granted and relation = 'desk.message'::regclass`,
      )
      return (rowCount ?? 0) >= 2
    })
    await owner.query(`update desk.ticket set status = 'pending', version = version + 1 where id = $1`, [id])
    await owner.query('commit')
    await page
  } finally {
    await owner.end()
  }
  expect(readers.nora.words()).not.toContain('This ticket has changed since you opened it.')
  expect(readers.nora.words()).toContain('Pending · nobody has it')
  expect((await readers.nora.press('Set Priority', { priority: 'low' })).status).toBe(200)
})

test('tags that a colleague added meanwhile stay', async () => {
  const { id } = await opened()
  await desk.as('sam').call(tagTicket, { params: { ticketId: id }, body: { add: ['late'] } })
  await readers.nora.press('Take', { tags: 'glass' })
  expect(readers.nora.field('tags')).toBe('late, glass')
  await readers.nora.press('Save tags')
  expect((await ticketOf(id)).tags.sort()).toEqual(['glass', 'late'])
})

test('spam, and back again', async () => {
  const { id } = await opened()
  await readers.nora.press('Spam')
  expect(readers.nora.words()).toContain('Void: Spam.')
  expect((await ticketOf(id)).voidReason).toBe('spam')
  await readers.nora.press('Bring back')
  expect((await ticketOf(id)).voidReason).toBeNull()
})

test('snoozed by a choice, or until a day of the calendar', async () => {
  await opened()
  await readers.nora.press('Set Snooze', { until: 'tomorrow' })
  expect(readers.nora.words()).toContain('Snoozed until')
  await readers.nora.press('Wake it up')
  await readers.nora.press('Snooze or remind')
  const day = new Date(desk.clock.now().getTime() + 3 * 86_400_000).toISOString().slice(0, 10)
  const empty = await readers.nora.press('Snooze', { 'snooze.day': '' })
  expect(empty.text).toContain('Choose a day.')
  await readers.nora.press('Snooze', { 'snooze.day': day, 'snooze.hour': '10' })
  expect(readers.nora.words()).toContain('Snoozed')
  await readers.nora.follow('Back to the ticket')
  expect(readers.nora.words()).toContain('Snoozed until')
})

test('who may only look sees the ticket and presses nothing; a press made by hand is refused as the API would', async () => {
  const { path } = await opened()
  const { path: to, fields } = readers.nora.sending('Take')
  await readers.rhea.open(path)
  expect(readers.rhea.words()).toContain('Your role may look at tickets, not work on them.')
  expect(readers.rhea.words()).toContain('The jar was broken.')
  const form = new URLSearchParams(fields)
  form.set('form', readers.rhea.field('form') ?? '')
  const refused = await readers.rhea.browser.post(to, form)
  expect(refused.status).toBe(403)
  expect(refused.text).toContain('Your role (read-only) may not do this.')
})

test('a form that was not made for this person does nothing', async () => {
  const { id } = await opened()
  const { path, fields } = readers.nora.sending('Take')
  await readers.sam.open('/')
  expect((await readers.sam.browser.post(path, fields)).status).toBe(403)
  expect((await ticketOf(id)).assignee).toBeNull()
})

test('a ticket that is not there, and one of nobody, is not found', async () => {
  expect((await readers.nora.open('/desk/tickets/01890000-0000-7000-8000-000000000000')).status).toBe(404)
  expect((await readers.nora.open('/desk/tickets/42')).status).not.toBe(200)
})

test('of a long conversation the newest twenty are on the page, and all of it behind two links', async () => {
  const { id, path } = await opened('The first mail of all.')
  for (let more = 1; more <= 21; more++)
    await desk
      .as('sam')
      .call(noteTicket, { params: { ticketId: id }, body: { text: `Note number ${more}. ${'x'.repeat(700)}` } })
  await readers.nora.open(path)
  expect(readers.nora.words()).toContain('Note number 21.')
  expect(readers.nora.words()).toContain('Note number 2.')
  expect(readers.nora.words()).not.toContain('The first mail of all.')
  await readers.nora.follow('Older messages')
  expect(readers.nora.words()).toContain('The first mail of all.')
  await readers.nora.open(path)
  expect((await readers.nora.follow('All of it')).text).toContain('x'.repeat(700))
})
