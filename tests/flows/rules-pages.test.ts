import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { snoozeTicket } from '../../shared/queues.ts'
import {
  addRule,
  getRuleTrial,
  listRules,
  type RuleCondition,
  type RuleInput,
  type RuleTrial,
  tryRules,
} from '../../shared/rules.ts'
import { getTicket, moveTicket, prioritiseTicket } from '../../shared/tickets.ts'
import { startDesk } from '../support/desk.ts'
import { type SlaDesk, slaDesk } from '../support/sla-desk.ts'
import { visitor } from '../support/visitor.ts'

let desk: SlaDesk
let owner: pg.Client
let ada: ReturnType<typeof visitor>
let vera: ReturnType<typeof visitor>
beforeAll(async () => {
  desk = slaDesk(await startDesk())
  owner = new pg.Client({ connectionString: desk.database.ownerUrl })
  await owner.connect()
  ada = visitor(desk, 'ada')
  vera = visitor(desk, 'vera')
})
afterAll(async () => {
  await owner.end()
  await desk.stop()
})

const PATH = '/settings/rules'
const rules = async () => (await desk.as('vera').call(listRules)).items
const named = async (name: string) => (await rules()).find((rule) => rule.name === name)
const card = (ticketId: string) => desk.as('nora').call(getTicket, { params: { ticketId } })

const typed = {
  name: 'Broken first',
  on: 'on',
  when: 'ticket_created',
  hours: '',
  unit: 'hours',
  'all.0.kind': 'message/has',
  'all.0.value': 'shattered, in pieces',
  'all.1.kind': 'owner/nobody',
  'all.1.value': '',
  'any.0.kind': 'priority/one_of',
  'any.0.value': 'Normal, low',
  'acts.0.kind': 'priority',
  'acts.0.value': 'Urgent',
  'acts.1.kind': 'assign',
  'acts.1.value': 'nora@fern.example',
  'acts.2.kind': 'tell',
  'acts.2.value': 'supervisors: Look at this: it is bad.',
}

test('an admin writes a rule without code, finds it in words, and reads what was typed again', async () => {
  expect((await ada.open('/settings')).text).toContain(`href="${PATH}"`)
  const saved = await ada.send(`${PATH}/new`, typed)
  expect(saved).toMatchObject({ status: 200, path: `${PATH}?saved=1` })
  expect(saved.text).toContain(
    'When a ticket is made, if the message has «shattered» or «in pieces», and nobody has it, and one of: the priority is normal or low: priority set to urgent, given to Nora, mail to the supervisors.',
  )
  const rule = await named('Broken first')
  expect(rule).toMatchObject({
    state: 'on',
    any: [{ about: 'priority', is: 'one_of', values: ['normal', 'low'] }],
    acts: [
      { do: 'priority', priority: 'urgent' },
      { do: 'assign', staffId: desk.staff.nora.id },
      { do: 'tell', whom: 'supervisors', text: 'Look at this: it is bad.' },
    ],
  })
  const again = (await ada.open(`${PATH}/${rule?.id}`)).text
  expect(again).toContain('nora@fern.example')
  expect(again).toContain('supervisors: Look at this: it is bad.')
  await ada.send(`${PATH}/${rule?.id}`, { ...typed, version: String(rule?.version), 'acts.0.value': 'High' })
  expect((await named('Broken first'))?.acts[0]).toEqual({ do: 'priority', priority: 'high' })
  const changes = (await ada.open('/settings/changes')).text
  expect(changes).toContain('Rules: Broken first')
  expect(changes).toContain('(was urgent)')
})

test.each([
  [{ 'acts.1.value': 'leo@fern.example' }, 'There is nobody called leo@fern.example on the staff.'],
  [{ 'any.0.value': 'huge' }, 'There is no priority huge.'],
  [{ 'all.1.kind': '', 'all.1.value': 'orphan' }, 'Choose what «orphan» is about.'],
  [{ when: 'waiting', hours: 'soon' }, 'Write whole hours, 1 to 672.'],
  [{ name: '' }, 'A rule needs a name.'],
  [{ 'all.0.value': ' , ' }, 'Choose at least one.'],
  [{ 'all.1.kind': 'owner/nobody', 'all.2.kind': 'owner/somebody', 'all.2.value': '' }, 'Leave one of them out.'],
])('%j is refused with what was typed still there', async (fields, words) => {
  const before = await rules()
  const refused = await ada.send(`${PATH}/new`, { ...typed, ...fields })
  expect(refused.status).toBe(400)
  expect(refused.text).toContain(words)
  expect(refused.text).toContain('Look at this: it is bad.')
  expect(await rules()).toEqual(before)
})

