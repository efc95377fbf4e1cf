import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { createWorkspace } from '../../backend/features/settings/index.ts'
import { REAPPLY } from '../../backend/features/sla/queueing.ts'
import { readRules, writeRules } from '../../backend/features/sla/rules/writing.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { getSlaRules, writeSlaRules } from '../../shared/sla.ts'
import { categoriseTicket, getTicket } from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { startDesk } from '../support/desk.ts'
import { type SlaDesk, slaDesk } from '../support/sla-desk.ts'
import { visitor } from '../support/visitor.ts'

let desk: SlaDesk
let vera: ReturnType<typeof visitor>
beforeAll(async () => {
  desk = slaDesk(await startDesk())
  vera = visitor(desk, 'vera')
})
afterAll(() => desk.stop())

const HOURS = '/settings/hours'
const SLA = '/settings/sla'
const rules = () => desk.as('ada').call(getSlaRules)

/** What the fields of a page hold. */
const fieldsIn = (text: string): Record<string, string> => ({
  ...Object.fromEntries(
    [...text.matchAll(/<input(?: type="hidden")? name="([\w.]+)"[^>]*?value(?:="([^"]*)")?/g)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  ),
  ...Object.fromEntries(
    [...text.matchAll(/<select name="(\w+)">.*?<option value="([^"]*)" selected/gs)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  ),
})

const office = {
  timeZone: 'Europe/Berlin',
  ...Object.fromEntries([0, 1, 2, 3, 4].map((day) => [`day.${day}`, '09:00-12:30, 13:30-18:00'])),
  'day.5': 'closed',
  'day.6': '',
  special: '2026-12-24 9-12 Christmas Eve\n2026-12-25 to 2027-01-01 closed\n2026-12-30 10:00-14:00',
}
/** Sends the hours as the page would, upon what it shows now. */
async function sendHours(fields: Record<string, string>) {
  const { version = '' } = fieldsIn((await vera.open(HOURS)).text)
  return vera.send(HOURS, { version, ...office, ...fields })
}

test('a policy that counts opening hours is refused while there are none', async () => {
  const page = await vera.open(`${SLA}/policies/default`)
  const refused = await vera.send(`${SLA}/policies/default`, { ...fieldsIn(page.text), unit: 'business_minutes' })
  expect(refused.status).toBe(400)
  expect(refused.text).toContain('there are none. Say first when you are open')
  expect(refused.text).toMatch(/<option value="business_minutes" selected/)
})

test('a supervisor says when the desk is open, with special days, and it is on the record with before and after', async () => {
  const saved = await sendHours({})
  expect(saved).toMatchObject({ status: 200, path: `${HOURS}?saved=1` })
  const { hours, version } = await rules()
  expect(version).toBe(1)
  expect(hours.timeZone).toBe('Europe/Berlin')
  expect(hours.week[0]).toEqual([
    { from: 540, to: 750 },
    { from: 810, to: 1_080 },
  ])
  expect(hours.specialDays).toEqual([
    { from: '2026-12-24', to: '2026-12-24', name: 'Christmas Eve', intervals: [{ from: 540, to: 720 }] },
    { from: '2026-12-25', to: '2027-01-01', name: '', intervals: [] },
    { from: '2026-12-30', to: '2026-12-30', name: '', intervals: [{ from: 600, to: 840 }] },
  ])
  const changes = (await desk.events('setting.changed')).filter(({ actorId }) => actorId === desk.staff.vera.id)
  const codes = changes.map(({ payload }) => (payload as { setting: string }).setting)
  expect(codes.sort()).toEqual(['business_hours', 'holidays'])
  expect((await vera.open(HOURS)).text).toContain('2026-12-24 09:00-12:00 Christmas Eve')
})

test.each([
  [{ timeZone: 'Europe/Atlantis' }, 'This is no time zone'],
  [{ 'day.1': '09:00-12:00, 11:00-13:00' }, 'Tuesday: Intervals of a day may not overlap'],
  [{ 'day.2': '22:00-06:00' }, 'Wednesday: An interval ends after it begins'],
  [{ 'day.2': '09:00-25:00' }, 'Wednesday: «09:00-25:00» is no interval'],
  [{ 'day.3': 'nine to five' }, 'Thursday: «nine to five» is no interval'],
  [{ special: '2026-02-30 closed' }, '«2026-02-30 closed» is no line of special days'],
  [{ special: '2026-12-27 to 2026-12-24 closed' }, 'The last day comes after the first'],
  [{ special: 'Christmas' }, '«Christmas» is no line of special days'],
])('%j is refused in words, and what was typed stays', async (typed: Record<string, string>, words) => {
  const before = await rules()
  const refused = await sendHours(typed)
  expect(refused.status).toBe(400)
  expect(refused.text).toContain(words)
  expect(refused.text).toContain(Object.values(typed)[0])
  expect(await rules()).toEqual(before)
})

test('an edit upon what somebody changed meanwhile is refused, with what was typed', async () => {
  const { version = '' } = fieldsIn((await vera.open(HOURS)).text)
  await sendHours({ special: '' })
  const late = await vera.send(HOURS, { ...office, version, special: '2027-05-01 closed' })
  expect(late.status).toBe(409)
  expect(late.text).toContain('Somebody changed the answering times')
  expect(late.text).toContain('2027-05-01 closed')
})

const policyForm = async (name: string, fields: Record<string, string>) => {
  const path = `${SLA}/policies/${name}`
  return vera.send(path, { ...fieldsIn((await vera.open(path)).text), ...fields })
}
const noTargets = Object.fromEntries(
  ['urgent', 'high', 'normal', 'low'].flatMap((priority) =>
    ['first', 'next', 'resolution'].map((target) => [`${priority}.${target}`, '']),
  ),
)

test('the first policy that takes a ticket counts; a priority without targets is left to the next', async () => {
  await policyForm('new', {
    ...noTargets,
    name: 'Refunds',
    category: 'billing',
    'normal.first': '2 h',
    unit: 'minutes',
  })
  await policyForm('new', {
    ...noTargets,
    name: 'Urgent refunds',
    category: 'billing',
    'urgent.first': '10 min',
    unit: 'minutes',
  })
  expect((await rules()).policies.map(({ name }) => name)).toEqual(['Urgent refunds', 'Refunds', 'Default'])
  const { id } = await desk.mail()
  const { version } = await desk.as('nora').call(getTicket, { params: { ticketId: id } })
  await desk.as('nora').call(categoriseTicket, { params: { ticketId: id }, body: { category: 'billing', version } })
  expect(await desk.sla(id)).toMatchObject({
    policy: { name: 'Refunds', because: 'the category is billing, and the priority is normal' },
    clocks: [{ target: 'first', limitMinutes: 120 }],
  })
})

test('policies are moved and taken away; the default one stays', async () => {
  const { policies, version } = await rules()
  const form = (policy: string, act: string) => ({ version: String(version), policy, act })
  await vera.send(SLA, form(policies[1]?.id ?? '', 'up'))
  expect((await rules()).policies.map(({ name }) => name)).toEqual(['Refunds', 'Urgent refunds', 'Default'])
  const refused = await vera.send(SLA, { ...form('default', 'remove'), version: String(version + 1) })
  expect(refused.text).toContain('This policy stays where it is')
  const gone = (await rules()).policies.slice(0, 2)
  for (const [at, { id }] of gone.entries())
    await vera.send(SLA, { ...form(id, 'remove'), version: String(version + 1 + at) })
  expect((await rules()).policies.map(({ name }) => name)).toEqual(['Default'])
  const { version: now, ...all } = await rules()
  const without = await refusalOf(
    desk.as('ada').call(writeSlaRules, {
      body: { ...all, policies: [{ ...all.policies[0], id: desk.workspaceId }] as never, version: now },
    }),
  )
  expect(without.code).toBe('invalid_request')
})

test.each([
  [{ 'urgent.first': 'soon' }, '«soon» is no length of time'],
  [{ ...noTargets, name: 'Nothing' }, 'Give it at least one target'],
  [{ warnPercent: '100' }, 'Warn at 10 to 99 percent'],
  [{ warnMinutes: 'soon' }, 'Warn 1 to 10,080 minutes before'],
  [{ name: ' ' }, 'A policy needs a name'],
  [{ 'low.resolution': '900 d' }, 'A target is a year at most'],
])('a new policy with %j is refused in words', async (typed: Record<string, string>, words) => {
  const refused = await policyForm('new', { name: 'New', unit: 'minutes', ...typed })
  expect(refused.status).toBe(400)
  expect(refused.text).toContain(words)
  expect((await rules()).policies).toHaveLength(1)
})

test('an edit counts for open tickets: what was used is kept, and what is due moves', async () => {
  const { id } = await desk.mail()
  await desk.travel('90 min')
  await policyForm('default', { 'normal.first': '3 h' })
  await desk.settle()
  expect(await desk.newest(id, 'first')).toMatchObject({ limitMinutes: 180, usedMinutes: 90 })
  const left = (await desk.dueAt(id)).getTime() - desk.clock.now().getTime()
  expect(Math.round(left / 60_000)).toBe(90)
})

test('a day on which nobody was there is put in afterwards, and what was late by it is not late any more', async () => {
  const days = Object.fromEntries([0, 1, 2, 3, 4, 5, 6].map((day) => [`day.${day}`, '00:00-24:00']))
  await sendHours({ ...days, special: '', timeZone: 'UTC' })
  await policyForm('default', { unit: 'business_minutes', 'normal.first': '1 h' })
  const { id } = await desk.mail()
  const first = desk.clock.now()
  await desk.travel('90 min')
  expect(await desk.newest(id, 'first')).toMatchObject({ usedMinutes: 90, breached: true })
  const [from, to] = [first, desk.clock.now()].map((at) => at.toISOString().slice(0, 10))
  await sendHours({ ...days, special: `${from} to ${to} closed`, timeZone: 'UTC' })
  await desk.settle()
  expect(await desk.newest(id, 'first')).toMatchObject({ usedMinutes: 0, breached: false })
  const next = new Date(`${to}T00:00:00Z`).getTime() + 25 * 3_600_000
  expect(await desk.dueAt(id)).toEqual(new Date(next))
  await sendHours({})
  await policyForm('default', { unit: 'minutes' })
})

test('a desk that moves to another zone while clocks run: what was used is counted by its walls there, and back again', async () => {
  const hour = desk.clock.now().getUTCHours() // the afternoon of a desk that began at noon
  const daily = Object.fromEntries([0, 1, 2, 3, 4, 5, 6].map((day) => [`day.${day}`, `${hour}:00-${hour + 4}:00`]))
  const moveTo = async (timeZone: string) => {
    expect((await sendHours({ ...daily, special: '', timeZone })).status).toBe(200)
    await desk.settle()
  }
  await moveTo('UTC')
  await policyForm('default', { unit: 'business_minutes', 'normal.first': '2 h' })
  const { id } = await desk.mail()
  const due = await desk.dueAt(id)
  await desk.travel('1 h')
  expect(await desk.newest(id, 'first')).toMatchObject({ usedMinutes: 60 })
  await moveTo('Etc/GMT+5') // opens five hours later
  expect(await desk.newest(id, 'first')).toMatchObject({ usedMinutes: 0 })
  const there = await desk.dueAt(id)
  expect([there.getUTCHours(), there.getUTCMinutes()]).toEqual([(hour + 7) % 24, 0])
  await moveTo('UTC')
  expect(await desk.dueAt(id)).toEqual(due)
  expect(await desk.newest(id, 'first')).toMatchObject({ usedMinutes: 60 })
  await policyForm('default', { unit: 'minutes' })
})

test('opening hours that are taken away while a policy counts them are refused', async () => {
  await policyForm('default', { unit: 'business_minutes' })
  const refused = await sendHours({ 'day.0': '', 'day.1': '', 'day.2': '', 'day.3': '', 'day.4': '' })
  expect(refused.text).toContain('counts opening hours only, and there are none')
  await policyForm('default', { unit: 'minutes' })
})

test('agents do not see these pages, nor may they call them', async () => {
  const nora = visitor(desk, 'nora')
  for (const path of [HOURS, SLA, `${SLA}/policies/default`]) expect((await nora.open(path)).status).toBe(403)
  expect((await refusalOf(desk.as('nora').call(writeSlaRules, { body: await rules() }))).status).toBe(403)
})

test('rules that are saved in two workspaces at the same moment are applied in both', async () => {
  const { workspaceId: rival } = await createWorkspace(desk.ctx, 'Rival')
  await desk.settle()
  for (const workspaceId of [desk.workspaceId, rival])
    await writeRules(
      desk.ctx,
      await inWorkspace(desk.ctx, workspaceId, readRules, { reads: true }),
      systemOf(workspaceId),
    )
  const owner = new pg.Client({ connectionString: desk.database.ownerUrl })
  await owner.connect()
  const { rows } = await owner.query<{ id: string }>(
    `select job.payload->>'workspaceId' as id from graphile_worker._private_jobs job
     join graphile_worker._private_tasks task on task.id = job.task_id where task.identifier = 'sla:reapply'`,
  )
  await owner.end()
  expect(rows.map(({ id }) => id).sort()).toEqual([desk.workspaceId, rival].sort())
  await desk.settle()
})

test('a job whose key names nothing of its workspace is refused', () =>
  expect(
    inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, REAPPLY, {}, { key: 'sla:reapply' })),
  ).rejects.toThrow('names no id'))
