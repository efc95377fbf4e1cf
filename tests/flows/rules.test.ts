import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { sweepRules } from '../../backend/features/rules/timing/sweeping.ts'
import { removeSavedReply, writeSavedReply } from '../../shared/drafts.ts'
import { snoozeTicket } from '../../shared/queues.ts'
import { listRules, moveRule, type RuleCondition } from '../../shared/rules.ts'
import { getSlaRules, type SlaRules, writeSlaRules } from '../../shared/sla.ts'
import { listTimeline, tagTicket } from '../../shared/tickets.ts'
import { setLanguage } from '../../shared/triage.ts'
import { noticesTo } from '../support/notice-mail.ts'
import { event, type RuleDesk, ruleDesk } from '../support/rule-desk.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'
import { slaDesk } from '../support/sla-desk.ts'

let shops: ShopDesk
let desk: RuleDesk
beforeAll(async () => {
  shops = await startShopDesk({ connect: ['fern.myshopify.com'] })
  desk = ruleDesk(slaDesk(shops))
})
afterAll(() => desk.stop())
beforeEach(() => desk.removeRules())

test('what a mail says decides what happens to it, and the ticket tells which rule it was', async () => {
  await desk.addRule({
    name: 'Broken first',
    when: event('ticket_created'),
    all: [{ about: 'message', is: 'has', words: ['arrived broken'] }],
    acts: [
      { do: 'priority', priority: 'urgent' },
      { do: 'tag', tags: ['Broken jar'] },
      { do: 'note', text: 'Ask for a picture.' },
    ],
  })
  const { id } = await desk.mail({ text: 'My jar ARRIVED  broken, sadly.' })
  const other = await desk.mail({ text: 'It arrived. Not broken at all.' })
  await desk.settle()
  expect(await desk.card(id)).toMatchObject({ priority: 'urgent', tags: ['broken-jar'] })
  expect((await desk.card(other.id)).priority).toBe('normal')
  expect((await desk.card(id)).messages[0]).toMatchObject({
    direction: 'note',
    author: { name: 'Rule «Broken first»' },
  })
  const { items } = await desk.as('nora').call(listTimeline, { params: { ticketId: id } })
  expect(items.map(({ actor, words }) => `${actor.name}: ${words}`)).toEqual(
    expect.arrayContaining([
      'Rule «Broken first»: By rule: priority set to urgent, tags added, note added',
      'Rule «Broken first»: Priority Normal to Urgent',
    ]),
  )
  expect(await desk.runs(id)).toMatchObject([
    {
      rule: { name: 'Broken first' },
      outcome: 'applied',
      words: ['priority set to urgent', 'tagged broken-jar', 'note added'],
    },
  ])
  expect(await desk.runs(other.id)).toEqual([])
})

test('rules are tried in their order, and each sees what the ones before it did', async () => {
  const hot: RuleCondition = { about: 'priority', is: 'one_of', values: ['urgent'] }
  const second = await desk.addRule({
    name: 'Tell hot',
    when: event('ticket_created'),
    all: [hot],
    acts: [{ do: 'tag', tags: ['hot'] }],
  })
  await desk.addRule({
    name: 'Make hot',
    when: event('ticket_created'),
    acts: [{ do: 'priority', priority: 'urgent' }],
  })
  const early = await desk.mail()
  await desk.settle()
  expect(await desk.card(early.id)).toMatchObject({ priority: 'urgent', tags: [] })
  await desk.as('ada').call(moveRule, { params: { ruleId: second.id }, body: { position: 2 } })
  expect((await desk.as('vera').call(listRules)).items.map(({ name, position }) => [position, name])).toEqual([
    [1, 'Make hot'],
    [2, 'Tell hot'],
  ])
  const late = await desk.mail()
  await desk.settle()
  expect(await desk.card(late.id)).toMatchObject({ priority: 'urgent', tags: ['hot'] })
})

test('what stays in a status for long is found once each time it gets there', async () => {
  const { id } = await desk.mail()
  await desk.move(id, 'pending')
  await desk.settle()
  await desk.addRule({
    name: 'Two days of silence',
    when: { on: 'in_status', status: 'pending', hours: 48, unit: 'hours' },
    acts: [{ do: 'note', text: 'No answer for two days.' }],
  })
  const left = await desk.mail()
  await desk.move(left.id, 'pending')
  await desk.travel('47 h')
  await desk.lookAround()
  expect(await desk.runs(id)).toEqual([])
  await desk.move(left.id, 'open')
  await desk.travel('2 h')
  await Promise.all([sweepRules(desk.ctx, desk.workspaceId), sweepRules(desk.ctx, desk.workspaceId)])
  await desk.lookAround()
  await desk.lookAround()
  expect(await desk.runs(id)).toHaveLength(1)
  expect(await desk.runs(left.id)).toEqual([])
  await desk.move(left.id, 'pending')
  await desk.travel('49 h')
  await desk.lookAround()
  expect(await desk.runs(left.id)).toHaveLength(1)
  expect(await desk.runs(id)).toHaveLength(1)
})

