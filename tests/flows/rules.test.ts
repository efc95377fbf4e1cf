import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { tryRules } from '../../backend/features/rules/acting/trying.ts'
import { ruleSchedule } from '../../backend/features/rules/index.ts'
import { sweepRules } from '../../backend/features/rules/timing/sweeping.ts'
import { deactivateStaff, inviteStaff } from '../../backend/features/settings/index.ts'
import { makeVoidIn } from '../../backend/features/tickets/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace, type Tx } from '../../backend/platform/tenancy.ts'
import { removeSavedReply, writeSavedReply } from '../../shared/drafts.ts'
import {
  addRule,
  listRuleRuns,
  listRules,
  moveRule,
  type Rule,
  type RuleAct,
  type RuleCondition,
  type RuleEvent,
  type RuleInput,
  removeRule,
  writeRule,
} from '../../shared/rules.ts'
import { getTicket, listTimeline, moveTicket, noteTicket, type TicketStatus, tagTicket } from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { startDesk } from '../support/desk.ts'
import { type SlaDesk, slaDesk } from '../support/sla-desk.ts'

let desk: SlaDesk
beforeAll(async () => {
  desk = slaDesk(await startDesk())
})
afterAll(() => desk.stop())

const event = (name: RuleEvent): RuleInput['when'] => ({ on: 'event', event: name })

const rule = (wish: Partial<RuleInput> & Pick<RuleInput, 'when' | 'acts'>): RuleInput => ({
  name: 'A rule',
  all: [],
  any: [],
  on: true,
  ...wish,
})

const add = (wish: Parameters<typeof rule>[0]): Promise<Rule> => desk.as('ada').call(addRule, { body: rule(wish) })
const removeAll = async () => {
  for (const { id } of (await desk.as('ada').call(listRules)).items)
    await desk.as('ada').call(removeRule, { params: { ruleId: id } })
}
const move = async (ticketId: string, status: TicketStatus) =>
  desk.as('nora').call(moveTicket, { params: { ticketId }, body: { status, version: (await card(ticketId)).version } })
/** Five minutes have passed: rules that wait for time look around. */
async function tick() {
  const [{ job } = { job: { name: '', maxAttempts: 1 } }] = ruleSchedule
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, job, {}))
  await desk.settle()
}
const within = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(desk.ctx, desk.workspaceId, work)
const card = (ticketId: string) => desk.as('nora').call(getTicket, { params: { ticketId } })
const runs = async (ticketId: string) =>
  (await desk.as('vera').call(listRuleRuns, { query: { limit: 100 } })).items.filter(
    ({ ticket }) => ticket.id === ticketId,
  )

beforeEach(removeAll)

