import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { tryRules } from '../../backend/features/rules/acting/trying.ts'
import { deactivateStaff, inviteStaff } from '../../backend/features/settings/index.ts'
import { makeVoidIn } from '../../backend/features/tickets/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { createField, fillTicketFields, writeField } from '../../shared/fields.ts'
import { addRule, listRules, type RuleAct, type RuleCondition, type RuleInput, writeRule } from '../../shared/rules.ts'
import { noteTicket, tagTicket } from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { startDesk } from '../support/desk.ts'
import { event, type RuleDesk, ruleDesk, ruleOf } from '../support/rule-desk.ts'
import { slaDesk } from '../support/sla-desk.ts'

let desk: RuleDesk
beforeAll(async () => {
  desk = ruleDesk(slaDesk(await startDesk()))
})
afterAll(() => desk.stop())
beforeEach(() => desk.removeRules())

test('rules that set each other off are warned about, run once each, and what was stopped is told', async () => {
  const on = (tag: string): RuleCondition[] => [{ about: 'tags', is: 'one_of', values: [tag] }]
  await desk.addRule({
    name: 'Ping',
    when: event('tagged'),
    any: [...on('start'), ...on('pong')],
    acts: [
      { do: 'tag', tags: ['ping'] },
      { do: 'untag', tags: ['pong'] },
    ],
  })
  const pong = await desk.addRule({
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
  const done = await desk.runs(id)
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
    await desk.addRule({
      name: `Step ${n}`,
      when: event('tagged'),
      all: [{ about: 'tags', is: 'one_of', values: [`step-${n}`] }],
      acts: [{ do: 'tag', tags: [`step-${n + 1}`] }],
    })
  const { id } = await desk.mail()
  await desk.settle()
  await desk.as('nora').call(tagTicket, { params: { ticketId: id }, body: { add: ['step-0'], remove: [] } })
  await desk.settle()
  expect((await desk.card(id)).tags).toEqual(['step-0', 'step-1', 'step-2', 'step-3', 'step-4', 'step-5'])
  expect((await desk.runs(id)).find(({ outcome }) => outcome === 'stopped')).toMatchObject({
    rule: { name: 'Step 5' },
    words: ['Stopped: 5 rules had set each other off already.'],
  })
})

test('rules change one ticket fifty times a day at most', async () => {
  const pulse = await desk.addRule({
    name: 'Pulse',
    when: event('noted'),
    acts: [{ do: 'priority', priority: 'high' }],
  })
  const { id } = await desk.mail()
  await desk.settle()
  await desk.within((tx) =>
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
  expect((await desk.card(id)).priority).toBe('normal')
  expect((await desk.runs(id)).find(({ outcome }) => outcome === 'stopped')?.words).toEqual([
    'Stopped: rules had changed this ticket 50 times within a day.',
  ])
  await desk.travel('25 h')
  await desk.as('nora').call(noteTicket, { params: { ticketId: id }, body: { text: 'And again.' } })
  await desk.settle()
  expect((await desk.card(id)).priority).toBe('high')
})

test('a worker that dies half-way leaves nothing half done, and what it had done is not done again', async () => {
  await desk.addRule({
    name: 'Note it',
    when: event('ticket_created'),
    acts: [{ do: 'note', text: 'Look at the picture.' }],
  })
  const { id } = await desk.mail()
  const causes = await desk.within((tx) =>
    tx.ruleCause.findMany({ where: { workspaceId: desk.workspaceId, ticketId: id } }),
  )
  const causeIds = causes.map((cause) => cause.id)
  expect(causeIds).toHaveLength(1)
  const dies = desk.within(async (tx) => {
    await tryRules(desk.ctx, tx, id, causeIds)
    throw new Error('killed')
  })
  await expect(dies).rejects.toThrow('killed')
  const again = () => desk.within((tx) => tryRules(desk.ctx, tx, id, causeIds))
  await Promise.all([again(), again()])
  await desk.settle()
  await again()
  expect((await desk.card(id)).messages.filter(({ direction }) => direction === 'note')).toHaveLength(1)
  expect(await desk.runs(id)).toHaveLength(1)
})

test('history and machines set no rule off, nor does anything on a ticket that is void', async () => {
  await desk.addRule({ name: 'Tag all', when: event('customer_wrote'), acts: [{ do: 'tag', tags: ['seen'] }] })
  const machine = await desk.mail({ automatic: true })
  const past = await desk.mail({ historical: true })
  const spam = await desk.mail()
  await desk.within((tx) => makeVoidIn(tx, spam.id, { reason: 'spam' }, systemOf(desk.workspaceId)))
  await desk.settle()
  for (const { id } of [machine, past, spam]) expect((await desk.card(id)).tags).toEqual([])
})

test('an act that is refused leaves the others standing, and says why', async () => {
  await desk.addRule({
    name: 'Back to open',
    when: event('status_moved'),
    all: [{ about: 'status', is: 'one_of', values: ['closed'] }],
    acts: [
      { do: 'status', status: 'pending' },
      { do: 'tag', tags: ['was-closed'] },
    ],
  })
  const { id } = await desk.mail()
  await desk.move(id, 'closed')
  await desk.settle()
  expect(await desk.card(id)).toMatchObject({ status: 'closed', tags: ['was-closed'] })
  expect(await desk.runs(id)).toMatchObject([
    {
      outcome: 'applied',
      words: ['status set to pending: not done. A ticket that is closed cannot become pending.', 'tagged was-closed'],
    },
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
  const { id: ruleId } = await desk.addRule({ ...wish, acts: [...wish.acts] })
  const { id } = await desk.mail()
  await desk.settle()
  expect((await desk.card(id)).assignee?.name).toBe('Leo')
  await deactivateStaff(desk.ctx, desk.workspaceId, 'leo@fern.example', systemOf(desk.workspaceId))
  const late = await desk.mail()
  await desk.settle()
  const [paused] = (await desk.as('vera').call(listRules)).items
  expect(paused).toMatchObject({
    state: 'paused',
    problem: 'Leo does not work on tickets any more. Choose somebody else, then switch the rule on.',
  })
  expect((await desk.card(late.id)).assignee).toBeNull()
  const version = paused?.version ?? 0
  const refused = await refusalOf(
    desk
      .as('ada')
      .call(writeRule, { params: { ruleId }, body: { ...ruleOf({ ...wish, acts: [...wish.acts] }), version } }),
  )
  expect(refused.message).toMatch(/^Leo does not work/)
  const acts: RuleAct[] = [{ do: 'assign', staffId: desk.staff.sam.id }]
  await desk
    .as('ada')
    .call(writeRule, { params: { ruleId }, body: { ...ruleOf({ ...wish, acts: [...acts] }), version } })
  const next = await desk.mail()
  await desk.settle()
  expect((await desk.card(next.id)).assignee?.name).toBe('Sam')
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
  const body = ruleOf({ when: event('ticket_created'), acts: [{ do: 'tag', tags: ['x'] }], ...wish })
  const refused = await refusalOf(desk.as('ada').call(addRule, { body }))
  expect(refused).toMatchObject({ code: 'invalid_request' })
  expect(refused.message).toMatch(words)
})

test('rules are for admins to write and for supervisors to read; who saves an old one is told', async () => {
  const body = ruleOf({ when: event('ticket_created'), acts: [{ do: 'tag', tags: ['x'] }] })
  expect((await refusalOf(desk.as('vera').call(addRule, { body }))).code).toBe('forbidden')
  expect((await refusalOf(desk.as('nora').call(listRules))).code).toBe('forbidden')
  const { id, version } = await desk.addRule(body)
  await desk.as('ada').call(writeRule, { params: { ruleId: id }, body: { ...body, on: false, version } })
  const stale = desk.as('ada').call(writeRule, { params: { ruleId: id }, body: { ...body, version } })
  expect((await refusalOf(stale)).code).toBe('stale_version')
  const ticket = await desk.mail()
  await desk.settle()
  expect((await desk.card(ticket.id)).tags).toEqual([])
})

test('a rule does not solve what lacks a field that has to be filled in: it says which, and the rest is done', async () => {
  const wish = { label: 'Batch', kind: 'text', about: 'ticket', required: true } as const
  const field = await desk.as('ada').call(createField, { body: wish })
  const solved: RuleAct = { do: 'status', status: 'solved' }
  await desk.addRule({ name: 'Solve', when: event('noted'), acts: [solved] })
  await desk.addRule({
    name: 'Solve and tag',
    when: event('tagged'),
    acts: [solved, { do: 'priority', priority: 'low' }],
  })
  const { id } = await desk.mail()
  await desk.note(id)
  const refused = expect.stringMatching(/^status set to solved: not done\. Fill in «Batch» first/)
  expect(await desk.runs(id)).toMatchObject([{ outcome: 'failed', words: [refused] }])
  expect((await desk.events('ticket.moved')).filter(({ ticketId }) => ticketId === id)).toEqual([])
  await desk.as('nora').call(tagTicket, { params: { ticketId: id }, body: { add: ['done'] } })
  await desk.settle()
  expect((await desk.runs(id))[0]).toMatchObject({ outcome: 'applied', words: [refused, 'priority set to low'] })
  expect(await desk.card(id)).toMatchObject({ status: 'new', priority: 'low' })
  await desk.as('nora').call(fillTicketFields, { params: { ticketId: id }, body: { values: { [field.id]: 'B-7' } } })
  await desk.note(id)
  expect((await desk.card(id)).status).toBe('solved')
  const { label, categories, choices, position } = field
  const retired = { label, categories, choices, position, retired: true }
  await desk.as('ada').call(writeField, { params: { fieldId: field.id }, body: retired })
})