test('who waits too long is found, and who is answered in time is not', async () => {
  await desk.addRule({
    name: 'Half a day',
    when: { on: 'waiting', hours: 12, unit: 'hours' },
    acts: [{ do: 'priority', priority: 'high' }],
  })
  const waits = await desk.mail()
  const answered = await desk.mail()
  await desk.travel('11 h')
  await desk.lookAround()
  await desk.answer(answered)
  await desk.customerAnswers(waits, 'Hello?')
  await desk.travel('2 h')
  await desk.lookAround()
  expect((await desk.card(waits.id)).priority).toBe('high')
  expect((await desk.card(answered.id)).priority).toBe('normal')
})

test('before it is due a ticket is found once for each due time', async () => {
  await desk.addRule({
    name: 'Soon',
    when: { on: 'before_due', hours: 3, unit: 'hours' },
    acts: [{ do: 'note', text: 'Due soon.' }],
  })
  const { id } = await desk.mail()
  await desk.lookAround()
  expect(await desk.runs(id)).toEqual([])
  await desk.travel('22 h')
  await desk.lookAround()
  await desk.lookAround()
  expect(await desk.runs(id)).toHaveLength(1)
})

test('a customer gets one automatic answer of a ticket, and a machine none', async () => {
  const savedReplyId = '01890000-0000-7000-8000-00000000000a'
  await desk.as('vera').call(writeSavedReply, {
    params: { savedReplyId },
    body: { title: 'Thanks', text: 'Dear {first_name}, we have {ticket}.' },
  })
  await desk.addRule({ name: 'Confirm', when: event('customer_wrote'), acts: [{ do: 'reply', savedReplyId }] })
  const { id, from } = await desk.mail({ from: 'grace@grace.example' })
  await desk.settle()
  await desk.customerAnswers({ id, from }, 'Thank you, one more thing.')
  await desk.settle()
  const sent = (await desk.card(id)).messages.filter(({ direction }) => direction === 'out')
  expect(sent).toHaveLength(1)
  expect(sent[0]?.excerpt).toMatch(/^Dear Ada, we have TKT-/)
  expect((await desk.runs(id)).map(({ outcome, words }) => [outcome, words[0]])).toEqual([
    ['failed', 'answered with «Thanks»: not done. This ticket had its one automatic answer.'],
    ['applied', 'answered with «Thanks»'],
  ])
  expect(await desk.card(id)).toMatchObject({ status: 'new', firstResponse: null })
  const machine = await desk.mail({ automatic: true })
  await desk.addRule({ when: event('noted'), acts: [{ do: 'reply', savedReplyId }] })
  await desk.note(machine.id)
  expect((await desk.card(machine.id)).messages.filter(({ direction }) => direction === 'out')).toEqual([])
  expect((await desk.runs(machine.id))[0]?.words).toEqual([
    'answered with «Thanks»: not done. The newest mail is not from a person, so no automatic answer goes out.',
  ])
  await desk.as('vera').call(removeSavedReply, { params: { savedReplyId } })
  await desk.settle()
  const problem = 'Its saved reply is gone, or is not everybody’s. Choose another one.'
  expect((await desk.as('vera').call(listRules)).items).toMatchObject([
    { state: 'paused', problem },
    { state: 'paused', problem },
  ])
})

/** Rules that tag what they are about, when a note is added. */
const tagging = async (conditions: Record<string, RuleCondition>) => {
  for (const [tag, condition] of Object.entries(conditions))
    await desk.addRule({ when: event('noted'), all: [condition], acts: [{ do: 'tag', tags: [tag] }] })
}

const tagsOf = async (ticketId: string) => {
  await desk.note(ticketId)
  return (await desk.card(ticketId)).tags
}

test('a rule asks for the language of a ticket; a tag of the language goes before it', async () => {
  await tagging({
    german: { about: 'language', is: 'one_of', values: ['de', 'fr'] },
    other: { about: 'language', is: 'none_of', values: ['de', 'fr'] },
  })
  const { id } = await desk.mail()
  expect(await tagsOf(id)).toEqual(['other'])
  await desk.as('nora').call(setLanguage, { params: { ticketId: id }, body: { language: 'de' } })
  expect(await tagsOf(id)).toEqual(['other', 'german'])
  const told = await desk.mail()
  await desk.as('nora').call(setLanguage, { params: { ticketId: told.id }, body: { language: 'de' } })
  await desk.as('nora').call(tagTicket, { params: { ticketId: told.id }, body: { add: ['lang:es'] } })
  expect(await tagsOf(told.id)).toEqual(['lang:es', 'other'])
})