test('what a mail says decides what happens to it, and the ticket tells which rule it was', async () => {
  await add({
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
  expect(await card(id)).toMatchObject({ priority: 'urgent', tags: ['broken-jar'] })
  expect((await card(other.id)).priority).toBe('normal')
  expect((await card(id)).messages[0]).toMatchObject({ direction: 'note', author: { name: 'Rule «Broken first»' } })
  const { items } = await desk.as('nora').call(listTimeline, { params: { ticketId: id } })
  expect(items.map(({ actor, words }) => `${actor.name}: ${words}`)).toEqual(
    expect.arrayContaining([
      'Rule «Broken first»: By rule: priority set to urgent, tags added, note added',
      'Rule «Broken first»: Priority Normal to Urgent',
    ]),
  )
  expect(await runs(id)).toMatchObject([
    {
      rule: { name: 'Broken first' },
      outcome: 'applied',
      words: ['priority set to urgent', 'tagged broken-jar', 'note added'],
    },
  ])
  expect(await runs(other.id)).toEqual([])
})

test('rules are tried in their order, and each sees what the ones before it did', async () => {
  const hot: RuleCondition = { about: 'priority', is: 'one_of', values: ['urgent'] }
  const second = await add({
    name: 'Tell hot',
    when: event('ticket_created'),
    all: [hot],
    acts: [{ do: 'tag', tags: ['hot'] }],
  })
  await add({ name: 'Make hot', when: event('ticket_created'), acts: [{ do: 'priority', priority: 'urgent' }] })
  const early = await desk.mail()
  await desk.settle()
  expect(await card(early.id)).toMatchObject({ priority: 'urgent', tags: [] })
  await desk.as('ada').call(moveRule, { params: { ruleId: second.id }, body: { position: 2 } })
  expect((await desk.as('vera').call(listRules)).items.map(({ name, position }) => [position, name])).toEqual([
    [1, 'Make hot'],
    [2, 'Tell hot'],
  ])
  const late = await desk.mail()
  await desk.settle()
  expect(await card(late.id)).toMatchObject({ priority: 'urgent', tags: ['hot'] })
})

test('rules that set each other off are warned about, run once each, and what was stopped is told', async () => {
  const on = (tag: string): RuleCondition[] => [{ about: 'tags', is: 'one_of', values: [tag] }]
  await add({
    name: 'Ping',
    when: event('tagged'),
    any: [...on('start'), ...on('pong')],
    acts: [
      { do: 'tag', tags: ['ping'] },
      { do: 'untag', tags: ['pong'] },
    ],
  })
  const pong = await add({
    name: 'Pong',
    when: event('tagged'),
    all: [...on('ping')],
    acts: [
      { do: 'tag', tags: ['pong'] },
      { do: 'untag', tags: ['ping'] },
    ],
  })
  expect(pong.warnings).toEqual([
    '«Pong» and «Ping» can set each other off. Each runs once then, and the rest is stopped; conditions can keep them apart.',
  ])
  const { id } = await desk.mail()
  await desk.settle()
  await desk.as('nora').call(tagTicket, { params: { ticketId: id }, body: { add: ['start'], remove: [] } })
  await desk.settle()
  const done = await runs(id)
  expect(
    done
      .filter(({ outcome }) => outcome === 'applied')
      .map(({ rule: { name } }) => name)
      .sort(),
  ).toEqual(['Ping', 'Pong'])
  const stopped = done.filter(({ outcome }) => outcome === 'stopped')
  expect(stopped.map(({ rule: { name } }) => name)).toContain('Ping')
  for (const { words } of stopped) expect(words[0]).toMatch(/^Stopped: rules set each other off in a circle/)
})

test('a long chain of rules ends after five', async () => {
  for (const n of [6, 5, 4, 3, 2, 1, 0])
    await add({
      name: `Step ${n}`,
      when: event('tagged'),
      all: [{ about: 'tags', is: 'one_of', values: [`step-${n}`] }],
      acts: [{ do: 'tag', tags: [`step-${n + 1}`] }],
    })
  const { id } = await desk.mail()
  await desk.settle()
  await desk.as('nora').call(tagTicket, { params: { ticketId: id }, body: { add: ['step-0'], remove: [] } })
  await desk.settle()
  expect((await card(id)).tags).toEqual(['step-0', 'step-1', 'step-2', 'step-3', 'step-4', 'step-5'])
  expect((await runs(id)).find(({ outcome }) => outcome === 'stopped')).toMatchObject({
    rule: { name: 'Step 5' },
    words: ['Stopped: 5 rules had set each other off already.'],
  })
})

test('rules change one ticket fifty times a day at most', async () => {
  const pulse = await add({ name: 'Pulse', when: event('noted'), acts: [{ do: 'priority', priority: 'high' }] })
  const { id } = await desk.mail()
  await desk.settle()
  await within((tx) =>
    tx.ruleRun.createMany({
      data: Array.from({ length: 50 }, () => ({
        workspaceId: desk.workspaceId,
        id: crypto.randomUUID(),
        ruleId: pulse.id,
        causeId: crypto.randomUUID(),
        rootId: crypto.randomUUID(),
        ticketId: id,
        at: tx.now,
        outcome: 'applied',
        words: [],
      })),
    }),
  )
  await desk.as('nora').call(noteTicket, { params: { ticketId: id }, body: { text: 'Again.' } })
  await desk.settle()
  expect((await card(id)).priority).toBe('normal')
  expect((await runs(id)).find(({ outcome }) => outcome === 'stopped')?.words).toEqual([
    'Stopped: rules had changed this ticket 50 times within a day.',
  ])
  await desk.travel('25 h')
  await desk.as('nora').call(noteTicket, { params: { ticketId: id }, body: { text: 'And again.' } })
  await desk.settle()
  expect((await card(id)).priority).toBe('high')
})

test('a worker that dies half-way leaves nothing half done, and what it had done is not done again', async () => {
  await add({ name: 'Note it', when: event('ticket_created'), acts: [{ do: 'note', text: 'Look at the picture.' }] })
  const { id } = await desk.mail()
  const causes = await within((tx) => tx.ruleCause.findMany({ where: { workspaceId: desk.workspaceId, ticketId: id } }))
  const causeIds = causes.map((cause) => cause.id)
  expect(causeIds).toHaveLength(1)
  const dies = within(async (tx) => {
    await tryRules(desk.ctx, tx, id, causeIds)
    throw new Error('killed')
  })
  await expect(dies).rejects.toThrow('killed')
  const again = () => within((tx) => tryRules(desk.ctx, tx, id, causeIds))
  await Promise.all([again(), again()])
  await desk.settle()
  await again()
  expect((await card(id)).messages.filter(({ direction }) => direction === 'note')).toHaveLength(1)
  expect(await runs(id)).toHaveLength(1)
})

test('history and machines set no rule off, nor does anything on a ticket that is void', async () => {
  await add({ name: 'Tag all', when: event('customer_wrote'), acts: [{ do: 'tag', tags: ['seen'] }] })
  const machine = await desk.mail({ automatic: true })
  const past = await desk.mail({ historical: true })
  const spam = await desk.mail()
  await within((tx) => makeVoidIn(tx, spam.id, { reason: 'spam' }, systemOf(desk.workspaceId)))
  await desk.settle()
  for (const { id } of [machine, past, spam]) expect((await card(id)).tags).toEqual([])
})

test('an act that is refused leaves the others standing, and says why', async () => {
  await add({
    name: 'Back to open',
    when: event('status_moved'),
    all: [{ about: 'status', is: 'one_of', values: ['closed'] }],
    acts: [
      { do: 'status', status: 'pending' },
      { do: 'tag', tags: ['was-closed'] },
    ],
  })
  const { id } = await desk.mail()
  await move(id, 'closed')
  await desk.settle()
  expect(await card(id)).toMatchObject({ status: 'closed', tags: ['was-closed'] })
  expect(await runs(id)).toMatchObject([
    {
      outcome: 'applied',
      words: ['status set to pending: not done. A ticket that is closed cannot become pending.', 'tagged was-closed'],
    },
  ])
})

test('what stays in a status for long is found once each time it gets there', async () => {
  const { id } = await desk.mail()
  await move(id, 'pending')
  await desk.settle()
  await add({
    name: 'Two days of silence',
    when: { on: 'in_status', status: 'pending', hours: 48, unit: 'hours' },
    acts: [{ do: 'note', text: 'No answer for two days.' }],
  })
  const left = await desk.mail()
  await move(left.id, 'pending')
  await desk.travel('47 h')
  await tick()
  expect(await runs(id)).toEqual([])
  await move(left.id, 'open')
  await desk.travel('2 h')
  await Promise.all([sweepRules(desk.ctx, desk.workspaceId), sweepRules(desk.ctx, desk.workspaceId)])
  await tick()
  await tick()
  expect(await runs(id)).toHaveLength(1)
  expect(await runs(left.id)).toEqual([])
  await move(left.id, 'pending')
  await desk.travel('49 h')
  await tick()
  expect(await runs(left.id)).toHaveLength(1)
  expect(await runs(id)).toHaveLength(1)
})

test('who waits too long is found, and who is answered in time is not', async () => {
  await add({
    name: 'Half a day',
    when: { on: 'waiting', hours: 12, unit: 'hours' },
    acts: [{ do: 'priority', priority: 'high' }],
  })
  const waits = await desk.mail()
  const answered = await desk.mail()
  await desk.travel('11 h')
  await tick()
  await desk.answer(answered)
  await desk.customerAnswers(waits, 'Hello?')
  await desk.travel('2 h')
  await tick()
  expect((await card(waits.id)).priority).toBe('high')
  expect((await card(answered.id)).priority).toBe('normal')
})

test('before it is due a ticket is found once for each due time', async () => {
  await add({
    name: 'Soon',
    when: { on: 'before_due', hours: 3, unit: 'hours' },
    acts: [{ do: 'note', text: 'Due soon.' }],
  })
  const { id } = await desk.mail()
  await tick()
  expect(await runs(id)).toEqual([])
  await desk.travel('22 h')
  await tick()
  await tick()
  expect(await runs(id)).toHaveLength(1)
})

test('a customer gets one automatic answer of a ticket, and a machine none', async () => {
  const savedReplyId = '01890000-0000-7000-8000-00000000000a'
  await desk.as('vera').call(writeSavedReply, {
    params: { savedReplyId },
    body: { title: 'Thanks', text: 'Dear {first_name}, we have {ticket}.' },
  })
  await add({ name: 'Confirm', when: event('customer_wrote'), acts: [{ do: 'reply', savedReplyId }] })
  const { id, from } = await desk.mail({ from: 'grace@grace.example' })
  await desk.settle()
  await desk.customerAnswers({ id, from }, 'Thank you, one more thing.')
  await desk.settle()
  const sent = (await card(id)).messages.filter(({ direction }) => direction === 'out')
  expect(sent).toHaveLength(1)
  expect(sent[0]?.excerpt).toMatch(/^Dear Ada, we have TKT-/)
  expect((await runs(id)).map(({ outcome, words }) => [outcome, words[0]])).toEqual([
    ['failed', 'answered with «Thanks»: not done. This ticket had its one automatic answer.'],
    ['applied', 'answered with «Thanks»'],
  ])
  expect(await card(id)).toMatchObject({ status: 'new', firstResponse: null })
  await desk.as('vera').call(removeSavedReply, { params: { savedReplyId } })
  await desk.settle()
  expect((await desk.as('vera').call(listRules)).items).toMatchObject([
    { state: 'paused', problem: 'Its saved reply is gone, or is not everybody’s. Choose another one.' },
  ])
})

test('a rule whose person leaves pauses itself, and runs again once somebody else is chosen', async () => {
  const staff = await inviteStaff(
    desk.ctx,
    desk.workspaceId,
    { email: 'leo@fern.example', name: 'Leo', role: 'agent' },
    systemOf(desk.workspaceId),
  )
  const wish = { name: 'To Leo', when: event('ticket_created'), acts: [{ do: 'assign', staffId: staff.id }] } as const
  const { id: ruleId } = await add({ ...wish, acts: [...wish.acts] })
  const { id } = await desk.mail()
  await desk.settle()
  expect((await card(id)).assignee?.name).toBe('Leo')
  await deactivateStaff(desk.ctx, desk.workspaceId, 'leo@fern.example', systemOf(desk.workspaceId))
  const late = await desk.mail()
  await desk.settle()
  const [paused] = (await desk.as('vera').call(listRules)).items
  expect(paused).toMatchObject({
    state: 'paused',
    problem: 'Leo does not work on tickets any more. Choose somebody else, then switch the rule on.',
  })
  expect((await card(late.id)).assignee).toBeNull()
  const version = paused?.version ?? 0
  const refused = await refusalOf(
    desk
      .as('ada')
      .call(writeRule, { params: { ruleId }, body: { ...rule({ ...wish, acts: [...wish.acts] }), version } }),
  )
  expect(refused.message).toMatch(/^Leo does not work/)
  const acts: RuleAct[] = [{ do: 'assign', staffId: desk.staff.sam.id }]
  await desk.as('ada').call(writeRule, { params: { ruleId }, body: { ...rule({ ...wish, acts: [...acts] }), version } })
  const next = await desk.mail()
  await desk.settle()
  expect((await card(next.id)).assignee?.name).toBe('Sam')
})

test.each<[string, Partial<RuleInput>, RegExp]>([
  [
    'statuses that exclude each other',
    {
      all: [
        { about: 'status', is: 'one_of', values: ['open'] },
        { about: 'status', is: 'none_of', values: ['open'] },
      ],
    },
    /exclude each other/,
  ],
  [
    'nobody and somebody',
    {
      all: [
        { about: 'owner', is: 'nobody' },
        { about: 'owner', is: 'somebody' },
      ],
    },
    /nobody has and that somebody has/,
  ],
  [
    'a tag and its absence',
    {
      all: [
        { about: 'tags', is: 'one_of', values: ['VIP'] },
        { about: 'tags', is: 'none_of', values: ['vip'] },
      ],
    },
    /and for its absence/,
  ],
  [
    'a snoozed ticket that is solved',
    {
      all: [
        { about: 'snoozed', is: true },
        { about: 'status', is: 'one_of', values: ['solved'] },
      ],
    },
    /Only open tickets are snoozed/,
  ],
  [
    'two priorities',
    {
      acts: [
        { do: 'priority', priority: 'low' },
        { do: 'priority', priority: 'high' },
      ],
    },
    /says twice what its priority becomes/,
  ],
  ['spam and more', { acts: [{ do: 'spam' }, { do: 'tag', tags: ['x'] }] }, /Leave the other acts out/],
  [
    'waiting in one status and asking for another',
    {
      when: { on: 'in_status', status: 'pending', hours: 1, unit: 'hours' },
      all: [{ about: 'status', is: 'one_of', values: ['open'] }],
    },
    /waits in one status and asks for another/,
  ],
  ['a stranger', { acts: [{ do: 'assign', staffId: '01890000-0000-7000-8000-0000000000ff' }] }, /not on the staff/],
  ['a category that is none', { acts: [{ do: 'category', category: 'no-such' }] }, /retired or was never there/],
])('a rule with %s is refused with what to do', async (_, wish, words) => {
  const body = rule({ when: event('ticket_created'), acts: [{ do: 'tag', tags: ['x'] }], ...wish })
  const refused = await refusalOf(desk.as('ada').call(addRule, { body }))
  expect(refused).toMatchObject({ code: 'invalid_request' })
  expect(refused.message).toMatch(words)
})

test('rules are for admins to write and for supervisors to read; who saves an old one is told', async () => {
  const body = rule({ when: event('ticket_created'), acts: [{ do: 'tag', tags: ['x'] }] })
  expect((await refusalOf(desk.as('vera').call(addRule, { body }))).code).toBe('forbidden')
  expect((await refusalOf(desk.as('nora').call(listRules))).code).toBe('forbidden')
  const { id, version } = await add(body)
  await desk.as('ada').call(writeRule, { params: { ruleId: id }, body: { ...body, on: false, version } })
  const stale = desk.as('ada').call(writeRule, { params: { ruleId: id }, body: { ...body, version } })
  expect((await refusalOf(stale)).code).toBe('stale_version')
  const ticket = await desk.mail()
  await desk.settle()
  expect((await card(ticket.id)).tags).toEqual([])
})