test('rules go up and down and off and on; a supervisor reads them, and others do not see them', async () => {
  await ada.send(`${PATH}/new`, { ...typed, name: 'Second', 'acts.1.kind': '', 'acts.1.value': '' })
  const second = await named('Second')
  const press = (to: string) => ada.send(`${PATH}/${second?.id}/place`, { to }, PATH)
  await press('up')
  expect((await rules()).map(({ name }) => name)).toEqual(['Second', 'Broken first'])
  await press('down')
  await press('off')
  expect((await rules()).map(({ name, state }) => [name, state])).toEqual([
    ['Broken first', 'on'],
    ['Second', 'off'],
  ])
  const seen = await vera.open(PATH)
  expect(seen.text).toContain('Second')
  expect(seen.text).not.toContain(`href="${PATH}/new"`)
  expect((await vera.open(`${PATH}/${second?.id}`)).status).toBe(403)
  expect((await vera.send(`${PATH}/${second?.id}/place`, { to: 'on' }, PATH)).status).toBe(403)
  expect((await visitor(desk, 'nora').open(PATH)).status).toBe(403)
  await ada.send(`${PATH}/${second?.id}`, { act: 'remove' })
  expect((await rules()).map(({ name }) => name)).toEqual(['Broken first'])
})

test('the log says what rules did', async () => {
  await desk.mail({ text: 'It came in pieces.' })
  await desk.settle()
  const { text } = await vera.open(`${PATH}/log`)
  expect(text).toContain('given to Nora')
  expect(text).toContain('mail to the supervisors')
})