test('a rule asks whether a ticket is snoozed', async () => {
  await tagging({ asleep: { about: 'snoozed', is: true }, awake: { about: 'snoozed', is: false } })
  const { id } = await desk.mail()
  expect(await tagsOf(id)).toEqual(['awake'])
  const late = await desk.mail()
  await desk.as('nora').call(snoozeTicket, { params: { ticketId: late.id }, body: { until: 'tomorrow' } })
  expect(await tagsOf(late.id)).toEqual(['asleep'])
})

const writeSla = async (change: Partial<SlaRules>) =>
  desk.as('ada').call(writeSlaRules, { body: { ...(await desk.as('ada').call(getSlaRules)), ...change } })

test('a rule asks for the tier of a customer, as the settings of answering times say it', async () => {
  const never = { orders: null, spent: null, tag: null }
  await writeSla({ tiers: { plus: { ...never, orders: 1 }, vip: { ...never, tag: 'Friend' } } })
  for (const [email, tags] of [
    ['vip@home.example', ['friend']],
    ['plus@home.example', []],
  ] as const)
    shops.fern.buy({ customerId: shops.fern.customer({ email, tags: [...tags] }).id })
  await desk.settle()
  await tagging({
    dear: { about: 'tier', is: 'one_of', values: ['vip', 'plus'] },
    usual: { about: 'tier', is: 'none_of', values: ['vip'] },
  })
  const of = async (from: string) => tagsOf((await desk.mail({ from })).id)
  expect(await of('vip@home.example')).toEqual(['dear'])
  expect(await of('plus@home.example')).toEqual(['dear', 'usual'])
  expect(await of('stranger@home.example')).toEqual(['usual'])
})

test('a rule knows whether the desk is open, and counts only hours in which it is', async () => {
  const always = Array.from({ length: 7 }, () => [{ from: 0, to: 1_440 }])
  const day = (days: number) => new Date(desk.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10)
  const closed = { from: day(-1), to: day(2), name: 'Stocktaking', intervals: [] }
  const write = (specialDays: (typeof closed)[]) => writeSla({ hours: { timeZone: 'UTC', week: always, specialDays } })
  await tagging({ open: { about: 'open_now', is: true }, closed: { about: 'open_now', is: false } })
  await desk.addRule({
    when: { on: 'waiting', hours: 2, unit: 'business_hours' },
    acts: [{ do: 'priority', priority: 'urgent' }],
  })
  await write([])
  expect(await tagsOf((await desk.mail()).id)).toEqual(['open'])
  await write([closed])
  const { id } = await desk.mail()
  expect(await tagsOf(id)).toEqual(['closed'])
  await desk.travel('24 h')
  await desk.lookAround()
  expect((await desk.card(id)).priority).toBe('normal')
  await desk.travel('75 h')
  await desk.lookAround()
  expect((await desk.card(id)).priority).toBe('urgent')
})

test('conditions hold together, and what a rule does is done as a person would do it', async () => {
  await desk.addRule({
    name: 'All of it',
    when: event('noted'),
    all: [
      { about: 'subject', is: 'has', words: ['jar'] },
      { about: 'channel', is: 'one_of', values: ['mail'] },
      { about: 'no_category' },
      { about: 'owner', is: 'nobody' },
      { about: 'waited', hours: 2 },
    ],
    acts: [
      { do: 'category', category: 'billing' },
      { do: 'untag', tags: ['cold'] },
      { do: 'escalate', staffId: desk.staff.sam.id },
      { do: 'snooze', hours: 24 },
      { do: 'tell', whom: 'supervisors', text: 'Look at this one.' },
    ],
  })
  const { id } = await desk.mail()
  await desk.as('nora').call(tagTicket, { params: { ticketId: id }, body: { add: ['cold', 'old'] } })
  expect(await tagsOf(id)).toEqual(['cold', 'old'])
  await desk.travel('2 h')
  expect(await tagsOf(id)).toEqual(['old'])
  expect(await desk.card(id)).toMatchObject({ category: 'billing', assignee: { name: 'Sam' } })
  expect((await desk.runs(id))[0]?.words).toEqual([
    'category set to billing',
    'tag cold removed',
    'escalated to Sam',
    'snoozed for 24 hours',
    'mail to the supervisors',
  ])
  expect(noticesTo(desk, 'vera').map(({ text }) => text)).toContainEqual(expect.stringContaining('Look at this one.'))
  expect(noticesTo(desk, 'sam').map(({ text }) => text)).toContainEqual(expect.stringContaining('All of it'))
})

test('a rule takes spam out, and nothing else happens to it', async () => {
  const words: RuleCondition = { about: 'message', is: 'has', words: ['cheap watches'] }
  await desk.addRule({ when: event('ticket_created'), all: [words], acts: [{ do: 'spam' }] })
  await desk.addRule({ when: event('ticket_created'), acts: [{ do: 'tag', tags: ['seen'] }] })
  const { id } = await desk.mail({ text: 'Buy CHEAP watches now.' })
  await desk.settle()
  expect(await desk.card(id)).toMatchObject({ voidReason: 'spam', tags: [] })
})