/** All that the desk holds, but dry runs and the keys of requests. */
async function everything(): Promise<Record<string, string>> {
  const { rows } = await owner.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'desk' and table_type = 'BASE TABLE'
       and table_name not in ('rule_trial', 'idempotency_key') order by 1`,
  )
  const sums: Record<string, string> = {}
  for (const { name } of rows) {
    const sum = await owner.query(
      `select count(*) || md5(coalesce(string_agg(t::text, '' order by t::text), '')) as sum from desk."${name}" t`,
    )
    sums[name] = sum.rows[0].sum
  }
  return sums
}

const dryRun = async (): Promise<RuleTrial> => {
  const { id } = await desk.as('vera').call(tryRules)
  await desk.settle()
  return desk.as('vera').call(getRuleTrial, { params: { trialId: id } })
}

const add = (wish: Partial<RuleInput> & Pick<RuleInput, 'name' | 'when' | 'acts'>) =>
  desk.as('ada').call(addRule, { body: { all: [], any: [], on: false, ...wish } })

test('a dry run tells what rules would have done to tickets as they stood then, and changes nothing', async () => {
  const broken = await desk.mail({ text: 'It is shattered.' })
  await desk.settle()
  const { version } = await card(broken.id)
  await desk.as('nora').call(prioritiseTicket, { params: { ticketId: broken.id }, body: { priority: 'low', version } })
  await desk
    .as('nora')
    .call(moveTicket, { params: { ticketId: broken.id }, body: { status: 'pending', version: version + 1 } })
  await desk.travel('3 days')
  await desk.customerAnswers(broken, 'Is anybody there? It is blue.')
  await desk.travel('1 h')
  await desk.answer(broken, { text: 'Yes.' })
  await desk.settle()
  const high: RuleCondition = { about: 'priority', is: 'one_of', values: ['high'] }
  await add({
    name: 'High then',
    when: { on: 'event', event: 'priority_changed' },
    all: [high],
    acts: [{ do: 'tag', tags: ['was-high'] }],
  })
  await add({
    name: 'Silent',
    when: { on: 'in_status', status: 'pending', hours: 48, unit: 'hours' },
    all: [{ about: 'message', is: 'lacks', words: ['blue'] }],
    acts: [{ do: 'note', text: 'Silence.' }],
  })
  await add({
    name: 'Blue by then',
    when: { on: 'event', event: 'status_moved' },
    all: [
      { about: 'message', is: 'has', words: ['blue'] },
      { about: 'status', is: 'one_of', values: ['pending'] },
    ],
    acts: [{ do: 'note', text: 'Blue.' }],
  })
  await add({
    name: 'Half an hour',
    when: { on: 'waiting', hours: 1, unit: 'hours' },
    all: [{ about: 'tags', is: 'none_of', values: ['calm'] }],
    acts: [{ do: 'priority', priority: 'urgent' }],
  })
  await card(broken.id)
  const before = await everything()
  const trial = await dryRun()
  expect(await everything()).toEqual(before)
  const count = (name: string) => trial.rules.find(({ rule }) => rule.name === name)
  expect(trial).toMatchObject({ state: 'done', cut: false })
  expect(count('Silent')?.count).toBe(1)
  expect(count('High then')?.count).toBe(2)
  expect(count('Blue by then')?.count).toBe(1)
  expect(trial.asThen).toEqual(expect.arrayContaining(['priority', 'status', 'the newest mail']))
  expect(trial.asNow).toEqual(['tags'])
  const silent = trial.tickets.find(({ rule }) => rule.name === 'Silent')
  expect(silent).toMatchObject({
    ticket: { id: broken.id },
    acts: ['note added'],
    because: ['the message lacks «blue»'],
  })
  const page = (await vera.open(`${PATH}/trials/${trial.id}`)).text
  expect(page).toContain('Silent: once')
  expect(page).toContain('As it is now, because the past is not kept: tags.')
})

test('a dry run counts due times again, from what happened to a ticket and by the targets of today', async () => {
  for (const { id } of await rules()) await ada.send(`${PATH}/${id}`, { act: 'remove' })
  const due = { on: 'before_due', unit: 'hours' } as const
  const low: RuleCondition = { about: 'priority', is: 'one_of', values: ['low'] }
  await add({ name: 'Near', when: { ...due, hours: 3 }, acts: [{ do: 'note', text: 'Due.' }] })
  await add({ name: 'Near and low', when: { ...due, hours: 3 }, all: [low], acts: [{ do: 'note', text: 'Due.' }] })
  const left = await desk.mail()
  const answered = await desk.mail()
  const asleep = await desk.mail()
  await desk.settle()
  const dueAt = await desk.dueAt(left.id)
  await desk.as('nora').call(snoozeTicket, { params: { ticketId: asleep.id }, body: { until: 'answer' } })
  await desk.travel('1 h')
  await desk.customerAnswers(left, 'Hello?')
  await desk.answer(answered)
  await desk.travel('3 days')
  await desk.answer(left)
  const trial = await dryRun()
  const near = trial.tickets.filter(({ rule }) => rule.name === 'Near')
  expect(near.map(({ ticket, at }) => [ticket.id, at])).toContainEqual([
    left.id,
    new Date(dueAt.getTime() - 3 * 3_600_000).toISOString(),
  ])
  const ofThese = near.filter(({ ticket }) => [left.id, answered.id, asleep.id].includes(ticket.id))
  expect(ofThese.filter(({ ticket }) => ticket.id !== left.id)).toEqual([])
  expect(trial.rules.find(({ rule }) => rule.name === 'Near and low')?.count).toBe(0)
  expect(trial.asNow).toEqual(['due times (by today’s targets, priority and category)'])
})

test('a dry run is begun on the page, and a second one while it runs is the same', async () => {
  const first = await vera.send(`${PATH}/trials`, {}, PATH)
  expect(first).toMatchObject({ status: 200 })
  expect(first.text).toContain('At work')
  expect((await vera.send(`${PATH}/trials`, {}, PATH)).path).toBe(first.path)
  await desk.settle()
  expect((await vera.open(first.path)).text).toContain('events of the last 30 days')
})
